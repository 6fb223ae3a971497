// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/matter_of_stories.h"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/text/line_shape.h"

namespace copydesk {
namespace {

// How many stories are left of `parts`, the first line of each of which is its title, unless it is
// the line "-".
std::size_t left_of(const std::vector<std::vector<std::string>>& parts) {
  std::string text;
  for (const auto& part : parts) {
    for (const std::string& line : part) {
      if (line != "-") text += line + "\n";
    }
  }
  LineShaper shaper;
  ShapedText shaped;
  shaper.shape(text, shaped);
  PageProse prose;
  prose.find(shaped);
  prose.number(shaped);
  std::vector<Story> stories;
  std::uint32_t line = 0, prose_line = 0;
  for (const auto& part : parts) {
    const bool has_title = part.front() != "-";
    Story story{line, 0, prose_line, 0, has_title ? line : kNoLine};
    line += static_cast<std::uint32_t>(part.size() - (has_title ? 0 : 1));
    while (prose_line < prose.lines().size() && prose.lines()[prose_line].line < line) ++prose_line;
    story.end_line = line;
    story.end_prose = prose_line;
    stories.push_back(story);
  }
  BOOST_TEST_REQUIRE(prose_line == prose.lines().size());
  MatterOfStories().join(shaped, prose, stories);
  BOOST_TEST(stories.back().end_line == line);
  BOOST_TEST(stories.back().end_prose == prose_line);
  BOOST_TEST(stories.front().begin_line == 0u);
  return stories.size();
}

const std::vector<std::string> kGuide = {
    "How to choose a cast iron kettle",
    "A kettle of cast iron keeps its heat for an hour and lasts longer than whoever bought it.",
    "Before you choose one, lift it: an iron kettle of two litres weighs as much as a small dog.",
    "The lid should sit without a wobble, and the handle should stay upright by itself."};

}  // namespace

BOOST_AUTO_TEST_SUITE(matter_of_stories)

BOOST_AUTO_TEST_CASE(what_keeps_to_the_title_before_is_no_other_story) {
  std::vector<std::string> care = {
      "Rinse, dry, wait", "Never leave water standing in a kettle of cast metal overnight.",
      "Iron rusts within a day, and a kettle that was cast thin is the first to go.",
      "Whoever does choose to scrub an iron pot with soap has to season it again.",
      "Oil is rubbed in with a cloth, thinly, while the cast bottom is still warm.",
      "Guests who choose tea over coffee will not wait for long."};
  BOOST_TEST(left_of({kGuide, care}) == 1u);
  care.front() = "-";
  BOOST_TEST(left_of({kGuide, care}) == 1u);
}

BOOST_AUTO_TEST_CASE(what_its_own_title_speaks_for_as_much_is_another_story) {
  const std::vector<std::string> foundry = {
      "Foundry will cast kettle again",
      "The foundry at Orrin will cast iron again, eleven years after its furnace went out.",
      "The first kettle that the foundry sold is in the museum, and its iron is as good as new.",
      "Those who choose to work there will learn to cast in a year, and the kettle is the test."};
  BOOST_TEST(left_of({kGuide, foundry}) == 2u);
}

BOOST_AUTO_TEST_CASE(a_word_or_two_in_common_are_not_enough) {
  const std::vector<std::string> other = {
      "Rain, then sun",
      "The kettle pond overflowed in the night and took the footbridge with it.",
      "A crew from the county closed the path and put up a fence along the kettle pond.",
      "It will be dry from noon, and the wind turns to the south by the evening."};
  BOOST_TEST(left_of({kGuide, other}) == 2u);
  std::vector<std::string> untitled = kGuide;
  untitled.front() = "-";
  BOOST_TEST(left_of({untitled, kGuide}) == 2u);
}

BOOST_AUTO_TEST_CASE(a_third_part_is_compared_with_the_title_of_what_it_would_join) {
  const std::vector<std::string> more = {
      "Rinse, dry, wait", "Never leave water standing in a kettle of cast metal overnight.",
      "Iron rusts within a day, and a kettle that was cast thin is the first to go.",
      "Those who choose to scrub an iron pot have to choose an oil to season it with."};
  const std::vector<std::string> other = {
      "Rain, then sun", "It will be dry from noon, and the wind turns to the south.",
      "A crew from the county closed the path along the pond for the day."};
  BOOST_TEST(left_of({kGuide, more, other}) == 2u);
  BOOST_TEST(left_of({kGuide, more, more, other}) == 2u);
  BOOST_TEST(left_of({kGuide, other, more}) == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
