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

BOOST_AUTO_TEST_CASE(no_space_is_put_behind_a_hyphen_that_divides) {
  BOOST_TEST(on_one_line("The safety-\nvalve was old.") == "The safety-valve was old.");
  BOOST_TEST(on_one_line("The re-\r\n  port was long.") == "The re-port was long.");
  BOOST_TEST(on_one_line("The re\u00AD\nport was long.") == "The report was long.");
  BOOST_TEST(on_one_line("From London -\nand back.") == "From London - and back.");
  BOOST_TEST(on_one_line("The Ober-\nUnter axis.") == "The Ober- Unter axis.");
  BOOST_TEST(on_one_line("Nothing-\n") == "Nothing-");
  std::string out;
  append_on_one_line(out, "The re-\nport resem-\nbles it.", LineHyphens::kOfWords);
  BOOST_TEST(out == "The report resembles it.");
}

BOOST_AUTO_TEST_CASE(hyphens_are_of_words_where_lines_often_end_so) {
  const std::string column =
      "Of the re-\nport little is left, and of the resem-\nblance to any condi-\ntion less.\n";
  BOOST_TEST((find_line_hyphens(column) == LineHyphens::kOfWords));
  BOOST_TEST((find_line_hyphens("A safety-\nvalve and a well-\nknown keeper.\n") ==
              LineHyphens::kOfCompounds));
  std::string wrapped = column;
  for (int i = 0; i < 60; ++i)
    wrapped += "A line of a text that a program wrapped, and did not divide.\n";
  BOOST_TEST((find_line_hyphens(wrapped) == LineHyphens::kOfCompounds));
  BOOST_TEST((find_line_hyphens("") == LineHyphens::kOfCompounds));
}

BOOST_AUTO_TEST_CASE(other_white_space_stays) {
  BOOST_TEST(on_one_line("The keeper  lit\tthe lamp. ") == "The keeper  lit\tthe lamp. ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
