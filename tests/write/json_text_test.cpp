// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/json_text.h"

#include <simdjson.h>

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>

namespace copydesk {
namespace {

std::string written(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string read_back(const std::string& json) {
  simdjson::dom::parser parser;
  return std::string(std::string_view(parser.parse('[' + json + ']').at(0)));
}

std::string utf8(std::uint32_t code) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xE0 | code >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | code >> 18), tail(12), tail(6), tail(0)};
}

bool is_unsafe(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x200E || code == 0x200F ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_text)

BOOST_AUTO_TEST_CASE(every_character_reads_back) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    const std::string text = utf8(code);
    const std::string json = written(text);
    if (code < 0x3000 || code % 97 == 0) BOOST_TEST_REQUIRE(read_back(json) == text);
    if (is_unsafe(code)) BOOST_TEST_REQUIRE(json.find(text) == std::string::npos);
    if (code >= 0x3000) BOOST_TEST_REQUIRE(json == '"' + text + '"');
  }
}

BOOST_AUTO_TEST_CASE(short_escapes) {
  BOOST_TEST(written("a\"b\\c/\n\t\r\x01") == R"("a\"b\\c/\n\t\r\u0001")");
  BOOST_TEST(written("") == "\"\"");
  BOOST_TEST(written("\xE2\x80\xAEx") == "\"\\u202ex\"");
}

BOOST_AUTO_TEST_CASE(fields_without_a_value_are_left_out) {
  std::string out = "{\"id\":1";
  append_json_field(out, "title", "a \"b\"");
  append_json_field(out, "site", "");
  BOOST_TEST(out == R"({"id":1,"title":"a \"b\"")");
}

// Plain text is passed over eight bytes at a time.
BOOST_AUTO_TEST_CASE(escapes_at_every_place_of_a_longer_text) {
  for (std::uint32_t code = 0; code < 0x100; ++code) {
    const std::string character = utf8(code);
    for (std::size_t at = 0; at < 26; ++at) {
      const std::string plain = "The quick ~brown fox jumps";
      const std::string begin = plain.substr(0, at), end = plain.substr(at);
      const std::string alone = written(character);
      BOOST_TEST_REQUIRE(written(begin + character + end) ==
                         '"' + begin + alone.substr(1, alone.size() - 2) + end + '"');
    }
  }
}

BOOST_AUTO_TEST_CASE(invalid_bytes_become_replacement_characters) {
  const std::string bad = "\xEF\xBF\xBD";
  BOOST_TEST(written("a\xFFz") == "\"a" + bad + "z\"");
  BOOST_TEST(written("\xC3") == '"' + bad + '"');
  BOOST_TEST(written("\xC0\xAF") == '"' + bad + bad + '"');
  for (const char* const text : {"\xE4\xBD", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE0\x80\x80",
                                 "\x80", "\xF8\x88", "\xC3\""}) {
    const std::string back = read_back(written(text));
    BOOST_TEST(back.find(bad) != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(shares_are_written_as_fmt_writes_them) {
  std::mt19937_64 random(4);
  for (int round = 0; round < 20000; ++round) {
    const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
    const double value = (unit - 0.5) * std::pow(10.0, static_cast<double>(random() % 14) - 6.0);
    std::string out;
    append_json_share(out, value);
    const double rounded = std::round(value * 1e6) / 1e6;
    BOOST_TEST(out == fmt::format("{}", rounded == 0.0 ? 0.0 : rounded));
  }
}

BOOST_AUTO_TEST_CASE(shares_are_rounded_to_six_decimals) {
  const auto share = [](double value) {
    std::string out;
    append_json_share(out, value);
    return out;
  };
  BOOST_TEST(share(0.8) == "0.8");
  BOOST_TEST(share(1.0) == "1");
  BOOST_TEST(share(0.0) == "0");
  BOOST_TEST(share(2.0 / 3.0) == "0.666667");
  BOOST_TEST(share(0.9123454) == "0.912345");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
