// SPDX-License-Identifier: Apache-2.0
//
// What of a page's one story is its title and its text.

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

constexpr std::string_view kBridge =
    "Workers closed the bridge over the Orrin on Monday after an engineer found cracks in it.\n\n"
    "The cracks run along the middle of the bridge, where lorries stop at the lights.\n\n"
    "Lorries have to go around by Pell, which takes them forty minutes, until the bridge opens.\n\n"
    "The engineer had asked two years ago to have the cracks in the bridge looked at.\n\n"
    "Repairs to the bridge over the Orrin cost more than the county has put aside for it.\n\n"
    "Until autumn only people on foot may cross the bridge, the county said on Monday.\n\n"
    "The lights on the bridge had been set up by the county for lorries only last year.\n\n";

struct Found {
  std::string title, body;
};

Found found_in(const std::string& text) {
  PageStories page;
  page.find(text);
  BOOST_TEST_REQUIRE(page.stories().size() == 1u);
  Found found;
  found.title = page.stories()[0].title.of(text);
  append_body(text, page.body(page.stories()[0]), found.body);
  return found;
}

bool has(const Found& found, std::string_view part) {
  return found.body.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(story_body)

// A recipe's opening stands before its ingredients, that of an encyclopedia before the contents.
BOOST_AUTO_TEST_CASE(a_list_behind_the_opening_does_not_take_it_away) {
  const std::string opening =
      "The bridge over the Orrin was built by the county in 1911 and carries lorries to Pell.";
  std::string list;
  for (const char* item : {"Contents", "Name", "History", "Building", "Traffic", "Cracks", "Notes",
                           "Sources", "Links"}) {
    list += std::string(item) + "\n\n";
  }
  const Found found =
      found_in("Home\n\nOrrin Bridge\n\n" + opening + "\n\n" + list + std::string(kBridge));
  BOOST_TEST(has(found, opening));
  BOOST_TEST(has(found, "Workers closed the bridge"));
  BOOST_TEST(!has(found, "Contents"));
}

BOOST_AUTO_TEST_CASE(a_short_line_at_the_top_with_little_in_common_is_a_caption) {
  const std::string title = "Cracks close the bridge over the Orrin\n\n3 May 2021, 7:00\n\n";
  const std::string caption = "Ada Holt of Marsh End waits in her car.";
  const Found found = found_in(title + caption + "\n\n" + std::string(kBridge));
  BOOST_TEST(!has(found, caption));
  BOOST_TEST(has(found, "Workers closed the bridge"));
  // A short first sentence on the matter stays.
  const std::string lead = "The bridge over the Orrin is closed to lorries until autumn.";
  BOOST_TEST(has(found_in(title + lead + "\n\n" + std::string(kBridge)), lead));
}

BOOST_AUTO_TEST_CASE(the_line_with_which_the_text_begins_is_its_title) {
  const std::string page =
      "Orrin Bridge\n\nFrom the free encyclopedia\n\nThe bridge at noon\n\n"
      "The Orrin Bridge is a bridge over the Orrin built in 1911.\n\n" +
      std::string(kBridge);
  BOOST_TEST(found_in(page).title == "Orrin Bridge");
}

BOOST_AUTO_TEST_CASE(a_notice_may_stand_above_the_title) {
  const std::string notice =
      "We and our partners store information here. You can change your choice at any time.";
  const Found found = found_in(
      notice + "\n\nAccept all\n\nSubscribe\n\nCracks close the bridge over the Orrin\n\n" +
      std::string(kBridge));
  BOOST_TEST(found.title == "Cracks close the bridge over the Orrin");
  BOOST_TEST(!has(found, "partners"));
  BOOST_TEST(has(found, "Workers closed the bridge"));
  // A paragraph with a subhead behind it is no notice.
  const std::string opening =
      "The bridge over the Orrin, which lorries use on their way to Pell, has cracks so wide "
      "that an engineer could put his hand in.";
  BOOST_TEST(has(
      found_in(opening + "\n\nWhat the engineer found in the bridge\n\n" + std::string(kBridge)),
      opening));
}

BOOST_AUTO_TEST_CASE(fields_and_entries_of_lists_are_no_titles) {
  const std::string bridge(kBridge);
  BOOST_TEST(
      found_in("Keeper of bridges\n\nPlace: Orrin\nHours: 36 a week\nLorries: many\n\n" + bridge)
          .title == "Keeper of bridges");
  BOOST_TEST(found_in("Place: Orrin\nThings: bridge, county\n\n" + bridge).title == "");
  BOOST_TEST(found_in("Opinion: the bridge over the Orrin\n\n" + bridge).title ==
             "Opinion: the bridge over the Orrin");
  BOOST_TEST(found_in("How the Orrin was crossed\n\nWhat you need\n2 lorries\n1 engineer\n"
                      "bridge money\n\n" +
                      bridge)
                 .title == "How the Orrin was crossed");
}

BOOST_AUTO_TEST_CASE(moves_menus_and_ratings_are_no_titles) {
  const std::string bridge(kBridge);
  BOOST_TEST(found_in("1. b4 e5 2. Bb2 Bxb4\n3. Bxe5 Nf6 4. c4 O-O\n\n" + bridge).title == "");
  for (const char* sign : {">", "|", "\u203A", "\u00B7"}) {
    const std::string between = std::string(" ") + sign + " ";
    const std::string menu = "Start here" + between + "Wall" + between + "Shop";
    // Beside a headline that says as little of the text.
    BOOST_TEST(found_in("Call us today\n\n" + menu + "\n\n" + bridge).title == "Call us today");
  }
  BOOST_TEST(found_in("Cracks close bridge | Pell News\n\n" + bridge).title ==
             "Cracks close bridge | Pell News");
  BOOST_TEST(found_in("\u2605\u2605\u2605\u2606 two weeks ago\nBy a driver of lorries\n\n" + bridge)
                 .title == "By a driver of lorries");
  BOOST_TEST(
      found_in("CLAIMANT: the county of the bridge\nDEFENDANT: the lorries of Pell\n\n" + bridge)
          .title == "");
  BOOST_TEST(found_in("Present: the county, the engineer, the lorries, Pell\nApologies: Orrin\n\n" +
                      bridge)
                 .title == "");
}

BOOST_AUTO_TEST_CASE(a_line_in_the_middle_of_the_column_is_the_title) {
  const std::string title = "Crossings in Winter by Boat and Sledge";
  const std::string rest = "\n\nCracks of the bridge\n\n" + std::string(kBridge);
  BOOST_TEST(found_in("Office of Roads\n\n" + title + rest).title == "Cracks of the bridge");
  BOOST_TEST(found_in("Office of Roads\n\n" + std::string(17, ' ') + title + rest).title == title);
}

BOOST_AUTO_TEST_CASE(a_line_right_above_a_date_is_the_title) {
  const std::string page =
      "The Orrin Letter\nWhat is new this week\n\nCracks that grow\nPosted by Ada on 3 May "
      "2021\n\n" +
      std::string(kBridge);
  BOOST_TEST(found_in(page).title == "Cracks that grow");
}

BOOST_AUTO_TEST_CASE(a_short_sentence_under_its_heading_is_text) {
  const std::string sentence = "Nobody may cross the bridge on a horse.";
  const std::string notes = "Rules of the bridge\n" + sentence + "\n\n";
  const std::string few(kBridge.substr(0, kBridge.find("Lorries have")));
  BOOST_TEST(has(found_in("Cracks close the bridge\n\n" + few + notes + "More about lorries\n" +
                          "They wait in front of the bridge over the Orrin until it opens.\n"),
                 sentence));
}

BOOST_AUTO_TEST_CASE(the_first_of_several_questions_is_no_title) {
  const std::string_view answers =
      "How do I cross the bridge?\nOn foot, until the bridge opens for lorries in the autumn, when "
      "the cracks are repaired.\n\n"
      "How long is the bridge closed?\nUntil the cracks in the bridge have been repaired, which "
      "takes the county about half a year.\n\n"
      "Who pays for the bridge?\nThe county pays for the bridge, and lorries pay the county.\n";
  const Found found = found_in("Questions about the bridge\n\n" + std::string(answers));
  BOOST_TEST(found.title == "Questions about the bridge");
  BOOST_TEST(has(found, "How do I cross the bridge?"));
}

BOOST_AUTO_TEST_CASE(what_a_mail_answers_is_no_text_of_it) {
  const Found found = found_in(
      "From: Ann Lee <ann@example.org>\nTo: Bo Holt <bo@example.org>\nSubject: Loan of the "
      "model\n\n"
      "The director has agreed to the loan of the ship model for the winter. It may leave the "
      "house in "
      "September, if the climate of its case is kept.\n\n"
      "Our conservator asks that a courier travels with the ship model and opens the case.\n\n"
      "On Mon, 3 Jun 2024 at 16:40, Bo Holt <bo@example.org> wrote:\n"
      "> May we have the ship model of 1782 for the winter, please?\n>\n"
      "> The insurance would be the usual one, from nail to nail.\n");
  BOOST_TEST(found.title == "Loan of the model");
  BOOST_TEST(has(found, "The director has agreed"));
  BOOST_TEST(!has(found, "May we have"));
  BOOST_TEST(!has(found, "usual one"));
}

// Behind a list of other headlines that end in full stops, too.
BOOST_AUTO_TEST_CASE(a_headline_may_end_in_a_full_stop) {
  constexpr std::string_view kBees =
      "Beekeepers of the valley have lost every third colony of bees since October, says Rosa "
      "Hall.\n\n"
      "A mite that came with warm winters weakens the bees, and the cold of March killed them.\n\n"
      "Hall has counted colonies for the beekeepers since 1998 and never found so few bees.\n\n"
      "Orchards in the valley rent colonies in spring, and the beekeepers have none to spare.\n\n";
  const auto stories_in = [](const std::string& text) {
    PageStories page;
    page.find(text);
    return page.stories().size();
  };
  const std::string list =
      "Council sells the old mill.\nSchool gets a new roof.\nFerry stays in the harbour.\n\n";
  const std::string bridge(kBridge), bees(kBees);
  BOOST_TEST(stories_in(bridge + list +
                        "Every third colony of bees is lost.\n\nBy Ann Lee\nShare\n\n" + bees) ==
             2u);
  // Printed twice, behind text and a blank line.
  BOOST_TEST(stories_in(bridge +
                        "\nEvery third colony of bees is lost.\n\n"
                        "Every third colony of bees is lost.\n\n" +
                        bees) == 2u);
  // One story with such a line in it.
  BOOST_TEST(stories_in(bridge + list + "Lorries go around by Pell.\n\nBy Ann Lee\nShare\n\n" +
                        bridge.substr(0, 200)) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
