// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/side_matter.h"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

// A page of parts, each of lines: so many words of prose, or 0 for another line.
struct Page {
  std::string text;
  ShapedText shaped;
  std::vector<ProseLine> prose;
  std::vector<Story> stories;
  std::uint32_t lines = 0;

  void add(const std::vector<std::uint32_t>& words) {
    Story story;
    story.begin_line = story.title_line = lines;
    story.begin_prose = static_cast<std::uint32_t>(prose.size());
    for (const std::uint32_t count : words) {
      if (count > 0) prose.push_back({lines, 0, 0, 0, count});
      shaped.lines.push_back({});
      shaped.lines.back().begin = static_cast<std::uint32_t>(text.size());
      text += count > 0 ? "What stands here ends in a full stop.\n" : "Another line\n";
      if (count > 0) shaped.lines.back().signs = kProseLine | kClosedLine;
      ++lines;
    }
    story.end_line = lines;
    story.end_prose = static_cast<std::uint32_t>(prose.size());
    stories.push_back(story);
  }
  [[nodiscard]] std::vector<std::uint8_t> side() const {
    std::vector<std::uint8_t> is_side;
    find_side_matter(text, shaped, prose, stories, is_side);
    return is_side;
  }
};

// A title and paragraphs of 50 words.
std::vector<std::uint32_t> story_of(int paragraphs) {
  std::vector<std::uint32_t> words(1, 0);
  words.insert(words.end(), static_cast<std::size_t>(paragraphs), 50);
  return words;
}

using Marks = std::vector<std::uint8_t>;

}  // namespace

BOOST_AUTO_TEST_SUITE(side_matter)

BOOST_AUTO_TEST_CASE(parts_are_told_by_their_share_and_their_form) {
  Page page;
  page.add({0, 20, 0, 0, 0, 0, 0, 30, 0, 0});  // lone lines in a menu: .1 of the longest
  page.add(story_of(10));
  page.add(story_of(1));                                // a brief
  page.add({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 60, 0});  // a list: .24
  page.add({0, 8});                                     // next to nothing
  page.add({0, 0, 0});
  BOOST_TEST(page.side() == Marks({1, 0, 0, 1, 1, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_long_or_told_in_paragraphs_is_a_story) {
  Page page;
  page.add(story_of(10));
  page.add(story_of(2));
  page.add({0, 0, 0, 0, 0, 50, 0, 0, 60});                       // lone lines: .22
  page.add({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 150, 150, 0});         // a list: .6
  page.add({0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 30, 30, 30, 30, 0});  // with as much prose: .3
  BOOST_TEST(page.side() == Marks(5, 0), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_menu_in_one_line_is_no_prose) {
  Page page;
  page.add({0, 200});
  page.shaped.lines.back().signs = kProseLine;
  page.add(story_of(2));
  BOOST_TEST(page.side() == Marks({1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(notices_of_cookies_are_told_by_their_name) {
  Page page;
  page.add(story_of(10));
  page.add(story_of(2));
  BOOST_TEST(page.side() == Marks(2, 0), boost::test_tools::per_element());
  page.text.replace(page.text.rfind("stands here"), 11, "of Cookies?");
  BOOST_TEST(page.side() == Marks({0, 1}), boost::test_tools::per_element());
  page.add(story_of(4));
  page.text.replace(page.text.rfind("stands here"), 11, "of Cookies?");  // .4 of the longest
  BOOST_TEST(page.side() == Marks({0, 1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_page_without_prose_has_none) {
  Page page;
  page.add({0, 0});
  page.add({0});
  BOOST_TEST(page.side() == Marks(2, 0), boost::test_tools::per_element());
}

// A notice, a menu of a site, a story and what stands under it.
BOOST_AUTO_TEST_CASE(a_story_among_the_matter_of_its_site) {
  constexpr std::string_view kTitle = "Cracks close the bridge over the Orrin to lorries";
  std::string text =
      "We and our partners store information here to make your visit as pleasant as it can be.\n";
  for (const char* line :
       {"Start", "News of the day", "Sport and leisure", "The county in pictures",
        "Letters from our readers", "Jobs on the coast", "Search all of our pages", "Sign in",
        "Become a member today", "Gift vouchers", "Games and riddles", "Shop of the house",
        "Services for you", "About the house"}) {
    text += std::string(line) + "\n";
  }
  text += std::string(kTitle) + "\nBy Ada Holt\n";
  for (int i = 0; i < 3; ++i) {
    for (const char* paragraph :
         {"Workers closed the bridge over the Orrin on Monday after an engineer found cracks in it",
          "The cracks run along the middle of the bridge, where lorries stop at the lights",
          "Lorries have to go around by Pell, which takes them forty minutes, until the bridge "
          "opens",
          "Repairs to the bridge over the Orrin cost more than the county has put aside for it"}) {
      text += std::string(paragraph) + ", it was said on day " + std::to_string(i) + ".\n";
    }
  }
  PageStories page;
  page.find(text);
  BOOST_TEST_REQUIRE(page.stories().size() == 1u);
  BOOST_TEST(page.stories()[0].title.of(text) == kTitle);
  std::string body;
  append_body(text, page.body(page.stories()[0]), body);
  BOOST_TEST(body.find("partners") == std::string::npos);
  BOOST_TEST(body.starts_with("Workers closed the bridge"), body);
}

BOOST_AUTO_TEST_CASE(comments_under_a_longer_text_are_none_of_it) {
  const auto page = [](int paragraphs) {
    std::string text = "Cracks close the bridge over the Orrin to lorries\n";
    for (int i = 0; i < paragraphs; ++i) {
      text +=
          "Workers closed the bridge over the Orrin on Monday after an engineer found cracks in "
          "it, and lorries go "
          "around by Pell since day " +
          std::to_string(i) + " of the works, says the county.\n";
    }
    for (const char* name : {"Ada", "Bo", "Cy", "Dee", "Eve", "Flo"}) {
      text += std::string(name) +
              ", 3 May 2021 at 10:15\nI had seen those cracks of the bridge long before the county "
              "did, " +
              name + " thinks.\n";
    }
    return text;
  };
  for (const int paragraphs : {12, 2}) {
    const std::string text = page(paragraphs);
    PageStories found;
    found.find(text);
    BOOST_TEST_REQUIRE(found.stories().size() == 1u);
    std::string body;
    append_body(text, found.body(found.stories()[0]), body);
    BOOST_TEST(body.find("Workers closed") != std::string::npos);
    BOOST_TEST((body.find("long before the county") == std::string::npos) == (paragraphs == 12));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
