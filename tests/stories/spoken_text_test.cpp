// SPDX-License-Identifier: Apache-2.0
//
// What is taken for a record of speech, and what of it was said.

#include <array>
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "copydesk/stories/page_stories.h"
#include "copydesk/stories/spoken_text.h"

namespace copydesk {
namespace {

std::string said_in(std::string_view text) {
  SpokenText spoken;
  spoken.find(text);
  std::string said;
  append_body(text, spoken.said(), said);
  return said;
}

std::string title_of(std::string_view text) {
  SpokenText spoken;
  spoken.find(text);
  return std::string(spoken.title().of(text));
}

std::size_t names_in(std::string_view text) {
  SpokenText spoken;
  spoken.find(text);
  BOOST_TEST(!spoken.is_record());
  return spoken.names().size();
}

std::string body_of(std::string_view text) {
  PageStories page;
  page.find(text);
  BOOST_TEST_REQUIRE(page.stories().size() == 1u);
  std::string body;
  append_body(text, page.body(page.stories()[0]), body);
  return body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(spoken_text)

BOOST_AUTO_TEST_CASE(times_and_nicks_of_a_chat_are_not_said) {
  const std::string_view chat =
      "[14:02:11] <ann> is the server down?\n"
      "[14:02:40] <bo> looks like it\n"
      "[14:03:15] * cy joined #builds\n"
      "[14:03:30] <cy> i will look at the disk\n"
      "[14:06:20] <cy> it is full\n";
  BOOST_TEST(said_in(chat) ==
             "is the server down?\n\nlooks like it\n\ni will look at the disk\n\nit is full\n");
  BOOST_TEST(title_of(chat) == "");
  BOOST_TEST(title_of("Build chat\n\n" + std::string(chat)) == "Build chat");
}

BOOST_AUTO_TEST_CASE(names_stand_behind_times_in_many_ways) {
  for (const std::string_view name :
       {"< ann> ", "<@ann> ", "Ann\t", "Ann Lee: ", "From Ann Lee to Everyone: "}) {
    std::string chat;
    for (const char* said : {"one", "two", "three", "four"}) {
      chat += "18:04 " + std::string(name) + said + "\n";
    }
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(said_in(chat) == "one\n\ntwo\n\nthree\n\nfour\n");
    }
  }
}

BOOST_AUTO_TEST_CASE(an_exported_chat_has_notices_of_the_program) {
  BOOST_TEST(said_in("12/03/24, 18:04 - Messages are encrypted.\n"
                     "12/03/24, 18:05 - Ann: The water is on again.\n"
                     "12/03/24, 18:07 - Bo Lee: At last!\nAnd the gate?\n"
                     "12/03/24, 18:11 - Ann: <Media omitted>\n"
                     "12/03/24, 18:12 - Ann: It is open.\n") ==
             "The water is on again.\n\nAt last!\nAnd the gate?\n\nIt is open.\n");
}

BOOST_AUTO_TEST_CASE(names_and_times_may_stand_above_what_is_said) {
  BOOST_TEST(
      said_in("Ann Lee  9:14 AM\nExports time out.\n\nBo Holt  9:16 AM\nI saw that, too.\n"
              "The index is gone.\n\nAnn Lee  9:17 AM\nWho took it?\n\n"
              "Bo Holt  9:21 AM\nIt was me.\n") ==
      "Exports time out.\n\nI saw that, too.\nThe index is gone.\n\nWho took it?\n\nIt was me.\n");
  BOOST_TEST(said_in("Ann, [05.11.2023 20:14]\nWo ist er?\n\nBo, [05.11.2023 20:16]\nBei mir.\n\n"
                     "Ann, [05.11.2023 20:17]\nGut.\n\nBo, [05.11.2023 20:18]\nBis dann.\n") ==
             "Wo ist er?\n\nBei mir.\n\nGut.\n\nBis dann.\n");
}

BOOST_AUTO_TEST_CASE(subtitles_are_read_through) {
  BOOST_TEST(said_in("1\n00:00:01,000 --> 00:00:04,200\nThe ice has lost\na third.\n\n"
                     "2\r\n00:00:04,400 --> 00:00:07,900\r\nEvery year a team\r\nclimbs up.\r\n\r\n"
                     "3\n00:00:08,100 --> 00:00:10,500\n[wind]\n\n"
                     "4\n00:00:11,000 --> 00:00:12,500\n<i>Is it <b>safe</b>?</i>\n") ==
             "The ice has lost\na third.\nEvery year a team\r\nclimbs up.\r\nIs it safe?\n");
  // A header, notes, names of cues and places; "<" that opens no tag.
  BOOST_TEST(
      said_in("WEBVTT - Soil\n\nNOTE in hall B\n\n00:00.000 --> 00:05.500 align:start\n"
              "<v Dr. Oka>Soil lives.</v>\n\nintro\n00:05.500 --> 00:11.000\nIt is 2 < 3.\n\n"
              "00:11.000 --> 00:12.000\nYes.\n") == "Soil lives.\nIt is 2 < 3.\nYes.\n");
}

// Without a full stop nothing tells where a sentence ends; then each line is left alone.
BOOST_AUTO_TEST_CASE(captions_without_sentences_are_left_line_by_line) {
  BOOST_TEST(said_in("0:00\nso today i show you\n0:03\nhow i sharpen an iron\n"
                     "0:07\nwithout a jig\n0:11\nor a wheel\n") ==
             "so today i show you\n\nhow i sharpen an iron\n\nwithout a jig\n\nor a wheel\n");
}

BOOST_AUTO_TEST_CASE(names_of_who_speaks_are_no_part_of_sentences) {
  const std::string_view hearing =
      "Hearing on the waterways of the county\n\n"
      "CHAIR: The committee is in session.\n\n"
      "MS. DELANEY: I have run the lock for nineteen years.\n\n"
      "CHAIR: Tell us what happened on that night.\n\n"
      "MS. DELANEY: At ten past two the gauge stopped sending.\n\n"
      "I called the control room, and nobody answered.\n";
  BOOST_TEST(names_in(hearing) == 4u);
  for (const auto& [one, two] :
       {std::pair{"**Ann:** ", "**Bo:** "}, std::pair{"ANN [0:12]: ", "BO [0:15]: "},
        std::pair{"\u8BB0\u8005\uFF1A", "\u5E02\u957F\uFF1A"}}) {
    std::string talk, said;
    for (const char* part : {"the roof", "the old bridge", "a boat"}) {
      const std::string question = "What did you see when you came to " + std::string(part) + "?\n";
      const std::string answer = "I saw " + std::string(part) + " and nobody else about there.\n";
      talk += one + question + two + answer;
      said += question + answer;
    }
    BOOST_TEST(names_in(talk) == 6u);
    BOOST_TEST(body_of(talk) == said);
    // Without a sentence of six words, too.
    const std::string talk_of_few = std::string(one) + "Are you well?\n" + two + "Yes, I am.\n" +
                                    one + "And he?\n" + two + "He is not.\n";
    BOOST_TEST(body_of(talk_of_few) == "Are you well?\nYes, I am.\nAnd he?\nHe is not.\n");
  }
  const std::string body = body_of(hearing);
  BOOST_TEST(body.find("CHAIR") == std::string::npos);
  BOOST_TEST(body.find("At ten past two the gauge stopped sending.") != std::string::npos);
  BOOST_TEST(body.find("I called the control room") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(questions_and_answers_are_turns) {
  for (const auto& [q1, a1, q2, a2] :
       {std::array{"Q. ", "A. ", "Q. ", "A. "}, std::array{"Q1: ", "A1: ", "Q2: ", "A2: "},
        std::array{"Q1) ", "A1) ", "Q2) ", "A2) "}}) {
    const std::string talk = std::string(q1) + "May I bring a dog?\n" + a1 + "No.\n\n" + q2 +
                             "And a cat?\n" + a2 + "Not that either.\n";
    BOOST_TEST(names_in(talk) == 4u, "with " << q1);
    BOOST_TEST(body_of(talk) == "May I bring a dog?\nNo.\n\nAnd a cat?\nNot that either.\n");
  }
  for (const char* sign : {"\uFF0E", "\uFF1A", "\u3001", "\u3000"}) {
    const std::string open = "\u3044\u306F\u3044\u3044\u3067\u3059\u304B\u3002\n";
    const std::string no = "\u3044\u3044\u3048\u3060\u3081\u3067\u3059\u3002\n";
    for (const auto& [q, a] : {std::pair{"Q", "A"}, std::pair{"\uFF31", "\uFF21"}}) {
      const std::string pair = q + (sign + open) + a + (sign + no);
      BOOST_TEST(names_in(pair + pair) == 4u, "with " << q << sign);
    }
  }
  // Initials, and choices.
  BOOST_TEST(names_in("A. Smith was here.\nQ. Jones was not.\nA.Smith left.\nQ.Jones came.\n") ==
             0u);
  BOOST_TEST(names_in("A. The price rose.\nB. It fell.\nA. Nobody came.\nB. All came.\n") == 0u);
}

BOOST_AUTO_TEST_CASE(other_labels_and_times_say_nothing) {
  // Each label stands once, or values are no sentences.
  BOOST_TEST(names_in("Name: Pintail\nLength: 51 cm\nWeight: 450 g\nStatus: common\n") == 0u);
  BOOST_TEST(names_in("Files: a/*\nLicense: MIT\n\nFiles: b/*\nLicense: BSD\n\nFiles: c/*\n"
                      "License: MIT\n") == 0u);
  BOOST_TEST(names_in("Cleat: what a line is made fast to.\nJib: the sail in front.\n"
                      "Reef: to make a sail smaller.\nGybe: to turn through the wind.\n") == 0u);
  BOOST_TEST(names_in("* main.c: Free the buffer.\n* ring.c: Count the packets.\n"
                      "* main.c: Say which file it was.\n* ring.c: Count errors, too.\n") == 0u);
  // An article with the times of other stories beside it, and a live blog.
  std::string page;
  for (int i = 0; i < 8; ++i)
    page += "The council met on Monday and talked about the bridge again.\n";
  for (int i = 0; i < 6; ++i) page += "10:3" + std::to_string(i) + " Another headline of the day\n";
  BOOST_TEST(said_in(page) == "");
  BOOST_TEST(said_in("Storm live\n\n18:40\nTrains run again\nThe line has been cleared.\n\n17:15\n"
                     "No ferries\nAll ferries are cancelled.\n\n15:02\nGusts\nIt blows hard.\n\n"
                     "13:30\nSchools close\nPupils went home.\n") == "");
}

// A line may be nothing but openings of tags.
BOOST_AUTO_TEST_CASE(time_is_linear_in_a_cue) {
  const std::string codes = "00:01,000 --> 00:02,000\n";
  const std::string open(1 << 20, '<');
  BOOST_TEST(said_in(codes + open + "\n\n" + codes + "a\n\n" + codes + "b\n").size() > open.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
