// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/note_numbers.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace copydesk {
namespace {

std::string without(std::string_view sentence) {
  std::string out = "before ";
  append_without_note_numbers(out, sentence);
  BOOST_TEST(out.starts_with("before "));
  return out.substr(7);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(note_numbers)

BOOST_AUTO_TEST_CASE(marks_are_left_out_where_they_name_nothing) {
  BOOST_TEST(without("It is 86 metres long.[1]") == "It is 86 metres long.");
  BOOST_TEST(without("It is long,[2][3] and old.[4]") == "It is long, and old.");
  BOOST_TEST(without("[1] The bridge is old.") == "The bridge is old.");
  BOOST_TEST(without("[1][12] The bridge is old.") == "The bridge is old.");
  BOOST_TEST(without("Bees sleep at night [1, 2].") == "Bees sleep at night.");
  BOOST_TEST(without("Bees sleep [3\u20135], and so do we [7-9; 11]") ==
             "Bees sleep, and so do we");
  BOOST_TEST(without("\"It leaks.\"[5]") == "\"It leaks.\"");
  BOOST_TEST(without("\u6865\u5EFA\u4E8E1907\u5E74\u3002[1]") ==
             "\u6865\u5EFA\u4E8E1907\u5E74\u3002");
}

BOOST_AUTO_TEST_CASE(brackets_that_say_something_stay) {
  for (const std::string_view text :
       {"Read argv[1] first.", "The second is a[2].", "Chapter [3] of the book is lost.",
        "He \"recieved[sic]\" it.", "An empty list, [], is no list.", "Take [0], not x.",
        "It was [1907] then.", "The path /a/[1]/b is there.", "[1]", "[", "a [1", "[12,]",
        "x.[1"}) {
    BOOST_TEST(without(text) == text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
