// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "copydesk/summary/sentence_features.h"

using namespace copydesk;

BOOST_AUTO_TEST_SUITE(sentence_features)

BOOST_AUTO_TEST_CASE(words_and_characters) {
  const SentenceFeatures plain = find_features("The  mayor's plan costs $5.", 6);
  BOOST_TEST(plain.words == 5U);
  BOOST_TEST(plain.characters == 27U);
  const SentenceFeatures accented = find_features("Élan vital", 2);
  BOOST_TEST(accented.words == 2U);
  BOOST_TEST(accented.characters == 10U);
  // Scripts without spaces count tokens.
  BOOST_TEST(find_features("今日は晴れです。", 7).words == 7U);
}

BOOST_AUTO_TEST_CASE(quotations_and_balance) {
  BOOST_TEST(find_features("\"Yes,\" she said.", 3).has_quotation);
  BOOST_TEST(!find_features("\"Yes,\" she said.", 3).is_unbalanced);
  BOOST_TEST(find_features("\"We see no reason.", 4).is_unbalanced);
  BOOST_TEST(find_features("“We see no reason.", 4).is_unbalanced);
  BOOST_TEST(find_features("It is over.”", 3).is_unbalanced);
  BOOST_TEST(!find_features("„Nein“, sagte er.", 3).is_unbalanced);
  BOOST_TEST(!find_features("Il dit « non » et sort.", 5).is_unbalanced);
  BOOST_TEST(find_features("He (and she left.", 4).is_unbalanced);
  BOOST_TEST(find_features("left) and (right.", 4).is_unbalanced);
  BOOST_TEST(!find_features("It's the Smiths' dog.", 5).is_unbalanced);
}

BOOST_AUTO_TEST_CASE(dangling_openings) {
  for (const char* text :
       {"He left.", "\"It's over,\" they said.", "But the vote failed.", "“This is new.”",
        "Es regnet aber.", "Mais il pleut.", "Él vino.", "Он ушёл.", "However, it rained."}) {
    const bool expected = std::string_view(text) != "Es regnet aber.";
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(find_features(text, 3).is_dangling == expected);
    }
  }
  for (const char* text : {"The vote failed.", "This week the vote failed.", "Hebrew is old.",
                           "Die Wahl war knapp."}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!find_features(text, 3).is_dangling);
    }
  }
}

BOOST_AUTO_TEST_CASE(ends) {
  BOOST_TEST(find_features("Mayor resigns after vote", 4).lacks_end);
  BOOST_TEST(!find_features("He said: \"Go.\"", 3).lacks_end);
  BOOST_TEST(!find_features("好吗？", 2).lacks_end);
  BOOST_TEST(find_features("Who?", 1).is_question);
}

BOOST_AUTO_TEST_SUITE_END()
