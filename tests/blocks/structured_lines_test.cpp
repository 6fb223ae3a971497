// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "copydesk/blocks/structured_lines.h"
#include "scanned_lines.h"

namespace copydesk {
namespace {

// By definition, for lines of which none is code, a table or a list: verse if the line itself and
// all of up to three others on either side, copies and skipped ones passed over, are short; three of
// these have three words and more, one may have fewer ("Chorus").
bool is_verse(const std::vector<Line>& lines, const std::vector<bool>& skipped, std::size_t at) {
  const auto is_short = [&](std::size_t i) { return lines[i].words >= 3 && lines[i].words <= 12; };
  std::size_t found = 0, verse = 0, shorter = 0;
  for (const bool backwards : {true, false}) {
    std::size_t taken = 0;
    for (std::size_t i = at; taken < 3;) {
      if (backwards ? i == 0 : i + 1 == lines.size()) break;
      i = backwards ? i - 1 : i + 1;
      if (lines[i].key == lines[at].key || (!skipped.empty() && skipped[i])) continue;
      ++taken;
      ++found;
      verse += is_short(i);
      shorter += lines[i].words < 3;
    }
  }
  return lines[at].words <= 12 && verse >= 3 && verse + shorter == found && shorter <= 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(structured_lines)

BOOST_AUTO_TEST_CASE(neighbors_are_those_of_the_definition) {
  constexpr std::array<const char*, 6> kLines = {
      "the lamps are low\n",
      "the tide is slow\n",
      "and still they row\n",
      "home\n",
      "a line of prose that has more than twelve words in it counts as no verse\n",
      "so deep is the night\n"};
  std::size_t found = 0, all = 0;
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    std::mt19937 random(seed);
    const std::size_t kinds = 2 + random() % 5;
    std::string text;
    for (std::size_t left = random() % 30; left > 0; --left) text += kLines[random() % kinds];
    const std::vector<Line> lines = lines_of(text);
    std::vector<bool> skipped;
    if (seed % 2 == 0) {
      for (std::size_t i = 0; i < lines.size(); ++i) skipped.push_back(random() % 3 == 0);
    }
    StructuredLines structured(text, lines, skipped);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      BOOST_TEST_CONTEXT("seed " << seed << " line " << i) {
        BOOST_TEST(structured.contains(i) == is_verse(lines, skipped, i));
      }
      found += structured.contains(i);
      ++all;
    }
  }
  BOOST_TEST(found > all / 20);
  BOOST_TEST(found < all - all / 20);
}

// One line, or one list item, over and over: each copy asks for its neighbors.
BOOST_AUTO_TEST_CASE(runs_of_copies_take_linear_time) {
  constexpr std::size_t kCopies = 20'000;
  for (const std::string_view line : {"Share this\n", "- one item\n", "the same line again\n"}) {
    std::string text = "The first line of the page stands here\n";
    for (std::size_t i = 0; i < kCopies; ++i) text += line;
    text += "And the last line of it stands here\n";
    const std::vector<Line> lines = lines_of(text);
    std::vector<bool> skipped(lines.size());
    for (std::size_t i = 0; i < lines.size(); i += 2) skipped[i] = true;
    for (const auto& passed_over : {std::vector<bool>(), skipped}) {
      StructuredLines structured(text, lines, passed_over);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        static_cast<void>(structured.contains(i));
      }
      BOOST_TEST(structured.steps() >= lines.size());
      BOOST_TEST(structured.steps() <= 8 * lines.size());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
