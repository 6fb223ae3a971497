// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/page_stories.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace copydesk {
namespace {

std::vector<std::string> titles_of(std::string_view text) {
  PageStories stories;
  stories.find(text);
  std::vector<std::string> titles;
  for (const PageStory& story : stories.stories()) titles.emplace_back(story.title.of(text));
  return titles;
}

using Titles = std::vector<std::string>;

constexpr std::string_view kMill =
    "Council buys the old mill\n"
    "The council has bought the old mill on the river for two hundred thousand pounds.\n";
constexpr std::string_view kBakery =
    "Bakery wins a prize for its seeded loaf\n"
    "Judges at the county show gave first place to a seeded loaf from a bakery in Queen Street.\n";
constexpr std::string_view kTurnips =
    "Turnip lorry closes the roundabout\n"
    "Eleven tonnes of turnips lay on the roundabout for six hours after a lorry overturned.\n";

std::string joined(std::initializer_list<std::string_view> parts, std::string_view between = "") {
  std::string text;
  for (const std::string_view part : parts)
    text += std::string(text.empty() ? "" : between) + std::string(part);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(brief_stories)

BOOST_AUTO_TEST_CASE(stories_of_one_paragraph) {
  const Titles three = {"Council buys the old mill", "Bakery wins a prize for its seeded loaf",
                        "Turnip lorry closes the roundabout"};
  BOOST_TEST(titles_of(joined({kMill, kBakery, kTurnips})) == three,
             boost::test_tools::per_element());
  BOOST_TEST(titles_of(joined({kMill, kBakery, kTurnips}, "\n")) == three,
             boost::test_tools::per_element());
  BOOST_TEST(titles_of(joined({kMill, kBakery, kTurnips}, "By Ann Lee\n\n")) == three,
             boost::test_tools::per_element());
  BOOST_TEST(titles_of(joined({kMill, kTurnips})) == Titles({three[0], three[2]}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_link_under_every_story_is_no_headline) {
  for (const std::string_view link : {"Read the whole story here\n", "En savoir plus >\n"}) {
    const std::string text = joined({kMill, link, kBakery, link, kTurnips, link});
    PageStories stories;
    stories.find(text);
    BOOST_TEST_REQUIRE(stories.stories().size() == 3u);
    std::string bodies;
    for (const PageStory& story : stories.stories()) {
      append_body(text, stories.body(story), bodies);
    }
    for (const char* words : {"two hundred thousand", "Queen Street", "Eleven tonnes"}) {
      BOOST_TEST(bodies.find(words) != std::string::npos, words);
    }
    BOOST_TEST(bodies.find(link) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(sections_of_an_article_have_its_matter_in_common) {
  const std::string text =
      "The mill on the river has a new owner\n"
      "The council has bought the old mill for two hundred thousand pounds.\n"
      "What the council wants to do with it\n"
      "Books are to stand where the wheel of the mill turned, and the council wants a reading "
      "room.\n"
      "Who worked there for forty years\n"
      "Ann Price worked in the mill until it closed, and lives by the river to this day.\n";
  BOOST_TEST(titles_of(text) == Titles({"The mill on the river has a new owner"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_article_and_what_else_there_is_to_read) {
  std::string article(kMill);
  for (int i = 0; i < 12; ++i) {
    article += "Paragraph " + std::to_string(i) +
               " says of the mill what councillors said of its roof, its wheel and its cost.\n";
  }
  BOOST_TEST(titles_of(article + std::string(kBakery)).size() == 1u);
}

BOOST_AUTO_TEST_CASE(entries_of_a_live_report_are_no_stories) {
  const std::string text =
      "[22:41] No more trains to Leeward tonight\n"
      "Buses take passengers from Leeward to Heron Gate, the railway says.\n"
      "[20:47] Three metres of dune have gone\n"
      "The sea has taken three metres of dune, a warden measured at low water.\n"
      "[18:02] Ferries stay in the harbour\n"
      "All ferries stay where they are until the wind has turned, skippers decided.\n";
  BOOST_TEST(titles_of(text).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
