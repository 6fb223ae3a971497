// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/json_scan.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copydesk::tests {
namespace {

BOOST_AUTO_TEST_SUITE(json_scan)

BOOST_AUTO_TEST_CASE(only_well_formed_large_numbers_are_blanked) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[1,2.5,-3]", "[1,2.5,-3]"},
      {"[1234567890123456789]", "[0                  ]"},
      {"[123456789012345678]", "[123456789012345678]"},
      {"[1e5]", "[0  ]"},
      {"[-1.5E+999]", "[0        ]"},
      {"[\"1234567890123456789\",\"a\\\"1e5\",1e5]", "[\"1234567890123456789\",\"a\\\"1e5\",0  ]"},
      {"[\"a\\\\\",1e5]", "[\"a\\\\\",0  ]"},
      {"1e5", "0  "},
      // Not numbers: they stay, and the parser rejects them.
      {"[01234567890123456789]", "[01234567890123456789]"},
      {"[1234567890123456789.]", "[1234567890123456789.]"},
      {"[.12345678901234567890]", "[.12345678901234567890]"},
      {"[+12345678901234567890]", "[+12345678901234567890]"},
      {"[1e]", "[1e]"},
      {"[1e+]", "[1e+]"},
      {"[-e5]", "[-e5]"},
      {"[1e5.5]", "[1e5.5]"},
      {"[1-1e5]", "[1-1e5]"},
      {"[--12345678901234567890]", "[--12345678901234567890]"},
      {"{\"a\":false,\"unclosed 1e5", "{\"a\":false,\"unclosed 1e5"},
      {"", ""},
  };
  for (const auto& [before, after] : cases) {
    BOOST_TEST_CONTEXT(before) {
      std::string json = before;
      BOOST_TEST(blank_large_numbers(json) == (before != after));
      BOOST_TEST(json == after);
    }
  }
}

BOOST_AUTO_TEST_CASE(members_are_found_as_written) {
  const std::string_view object =
      " { \"a\" : 1.0 , \"b\":[{\"c\":1},\"]}\",\"\\\"\"] "
      ",\"c\":{\"a\":2},\"a\":3,\"d\\u0065\\n\":true,"
      "\"\\ud83d\\ude00\\u00e9\\u20ac\":\"x\\\\\", \"e\" :\t-0\r}";
  using Found = std::optional<std::string_view>;
  const auto is = [&](std::string_view name, Found value) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST((raw_member(object, name) == value));
    }
  };
  is("a", "1.0");
  is("b", "[{\"c\":1},\"]}\",\"\\\"\"]");
  is("c", "{\"a\":2}");
  is("de\n", "true");
  is("\xf0\x9f\x98\x80\xc3\xa9\xe2\x82\xac", "\"x\\\\\"");
  is("e", "-0");
  is("f", std::nullopt);
  is("", std::nullopt);
  BOOST_TEST(!raw_member("{}", "a"));
  BOOST_TEST(!raw_member(" { } ", "a"));
  BOOST_TEST((raw_member("{\"\":0}", "") == Found("0")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
