// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/one_line.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace copydesk {
namespace {

std::string on_one_line(std::string_view text) {
  std::string out = "before: ";
  append_on_one_line(out, text);
  BOOST_TEST(out.starts_with("before: "));
  return out.substr(8);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(one_line)

BOOST_AUTO_TEST_CASE(a_line_end_and_what_is_white_around_it_is_a_space) {
  BOOST_TEST(on_one_line("The keeper\nlit the lamp.") == "The keeper lit the lamp.");
  BOOST_TEST(on_one_line("The keeper \r\n\t lit\n\n   the lamp.") == "The keeper lit the lamp.");
  BOOST_TEST(on_one_line("The keeper\u2028lit\rthe\u0085lamp.") == "The keeper lit the lamp.");
  BOOST_TEST(on_one_line("\u706F\u53F0 was\nold.") == "\u706F\u53F0 was old.");
  BOOST_TEST(on_one_line("\uB4F1\uB300\n\uBD88") == "\uB4F1\uB300 \uBD88");  // Hangul has spaces
  BOOST_TEST(on_one_line("") == "");
}

BOOST_AUTO_TEST_CASE(no_space_is_put_between_characters_written_without) {
  BOOST_TEST(on_one_line("\u706F\u53F0\n\u3000\u5F88\u65E7\u3002") ==
             "\u706F\u53F0\u5F88\u65E7\u3002");
  BOOST_TEST(on_one_line("\u706F\u53F0\uFF0C\r\n\u5F88\u65E7\u3002") ==
             "\u706F\u53F0\uFF0C\u5F88\u65E7\u3002");
  BOOST_TEST(on_one_line("\u304B\n\U00020000") == "\u304B\U00020000");
}

BOOST_AUTO_TEST_CASE(other_white_space_stays) {
  BOOST_TEST(on_one_line("The keeper  lit\tthe lamp. ") == "The keeper  lit\tthe lamp. ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
