// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/utf8.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(every_character_survives_encoding) {
  for (std::uint32_t c = 0; c < 0x110000; ++c) {
    char bytes[4];
    const std::size_t length = encode_utf8(c, bytes);
    const DecodedCharacter decoded = decode_utf8(bytes);
    const bool is_surrogate = c >= 0xD800 && c < 0xE000;
    if (decoded.code_point != c || decoded.length != length ||
        is_valid_utf8({bytes, length}) == is_surrogate) {
      BOOST_ERROR("U+" << std::hex << c);
    }
  }
}

BOOST_AUTO_TEST_CASE(position_of_the_first_bad_byte) {
  const std::pair<std::string, std::size_t> cases[] = {
      {"", 0},
      {"abc", 3},
      {"ab\x80", 2},
      {"ab\xC3", 2},
      {"\xC3\xA4\xC3", 2},
      {"\xC0\x80", 0},
      {"x\xC1\xBF", 1},
      {"\xE0\x9F\xBF", 0},
      {"\xED\xA0\x80", 0},
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xF4\x90\x80\x80", 0},
      {"\xF5\x80\x80\x80", 0},
      {"ok \xE2\x82 x", 3},
      {std::string(1000, 'a') + "\xE2\x82\xAC\xFF", 1003},
  };
  for (const auto& [text, position] : cases) {
    BOOST_TEST(find_invalid_utf8(text) == position);
    BOOST_TEST(is_valid_utf8(text) == (position == text.size()));
  }
}

// All sequences of two bytes, and of three and four with bytes at the edges of the allowed ranges.
BOOST_AUTO_TEST_CASE(short_sequences_agree_with_the_library_validator) {
  const std::string edges = "\x00\x7F\x80\x8F\x90\x9F\xA0\xBF\xC1\xC2\xE0\xED\xEF\xF0\xF4\xF5";
  const std::string tails(edges.data(), 16);
  for (int lead = 0; lead < 256; ++lead) {
    for (char second : tails) {
      for (char third : tails) {
        const std::string text = {static_cast<char>(lead), second, third, '\x80'};
        for (std::size_t size = 1; size <= 4; ++size) {
          const std::string part = text.substr(0, size);
          const std::size_t position = find_invalid_utf8(part);
          BOOST_REQUIRE((position == size) == is_valid_utf8(part));
          BOOST_REQUIRE(is_valid_utf8(part.substr(0, position)));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
