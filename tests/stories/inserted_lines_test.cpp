// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

#include "copydesk/stories/inserted_lines.h"
#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

constexpr std::string_view kReport =
    "The job breaks off\n\n"
    "Since the update our nightly job breaks off after about an hour, and always in the same "
    "way.\n\n"
    "The archive has some forty thousand scans, so it begins anew on the next night.\n\n";

std::string body_of(std::string_view text) {
  PageStories page;
  page.find(text);
  std::string body;
  for (const PageStory& story : page.stories()) append_body(text, page.body(story), body);
  return body;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string repeated(std::string_view line, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) {
    std::string numbered(line);
    numbered.replace(numbered.find('#'), 1, std::to_string(i));
    text += numbered + '\n';
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(inserted_lines)

BOOST_AUTO_TEST_CASE(lines_of_logs_are_left_out_where_prose_is_left) {
  for (const std::string_view line :
       {"2026-03-02 01:14:0#,112 WARN the token of the session is about to expire.",
        "Mar  3 06:25:0# harbor sshd: the key of the user was accepted.",
        "[03/Mar/2026:06:25:2#] the page of the archive was sent to a reader.",
        "06:25:0# the page of the archive was sent to a reader."}) {
    const std::string log = repeated(line, 4);
    const std::string report = body_of(std::string(kReport) + log);
    BOOST_TEST(!has(report, log.substr(0, log.find('\n'))), line);
    BOOST_TEST(has(report, "forty thousand scans"), line);
    // A log alone is all there is.
    BOOST_TEST(has(body_of(log), log.substr(log.rfind(' '))), line);
  }
}

BOOST_AUTO_TEST_CASE(tables_of_contents_and_notes_are_left_out) {
  const auto page = [](std::string_view one, std::string_view two, std::string_view three) {
    return "Lights of the coast\n\n"
           "The lights of the coast were lit by keepers until the last of them left in 1971.\n\n"
           "In this chapter\n\n" +
           std::string(one) + "\n\n" + std::string(two) + "\n\n" + std::string(three) +
           "\n\nHow they began[edit]\n\n"
           "Fires on the cliffs were the first lights of the coast, and nobody knows who lit "
           "them.\n\n"
           "2 Keepers\n\n"
           "The keepers of the coast had their own songs, and some of the songs are still "
           "known.\n\n"
           "The end\n\n"
           "The last keeper of the coast locked the door of his light and gave away the key.[1]\n\n"
           "^ Teague, Keepers of the north, with maps by the author and by others, 1974.\n\n"
           "2. \u2191 Archive of the county, box 212, with letters of all keepers of the coast.\n";
  };
  for (const std::string& text :
       {page("1 How they began", "2 Keepers", "3 The end"),
        page("How they began ..... 3", "Keepers ..... 14", "The end ..... 31"),
        page("How they began", "Keepers", "The end")}) {
    BOOST_TEST_CONTEXT(text) {
      const std::string body = body_of(text);
      BOOST_TEST(has(body, "lit by keepers until"));
      BOOST_TEST(!has(body, "In this chapter"));
      BOOST_TEST(body.find("How they began") == body.find("How they began[edit]"));
      BOOST_TEST(has(body, "2 Keepers"));
      BOOST_TEST(has(body, "The last keeper"));
      BOOST_TEST(!has(body, "Teague"));
      BOOST_TEST(!has(body, "box 212"));
    }
  }
}

BOOST_AUTO_TEST_CASE(programmes_are_left_out_and_news_by_the_hour_are_not) {
  const std::string programme = repeated("20.1# The great pottery film from the valley", 5);
  BOOST_TEST(!has(body_of(std::string(kReport) + programme), "pottery film"));
  const std::string news =
      repeated("20.1# The minister of the valley has told reporters that she will stay.", 5);
  BOOST_TEST(has(body_of(std::string(kReport) + news), "told reporters"));
  // Numbers that are no times: lines of amounts begin with words or with one number.
  const std::string amounts = repeated("3 cups of flour and # spoons of sugar.", 5);
  BOOST_TEST(has(body_of(std::string(kReport) + amounts), "cups of flour"));
}

BOOST_AUTO_TEST_CASE(all_that_a_mail_quotes_is_left_out) {
  const std::string mail =
      "Subject: Moving the scans\n\n"
      "On Mon, 2 Mar 2026 at 17:30, Peter Blum <peter@example.org> wrote:\n"
      "> We should move the scans of the archive before Easter comes.\n\n"
      "There is one reason to wait: the catalogue changes the names of all the folders.\n\n"
      "> Who is going to tell the readers of the archive about it?\n\n"
      "Maria has written a notice for the readers that can stay on the page for March.\n";
  const std::string body = body_of(mail);
  BOOST_TEST(!has(body, "before Easter"));
  BOOST_TEST(!has(body, "going to tell"));
  BOOST_TEST(has(body, "one reason to wait"));
  BOOST_TEST(has(body, "written a notice"));
}

BOOST_AUTO_TEST_CASE(the_mail_that_is_answered_is_left_out) {
  const std::string answer =
      "Thank you for the offer, which we accept with two changes to the delivery.\n\n"
      "It should be after the 20th of April, since the reading room is being painted.\n\n";
  const std::string offer =
      "Please find enclosed our offer for forty chairs made of beech from the valley.\n";
  const std::string fields = "From: Peter Blum\nSent: Monday, March 2\nTo: Karen Olsen\n\n";
  const std::string body =
      body_of(answer + "-----Urspr\u00FCngliche Nachricht-----\n" + fields + offer);
  BOOST_TEST(!has(body, "forty chairs"));
  BOOST_TEST(has(body, "being painted"));
  BOOST_TEST(has(body_of(answer + "----- and -----\n" + offer), "forty chairs"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
