// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/summary/article_summarizer.h"
#include "copydesk/summary/candidate_marks.h"
#include "copydesk/text/sentence_splitter.h"

namespace copydesk {
namespace {

std::vector<Candidate> candidates_of(std::string_view text, SentenceList& sentences) {
  SentenceSplitter().split(text, sentences);
  std::vector<Candidate> candidates(sentences.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].span = sentences.spans[i];
    candidates[i].features = find_features(sentences.spans[i].of(text), 9);
  }
  return candidates;
}

std::size_t weak_of(std::string_view text) {
  SentenceList sentences;
  std::vector<Candidate> candidates = candidates_of(text, sentences);
  mark_weak(text, 5, candidates);
  std::size_t weak = 0;
  for (const Candidate& candidate : candidates) weak += candidate.is_weak ? 1 : 0;
  return weak;
}

std::string abstract_of(std::string_view text, std::uint32_t sentences) {
  SummaryOptions options;
  options.selection.budget.sentences = sentences;
  Summary summary;
  ArticleSummarizer(options, nullptr).summarize({text, ""}, summary);
  std::string abstract;
  append_abstract(abstract, text, summary, " ");
  return abstract;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(candidate_marks)

BOOST_AUTO_TEST_CASE(without_full_stops_their_lack_says_nothing) {
  // The two of fewer than five words are weak.
  BOOST_TEST(weak_of("the nightly run failed with a full disk\n\nyes\n\n"
                     "i moved the old ones to the archive\n\nok thanks\n\n"
                     "the server is up again and runs\n") == 2u);
  // Nor does it where two thirds are without, as the first lines of messages in a log.
  BOOST_TEST(
      weak_of("build: the oldest compiler is new\n\nlist: print when jobs will run next\n\n"
              "queue: jobs are kept over restarts\n\nThey are written to the state folder.\n") ==
      0u);
  // Headlines among sentences, and tables, stay what they are.
  BOOST_TEST(weak_of("The nightly run failed again\n\nThe disk of the server was full at night.\n\n"
                     "Nobody had looked at it for a week.\n") == 1u);
  BOOST_TEST(weak_of("Net 12.6 mln vs 15.8 mln\n\nRevs 337.3 mln vs 315.2 mln\n\n"
                     "Shrs 11.1 mln vs 12.4 mln\n") == 3u);
}

BOOST_AUTO_TEST_CASE(questions_of_their_own_wait_for_what_is_next) {
  const auto asked = [](std::string_view text) {
    SentenceList sentences;
    std::vector<Candidate> candidates = candidates_of(text, sentences);
    mark_questions(sentences.paragraphs, candidates);
    std::string marks;
    for (const Candidate& candidate : candidates) marks += candidate.asks_next ? '?' : '.';
    return marks;
  };
  BOOST_TEST(
      asked("What is it?\n\nIt is a bike.\n\nHow much is it?\n\nOne euro.\n\nMay I?\n\nYes.") ==
      "?.?.?.");
  BOOST_TEST(asked("What is it? It is a bike. How much is it? One euro. May I? Yes.") == "......");
  BOOST_TEST(asked("What is it?\n\nIt is a bike.\n") == "..");
}

BOOST_AUTO_TEST_CASE(no_question_is_an_abstract_without_its_answer) {
  const std::string faq =
      "How do I unlock a bike of the city?\n\nScan the code of the bike and wait for the light.\n\n"
      "How much does a ride on a city bike cost?\n\nThe first half hour of a ride costs one "
      "euro.\n\n"
      "Where may I leave the bike of the city?\n\nAt one of the many stations of the city.\n";
  for (const std::uint32_t sentences : {1u, 2u, 3u, 4u, 5u}) {
    const std::string abstract = abstract_of(faq, sentences);
    BOOST_TEST_CONTEXT(abstract) {
      const auto has = [&](std::string_view part) { return abstract.find(part) != abstract.npos; };
      BOOST_TEST(!abstract.empty());
      BOOST_TEST((!has("How do I") || has("Scan the code")));
      BOOST_TEST((!has("How much") || has("The first half")));
      BOOST_TEST((!has("Where may") || has("At one of")));
    }
  }
}

// "No, we ask for two visits." says nothing without its question, in any language.
BOOST_AUTO_TEST_CASE(yes_and_no_need_their_question) {
  const std::string faq =
      "\u00BFPuedo elegir el perro por internet?\n\n"
      "S\u00ED, el perro se puede elegir por internet y recoger el perro en el refugio.\n\n"
      "\u00BFCu\u00E1nto cuesta el perro?\n\nLa adopci\u00F3n del perro cuesta 90 euros.\n\n"
      "\u00BFEntregan cachorros de perro?\n\nNo, la mayor\u00EDa de los perros del refugio tiene "
      "m\u00E1s de dos a\u00F1os.\n";
  for (const std::uint32_t sentences : {1u, 2u, 3u, 4u, 5u}) {
    const std::string abstract = abstract_of(faq, sentences);
    BOOST_TEST_CONTEXT(abstract) {
      const auto has = [&](std::string_view part) { return abstract.find(part) != abstract.npos; };
      BOOST_TEST(!abstract.empty());
      BOOST_TEST((!has("S\u00ED, el perro") || has("por internet?")));
      BOOST_TEST((!has("No, la mayor") || has("cachorros de perro?")));
    }
  }
  // In a text without such questions they are sentences as others are.
  const std::string prose = "No, the bridge stays. The council said so. It was asked twice.";
  BOOST_TEST(abstract_of(prose, 3) == prose);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
