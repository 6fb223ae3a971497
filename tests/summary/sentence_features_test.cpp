// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

#include "copydesk/summary/sentence_features.h"
#include "reference/sentence_features.h"

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
  // No-break and ideographic spaces part words too, also several in a row.
  BOOST_TEST(find_features("Il dit\u00A0: «\u00A0non\u202F\u00A0».", 3).words == 6U);
  BOOST_TEST(find_features("a \u00A0 b\u3000 c \u2009d", 4).words == 4U);
  BOOST_TEST(find_features("\u00A0a\u00A0b\u00A0", 2).words == 2U);
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
  BOOST_TEST(find_features("‘We see no reason.", 4).is_unbalanced);
  BOOST_TEST(!find_features("‘We don’t,’ she said.", 4).is_unbalanced);
  BOOST_TEST(!find_features("The dogs’ owner didn’t know.", 5).is_unbalanced);
}

BOOST_AUTO_TEST_CASE(ends) {
  BOOST_TEST(find_features("Mayor resigns after vote", 4).lacks_end);
  BOOST_TEST(!find_features("He said: \"Go.\"", 3).lacks_end);
  BOOST_TEST(!find_features("好吗？", 2).lacks_end);
  BOOST_TEST(find_features("Who?", 1).is_question);
  // Marks that point to notes do not hide the full stop; Thai has none.
  BOOST_TEST(!find_features("It fell.[1][2]", 2).lacks_end);
  BOOST_TEST(!find_features("It fell.*", 2).lacks_end);
  BOOST_TEST(!find_features("Who fell?[citation needed]", 4).lacks_end);
  BOOST_TEST(!find_features("យើងទៅផ្ទះ។", 3).lacks_end);
  BOOST_TEST(!find_features("ชาวบ้านส่วนใหญ่เห็นด้วยกับแผนนี้แม้จะต้องเดินทางไกลขึ้น", 9).lacks_end);
}

// Sentences anywhere in texts of any mixture of characters, across the words of the masks.
BOOST_AUTO_TEST_CASE(the_same_as_counted_by_character) {
  const std::vector<std::string> pieces = {"a",  "b", " ",  "\n", "7", "\"", "(",    ")",
                                           "[",  "]", "“",  "”",  "„", "«",  "»",    "「",
                                           "」", "é", "の", "—",  "𝒜", ".",  "word", "  "};
  std::mt19937 random(9);
  TextMarks marks;
  for (int round = 0; round < 2000; ++round) {
    // Rounds of plain letters between rounds of everything.
    const std::size_t kinds = round % 3 == 0 ? 5 : pieces.size();
    std::string text;
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < 1 + random() % 200; ++i) {
      starts.push_back(text.size());
      text += pieces[random() % kinds];
    }
    starts.push_back(text.size());
    marks.find(text);
    std::size_t a = random() % starts.size(), b = random() % starts.size();
    if (a > b) std::swap(a, b);
    const TextSpan span{starts[a], starts[b]};
    SentenceFeatures found;
    find_features(text, marks, span, 3, found);
    const CountedSentence wanted = count_sentence(span.of(text), 3);
    BOOST_TEST_CONTEXT(span.of(text)) {
      BOOST_TEST(found.words == wanted.words);
      BOOST_TEST(found.characters == wanted.characters);
      BOOST_TEST(found.has_quotation == wanted.has_quotation);
      BOOST_TEST(found.is_unbalanced == wanted.is_unbalanced);
      BOOST_TEST(found.has_number == wanted.has_number);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
