// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/counting_lines.h"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk {
namespace {

// How many lines of a text are marked.
std::size_t marked_in(std::string_view text) {
  LineShaper shaper;
  ShapedText before, shaped;
  shaper.shape(text, before);
  shaper.shape(text, shaped);
  mark_counting_lines(text, shaped);
  std::size_t marked = 0;
  for (std::size_t i = 0; i < shaped.lines.size(); ++i) {
    if (shaped.lines[i].signs == before.lines[i].signs) continue;
    BOOST_TEST(shaped.lines[i].is(kNoticeLine));
    BOOST_TEST(!shaped.lines[i].is(kHeadLine));
    ++marked;
  }
  return marked;
}

// A comment above each line.
std::string under_comments(std::initializer_list<std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) {
    text +=
        "Both faces of the board have to breathe in the same way.\n\n" + std::string(line) + "\n\n";
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(counting_lines)

BOOST_AUTO_TEST_CASE(lines_that_are_equal_but_for_numbers_are_notices) {
  BOOST_TEST(marked_in(under_comments({"87 points  Reply  Share", "5 points Reply Share",
                                       "1204 points Reply share"})) == 3u);
  BOOST_TEST(
      marked_in(under_comments(
          {"3 \u043E\u0442\u0432\u0435\u0442\u0430 \u0438 12 \u043B\u0430\u0439\u043A\u043E\u0432",
           "9 \u043E\u0442\u0432\u0435\u0442\u0430 \u0438 1 \u043B\u0430\u0439\u043A\u043E\u0432",
           "0 \u043E\u0442\u0432\u0435\u0442\u0430 \u0438 2 "
           "\u043B\u0430\u0439\u043A\u043E\u0432"})) == 3u);
}

BOOST_AUTO_TEST_CASE(other_lines_with_numbers_are_none) {
  BOOST_TEST(marked_in(under_comments({"87 points Reply Share", "5 points Reply Share"})) == 0u);
  BOOST_TEST(marked_in(under_comments({"Chapter 1", "Chapter 2", "Chapter 3"})) == 0u);
  BOOST_TEST(marked_in(under_comments({"250 g of flour", "125 g of butter", "150 g of sugar"})) ==
             0u);
  BOOST_TEST(marked_in(under_comments({"ring (1.2-3) stable; urgency=low", "ring (1.2-4) stable; urgency=low",
                                       "ring (1.3-1) stable; urgency=low"})) == 0u);
  // A table, and sentences.
  BOOST_TEST(marked_in("North won 3 games\nNorth won 4 games\nNorth won 7 games\n") == 0u);
  BOOST_TEST(marked_in(under_comments(
                 {"North won 3 games.", "North won 4 games.", "North won 7 games."})) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
