// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

constexpr std::string_view kMine =
    "Miners at the Tolm pit walked out on Tuesday after a shaft flooded and two pumps failed.\n"
    "The union said the pit had been warned in spring that the pumps were older than the shaft.\n"
    "Managers of the pit said miners would be paid until the shaft was dry again.";
constexpr std::string_view kWheat =
    "Farmers sold less wheat abroad this season than in any year since harvests were counted.\n"
    "Exporters blamed a strong currency, which makes wheat dearer for mills in the south.\n"
    "A good harvest is expected, so farmers fear that wheat will rot in silos by winter.";
constexpr std::string_view kFerry =
    "A ferry with ninety passengers ran aground off Pell in thick fog early on Monday.\n"
    "Lifeboats took all passengers ashore, and the ferry floated free with the evening tide.\n"
    "Its captain told inspectors that a buoy near Pell had drifted from where charts show it.";

std::string text_of(const std::vector<std::string_view>& stories, std::string_view mark) {
  std::string text;
  for (const std::string_view story : stories) {
    text.append(story).append(mark).push_back('\n');
  }
  return text;
}

std::vector<std::string> stories_in(std::string_view text) {
  PageStories page;
  page.find(text);
  std::vector<std::string> found;
  for (const PageStory& story : page.stories()) {
    append_body(text, page.body(story), found.emplace_back());
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signed_lines)

BOOST_AUTO_TEST_CASE(a_story_of_an_agency_ends_where_it_signs) {
  for (const std::string_view mark : {" Reuter", " REUTER", " Tass"}) {
    const std::vector<std::string> found = stories_in(text_of({kMine, kWheat, kFerry}, mark));
    BOOST_TEST_CONTEXT(mark) {
      BOOST_TEST_REQUIRE(found.size() == 3u);
      BOOST_TEST(found[0] == std::string(kMine) + std::string(mark) + "\n");
      BOOST_TEST(found[2] == std::string(kFerry) + std::string(mark) + "\n");
    }
  }
}

BOOST_AUTO_TEST_CASE(without_a_signature_nothing_tells_them_apart) {
  BOOST_TEST(stories_in(text_of({kMine, kWheat, kFerry}, "")).size() == 1u);
}

// One story alone, with the agency in its dateline, and the initials of who wrote it below.
BOOST_AUTO_TEST_CASE(what_the_dateline_names_signs_the_end) {
  const std::string opening =
      "Mill burns at Orrin\n\nORRIN, 18 July (ASN).- The old mill at Orrin burned down in the "
      "night "
      "after lightning had struck it.\n\n";
  const std::string last = "Nobody was in the building when its roof fell in, the police say. ";
  for (const char* mark : {"ASN", "ASN mgl/rp"}) {
    BOOST_TEST_CONTEXT(mark) {
      const std::vector<std::string> found = stories_in(opening + last + mark + "\n");
      BOOST_TEST_REQUIRE(found.size() == 1u);
      BOOST_TEST(found[0].find(last) != std::string::npos);
    }
  }
  const std::vector<std::string> other = stories_in(opening + last + "Jo Lee/Getty\n");
  BOOST_TEST(other[0].find(last) == std::string::npos);  // a caption
}

// "Reuter" behind a caption says whose picture it is, if the page does not end so.
BOOST_AUTO_TEST_CASE(a_page_that_does_not_end_so_is_not_signed) {
  const std::string text = text_of({kMine, kWheat}, " Reuter") + std::string(kFerry) + "\n";
  BOOST_TEST(stories_in(text).size() == 1u);
}

BOOST_AUTO_TEST_CASE(one_line_is_no_story) {
  std::string text(kMine);
  text += "\n";
  for (const char* name : {"Ann Lee", "Bob Fox", "Carl Day", "Dora Hall"}) {
    text += std::string("Miner ") + name + " waits for news of the pumps near the pit. Reuter\n";
  }
  BOOST_TEST(stories_in(text).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
