// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_shape.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/text/line_break.h"
#include "copydesk/text/line_ending.h"

namespace copydesk {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  const LineBreaks breaks(text);
  for (std::size_t begin = 0; begin < text.size();) {
    const LineBreaks::Line line = breaks.line_at(begin);
    lines.emplace_back(text.substr(begin, line.end - begin));
    begin = line.next;
  }
  return lines;
}

LineShape shape_of(std::string_view line) {
  LineShaper shaper;
  ShapedText shaped;
  shaper.shape(line, shaped);
  return shaped.lines.empty() ? LineShape{} : shaped.lines[0];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(line_shape)

BOOST_AUTO_TEST_CASE(lines_end_where_unicode_says) {
  const std::vector<std::string> abc = {"a", "b", "c"};
  for (const char* const text :
       {"a\nb\nc", "a\r\nb\r\nc", "a\rb\rc", "a\vb\fc", "a\u0085b\u2028c", "a\u2029b\nc\n"}) {
    BOOST_TEST(lines_of(text) == abc, boost::test_tools::per_element());
  }
  BOOST_TEST(lines_of("").empty());
  BOOST_TEST(lines_of("\n\n").size() == 2u);
  BOOST_TEST(lines_of("caf\u00E9 \u2014 \u3042").size() == 1u);  // bytes of breaks, but none
}

BOOST_AUTO_TEST_CASE(shapes_of_lines) {
  struct Case {
    const char* line;
    unsigned yes, no;
  };
  const Case cases[] = {
      {"Fire destroys old mill", kHeadLine, kProseLine | kClosedLine},
      {"Fire destroys old mill (Opinion)", kHeadLine, kCreditLine},
      {"Is this the end of the mill?", kHeadLine | kQuestionLine, kCreditLine},
      {"A fire destroyed the old mill in Norvik.", kProseLine | kClosedLine, kHeadLine},
      {"A fire destroyed the old mill.[1][citation needed]", kProseLine, kHeadLine | kCreditLine},
      {"A fire destroyed the old mill in Norvik.\u00B9", kProseLine, kHeadLine},
      {"It burned.", kClosedLine, kProseLine | kHeadLine},
      {"The old mill burns on Monday night. (Photo: Bob Lee)", kCreditLine, kProseLine},
      {"The old mill burns on Monday night. AP Photo/Bob Lee", kCreditLine, kProseLine},
      {"The old mill burns on Monday night (AFP)", kCreditLine, kProseLine},
      {"Norvik Holds Back U.S. Car Makers", kHeadLine, kCreditLine},
      {"Norvik Poll Backs Gov. Holt", kHeadLine, kCreditLine},
      {"In the U.S. the mill burns. AP Photo/Bob Lee", kCreditLine, kProseLine},
      {"Here is what burned in the mill:", 0, kHeadLine | kProseLine},
      {"for (int i = 0; i < n; ++i) {", 0, kHeadLine | kProseLine},
      {"He paid the rent (and the debt of his brother) at last.", kProseLine, kCreditLine},
      {"Published 4:15 p.m. Friday", kDatedLine, kProseLine},
      {"12 May 2021", kDatedLine, kProseLine},
      {"(Reporting by Ann Moe; editing by Jon Li)", kBracketedLine, kProseLine},
      {"\u00A9 2021 The Courier. All rights reserved.", kNoticeLine, kProseLine},
      {"Write to news@courier.example for more about it.", kNoticeLine, kProseLine},
      {"Copyright by the authors, all rights are reserved here.", kNoticeLine, kProseLine},
      {"By Ingrid Moe", kCapitalsLine, kClosedLine},
      {"\"I don't know,\" she said.", kSpeechLine, kNumberedLine},
      {"3. Terms of the lease", kNumberedLine | kHeadLine, kSpeechLine},
      {"\u8336\u56ED\u91CC\u6709\u4E24\u5343\u591A\u68F5\u767E\u5E74\u4EE5\u4E0A\u7684\u53E4\u8336"
       "\u6811\u3002",
       kProseLine, kHeadLine},
      {"\u041C\u043E\u0441\u0442 \u0441\u043D\u043E\u0432\u0430 "
       "\u043E\u0442\u043A\u0440\u044B\u0442",
       kHeadLine, kProseLine},
  };
  for (const Case& c : cases) {
    BOOST_TEST_CONTEXT(c.line) {
      const LineShape shape = shape_of(c.line);
      BOOST_TEST((shape.signs & c.yes) == c.yes);
      BOOST_TEST((shape.signs & c.no) == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(keys_are_those_of_words) {
  BOOST_TEST(shape_of("The Mill, burning").key == shape_of("the mill burning!").key);
  BOOST_TEST(shape_of("The mill burning").key != shape_of("burning the mill").key);
  BOOST_TEST(shape_of("ab c").key != shape_of("a bc").key);
}

// A line of signs without a word is no line, and has no terms: the last one would have those of a
// line behind the end.
BOOST_AUTO_TEST_CASE(terms_are_of_lines) {
  LineShaper shaper;
  ShapedText shaped;
  shaper.shape("The mill burned down on Monday night.\n|\nNobody was hurt in the old mill.\n```\n",
               shaped);
  BOOST_REQUIRE(shaped.lines.size() == 2u);
  BOOST_REQUIRE(shaped.of_lines.size() == 2u);
  BOOST_TEST(shaped.of_lines[0].line == 0u);
  BOOST_TEST(shaped.of_lines[1].line == 1u);
  BOOST_TEST(shaped.of_lines[1].count == 7u);
}

BOOST_AUTO_TEST_CASE(rules_of_signs) {
  for (const char* const rule :
       {"***", "* * *", "---", "# # #", "-30-", "\u2042", "_____", "\u2014\u2014\u2014"}) {
    BOOST_TEST(is_rule_of_signs(rule), rule);
  }
  for (const char* const line : {"-", "* item", "a", "**", "1. 2. 3.", "-31-", "*-*"}) {
    BOOST_TEST(!is_rule_of_signs(line), line);
  }
  LineShaper shaper;
  ShapedText shaped;
  shaper.shape("One line here.\n\n\n***\nAnother line here.\n", shaped);
  BOOST_TEST_REQUIRE(shaped.lines.size() == 2u);
  BOOST_TEST(shaped.lines[1].is(kAfterRule));
  BOOST_TEST(shaped.lines[1].is(kWideGap));
}

BOOST_AUTO_TEST_CASE(plain_texts_are_seen_early) {
  LineShaper shaper;
  TextSpan headline;
  const std::string_view article =
      "Fire destroys old mill\n\nA fire destroyed the old mill in Norvik.\n\nNobody was hurt.\n";
  BOOST_TEST(shaper.is_plain(article, headline));
  BOOST_TEST(headline.of(article) == "Fire destroys old mill");
  for (const std::string_view page :
       {"A fire destroyed the old mill in Norvik.\n\nMore on this\n",
        "A fire destroyed the old mill in Norvik.\n\nThe mill burns. (AFP)\n",
        "A fire destroyed the old mill in Norvik.\n\n\u00A9 The Courier\n",
        "Home page today\nOur best stories\nA fire destroyed the old mill in Norvik.\n"}) {
    BOOST_TEST(!shaper.is_plain(page, headline), page);
  }
}

// What is kept for a line is bounded: 16 bytes, and nothing more for a line of a letter.
BOOST_AUTO_TEST_CASE(lines_of_a_letter_cost_little) {
  static_assert(sizeof(LineShape) == 16);
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "a\n";
  LineShaper shaper;
  ShapedText shaped;
  shaper.shape(text, shaped);
  BOOST_TEST(shaped.lines.size() == 100000u);
  BOOST_TEST(shaped.terms.size() < 100u);
  BOOST_TEST(shaped.lines[0].key == shaped.lines[99999].key);
  std::atomic<bool> stop = true;
  shaper.shape(text, shaped, &stop);
  BOOST_TEST(shaped.is_stopped);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
