// SPDX-License-Identifier: Apache-2.0
//
// What is valid JSON and what is not, each line between two good ones that must be read whatever
// stands between them. The table is ours; where COPYDESK_TEST_DATA names a folder with
// vectors/json_parsing, the files of JSONTestSuite are read too.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "read/collected_records.h"

namespace copydesk::tests {
namespace {

using namespace std::string_literals;

// Values, as they stand in {"text":"t","x":VALUE}.
const std::vector<std::string>& good_values() {
  static const std::vector<std::string> values = {
      "0",
      "-0",
      "1",
      "-1",
      "10",
      "123456789",
      "0.5",
      "-0.5",
      "0.0",
      "1.0",
      "1e1",
      "1E1",
      "1e+1",
      "1e-1",
      "1E+01",
      "0e0",
      "0e+0",
      "-0e-0",
      "1.5e300",
      "1e308",
      "1e309",
      "-1e400",
      "1e-400",
      "1e99999999999",
      "9223372036854775807",
      "9223372036854775808",
      "-9223372036854775808",
      "-9223372036854775809",
      "18446744073709551615",
      "18446744073709551616",
      "1" + std::string(400, '0'),
      "0." + std::string(400, '1'),
      "true",
      "false",
      "null",
      "[]",
      "{}",
      "[[]]",
      "[{}]",
      "[1,2,3]",
      "[1 , 2\t,\r3 ]",
      "[null,true,false]",
      "{\"a\":1}",
      "{\"a\":1,\"a\":2}",
      "{ \"a\" : { \"b\" : [ ] } }",
      "{\"\":0}",
      "\"\"",
      "\" \"",
      "\"a\"",
      "\"\\\"\"",
      "\"\\\\\"",
      "\"\\/\"",
      "\"/\"",
      "\"\\b\\f\\n\\r\\t\"",
      "\"\\u0000\"",
      "\"\\u001f\"",
      "\"\\u00e9\"",
      "\"\\u20AC\"",
      "\"\\uffff\"",
      "\"\\uFDD0\"",
      "\"\\ud83d\\ude00\"",
      "\"\\uDBFF\\uDFFF\"",
      "\"\\\\u0041\"",
      "\"\x7f\"",
      "\"\xc2\x80\"",
      "\"\xe2\x80\xa8\"",
      "\"\xe2\x80\xa9\"",
      "\"\xef\xbf\xbf\"",
      "\"\xf0\x9f\x98\x80\"",
      "\"\xf4\x8f\xbf\xbf\"",
      "\"\xef\xbb\xbf\"",
      "\"[1,2\"",
      "\"{'a'}\"",
      "\"//\"",
      "\"/**/\"",
  };
  return values;
}

const std::vector<std::string>& bad_values() {
  static const std::vector<std::string> values = {
      "",
      "tru",
      "truee",
      "True",
      "TRUE",
      "nul",
      "nulll",
      "fals",
      "undefined",
      "nan",
      "inf",
      "+1",
      "-",
      "--1",
      "01",
      "-01",
      "00",
      "1.",
      ".5",
      "-.5",
      "1.e1",
      "1e",
      "1e+",
      "1e-",
      "1ee1",
      "1e1.5",
      "1.2.3",
      "0x10",
      "1_000",
      "1,000",
      "1a",
      "1 2",
      "0b1",
      "1f",
      "123456789012345678901.",
      "0123456789012345678901",
      "123456789012345678901a",
      "123456789012345678901 2",
      "1e5e5",
      "1e5 e5",
      "tru1e5",
      "\xef\xbc\x91",
      "[",
      "]",
      "[1",
      "[1,",
      "[1,]",
      "[,1]",
      "[,]",
      "[1,,2]",
      "[1 2]",
      "[1:2]",
      "[\"a\"",
      "[1}",
      "[[1]",
      "{",
      "}",
      "{]",
      "{\"a\"}",
      "{\"a\":}",
      "{\"a\":1,}",
      "{,\"a\":1}",
      "{\"a\" 1}",
      "{\"a\"::1}",
      "{a:1}",
      "{'a':1}",
      "{1:1}",
      "{null:1}",
      "{\"a\":1 \"b\":2}",
      "{\"a\":1,,\"b\":2}",
      "{\"a\":1",
      "{\"a\"",
      "{\"a",
      "'a'",
      "\"",
      "\"a",
      "a\"",
      "\"a\"b",
      "\"a\" \"b\"",
      "\"\\\"",
      "\"\\x41\"",
      "\"\\a\"",
      "\"\\'\"",
      "\"\\0\"",
      "\"\\u\"",
      "\"\\u1\"",
      "\"\\u12\"",
      "\"\\u123\"",
      "\"\\u12g4\"",
      "\"\\U0041\"",
      "\"\\\"",
      "\"\\uD83D\\u\"",
      "\"\t\"",
      "\"\x01\"",
      "\"\x1f\"",
      "\"\0\""s,
      "\0"s,
      "1\0"s,
      "\"\x80\"",
      "\"\xc0\x80\"",
      "\"\xc1\xbf\"",
      "\"\xc3\"",
      "\"\xc3(\"",
      "\"\xe0\x80\x80\"",
      "\"\xe2\x82\"",
      "\"\xed\xa0\x80\"",
      "\"\xed\xbf\xbf\"",
      "\"\xf0\x80\x80\x80\"",
      "\"\xf0\x9f\x98\"",
      "\"\xf4\x90\x80\x80\"",
      "\"\xf5\x80\x80\x80\"",
      "\"\xf8\x88\x80\x80\x80\"",
      "\"\xfe\"",
      "\"\xff\"",
      "\xe9",
      "1//c",
      "1/*c*/",
      "/*c*/1",
      "#1",
      "\f1",
      "\v1",
      "\xc2\xa0"
      "1",
      "\xe2\x81\xa0"
      "1",
      "\xef\xbb\xbf"
      "1",
      "<1>",
      "[<null>]",
      "@",
      "*",
      "(1)",
      ";",
  };
  return values;
}

// The texts read from `line` between two good lines, which must both be among them.
Collected between(const std::string& line) {
  const std::string before = "{\"text\":\"before\"}\n", after = "\n{\"text\":\"after\"}\n";
  Collected got = parse_lines(before + line + after);
  BOOST_TEST_REQUIRE(got.records.size() >= 2u);
  BOOST_TEST(got.records.front().text == "before");
  BOOST_TEST(got.records.back().text == "after");
  BOOST_TEST(got.records.back().origin.line ==
             3u + static_cast<std::size_t>(std::count(line.begin(), line.end(), '\n')));
  for (const RecordFault& fault : got.faults) {
    BOOST_TEST(fault.origin.line > 1u);
    BOOST_TEST(fault.origin.offset >= before.size());
    BOOST_TEST(!fault.reason.empty());
  }
  return got;
}

BOOST_AUTO_TEST_SUITE(json_validity)

BOOST_AUTO_TEST_CASE(good_values_are_read) {
  for (const std::string& value : good_values()) {
    for (const std::string& line :
         {"{\"text\":\"t\",\"x\":" + value + "}", "{\"x\":" + value + ",\"text\":\"t\"}",
          " \t{ \"x\" :" + value + " , \"text\" : \"t\" } \r"}) {
      BOOST_TEST_CONTEXT(line.substr(0, 100)) {
        const Collected got = between(line);
        BOOST_TEST(got.faults.empty());
        BOOST_TEST(got.records.size() == 3u);
        BOOST_TEST(got.records[1].text == "t");
        BOOST_TEST(got.records[1].record == line);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bad_values_are_faults) {
  for (const std::string& value : bad_values()) {
    for (const std::string& line :
         {"{\"text\":\"t\",\"x\":" + value + "}", "{\"x\":" + value + ",\"text\":\"t\"}",
          "{\"text\":\"t\",\"x\":[" + value + ",1e999]}"}) {
      // "[" + "" + ",1e999]" and the like are bad as well; "]" and "1,000" may close or part a
      // list.
      if (line.find('[') != std::string::npos && value == "1,000") continue;
      BOOST_TEST_CONTEXT(line) {
        const Collected got = between(line);
        BOOST_TEST(got.records.size() == 2u);
        BOOST_TEST(got.faults.size() == 1u);
        if (got.faults.empty()) continue;
        BOOST_TEST(got.faults[0].bytes == line.substr(0, RecordFault::kMaxBytes));
        BOOST_TEST(got.faults[0].origin.line == 2u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bad_lines_are_faults) {
  const std::vector<std::string> lines = {
      "{",
      "}",
      "{}{}",
      "{} {}",
      "{}x",
      "x{}",
      "{\"text\":\"t\"",
      "{\"text\":\"t\"}}",
      "{\"text\":\"t\"},",
      ",{\"text\":\"t\"}",
      "[{\"text\":\"t\"}]",
      "[{\"text\":\"t\"},",
      "]",
      "{\"text\":\"t\",}",
      "{\"text\":\"t\"}{\"text\":\"t\"}",
      "{\"text\":\"t\"} {\"text\":\"t\"}",
      "{'text':'t'}",
      "{text:\"t\"}",
      "{\"text\"}",
      "{\"text\":}",
      "{\"text\":\"t}",
      "text",
      "\"text\"",
      "1",
      "null",
      "true",
      "\"",
      "\xef\xbb\xbf",
      "\xef\xbb\xbf\xef\xbb\xbf{\"text\":\"t\"}",
      "\f",
      "\0"s,
      "{\"text\":\"t\"}\0"s,
      "# comment",
      "// comment",
      "{\"text\":\"\xed\xa0\x80\"}",
  };
  for (const std::string& line : lines) {
    BOOST_TEST_CONTEXT(line) {
      const Collected got = between(line);
      BOOST_TEST(got.records.size() == 2u);
      BOOST_TEST(got.faults.size() == 1u);
    }
  }
}

std::filesystem::path test_suite() {
  const char* data = std::getenv("COPYDESK_TEST_DATA");
  return data == nullptr ? std::filesystem::path()
                         : std::filesystem::path(data) / "vectors/json_parsing";
}

// A file is one value; it is given as the field "x". What holds line feeds is several lines of ours
// and no record, whatever it holds: only the neighbors are looked at. What i_ files do is written
// down here because it is our promise, not the suite's.
BOOST_AUTO_TEST_CASE(json_test_suite, *boost::unit_test::precondition([](auto) {
                       return std::filesystem::is_directory(test_suite());
                     })) {
  std::size_t files = 0, whole = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test_suite())) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file),
                              std::istreambuf_iterator<char>()};
    const std::string name = entry.path().filename().string();
    ++files;
    BOOST_TEST_CONTEXT(name) {
      const Collected alone = between(content);
      const bool is_one_line = content.find('\n') == std::string::npos;
      if (!is_one_line) continue;
      ++whole;
      const Collected inside = between("{\"text\":\"t\",\"x\":" + content + "}");
      if (name.starts_with("y_")) {
        BOOST_TEST(inside.faults.empty());
        BOOST_TEST(inside.records.size() == 3u);
      } else if (name == "n_number_NaN.json" || name == "n_number_infinity.json" ||
                 name == "n_number_minus_infinity.json") {
        BOOST_TEST(inside.faults.empty());
      } else if (name.starts_with("n_")) {
        BOOST_TEST(inside.faults.size() == 1u);
        BOOST_TEST(alone.records.size() == 2u);
      } else if (name.starts_with("i_number")) {
        BOOST_TEST(inside.records.size() == 3u);
      } else {
        // Invalid UTF-8, a byte order mark inside; 500 nested arrays and lone surrogates are no faults.
        const bool is_taken = name == "i_structure_500_nested_arrays.json" ||
                              content.find("\\u") != content.npos ||
                              content.find("\\U") != content.npos;
        BOOST_TEST(inside.faults.size() == (is_taken ? 0u : 1u));
      }
    }
  }
  BOOST_TEST(files == 318u);
  BOOST_TEST(whole > 280u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
