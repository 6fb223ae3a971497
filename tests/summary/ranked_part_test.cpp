// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <vector>

#include "copydesk/run/run_control.h"
#include "copydesk/stop.h"
#include "copydesk/summary/article_summarizer.h"
#include "copydesk/summary/family_summarizer.h"
#include "copydesk/summary/ranked_part.h"

using namespace copydesk;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ranked_part)

BOOST_AUTO_TEST_CASE(a_text_of_ordinary_length_is_ranked_as_a_whole) {
  BOOST_TEST(ranked_size("") == 0u);
  BOOST_TEST(ranked_size(repeated("a\n", kMostRankedSentences)) == 2 * kMostRankedSentences);
  const std::string prose = repeated("This is one of the sentences of a long novel.\n", 100'000);
  BOOST_TEST(ranked_size(prose) == prose.size());
}

BOOST_AUTO_TEST_CASE(of_short_lines_the_first_are_ranked) {
  BOOST_TEST(ranked_size(repeated("a\n", 1'000'000)) == 2 * kMostRankedSentences);
  BOOST_TEST(ranked_size(repeated("a\n\n\n", 1'000'000)) == 2 + 4 * (kMostRankedSentences - 1));
  BOOST_TEST(ranked_size(repeated("He ran. ", 1'000'000)) == 8 * kMostRankedSentences - 1);
  // An ideographic full stop ends a sentence, too.
  BOOST_TEST(ranked_size(repeated("\u4E2D\u3002", 1'000'000)) == 6 * kMostRankedSentences);
  // Of several marks in a row one counts: this is one sentence, and too long.
  BOOST_TEST(ranked_size(std::string(kMostRankedBytes + 5, '.')) == kMostRankedBytes);
}

BOOST_AUTO_TEST_CASE(a_part_ends_with_a_sentence_a_word_or_a_character) {
  BOOST_TEST(leading_size("He came. She went.", 15) == 8u);
  BOOST_TEST(leading_size("He came. She went.", 18) == 18u);
  BOOST_TEST(leading_size("He came. She went.", 100) == 18u);
  BOOST_TEST(leading_size("one two three four", 15) == 13u);
  BOOST_TEST(leading_size("aaaaaaaaaaaa", 5) == 5u);
  BOOST_TEST(leading_size("\u4E2D\u4E2D\u4E2D", 5) == 3u);
  BOOST_TEST(leading_size("\u4E2D\u4E2D\u4E2D", 0) == 0u);
}

BOOST_AUTO_TEST_CASE(an_abstract_of_millions_of_lines_is_of_the_first) {
  ArticleSummarizer summarizer({}, nullptr);
  const std::string text =
      "The council closed the bridge on Monday.\n" + repeated("a\n", 1'000'000) +
      "The mayor opened a new bridge on Friday.\n";
  Summary summary;
  summarizer.summarize({text, ""}, summary);
  BOOST_TEST(summary.sentences.size() <= kMostRankedSentences);
  BOOST_TEST(summary.ranked_bytes < text.size());
  std::string abstract;
  append_abstract(abstract, text, summary, " ");
  BOOST_TEST(abstract == "The council closed the bridge on Monday.");
}

BOOST_AUTO_TEST_CASE(every_method_stops_when_asked) {
  const std::string text = repeated("The council closed the old bridge for repairs on Monday. ", 9) +
                           repeated("Ferries carry passengers over the river meanwhile. ", 9);
  const std::atomic<bool> stop{true};
  for (int method = 0; method <= static_cast<int>(RankMethod::kLead); ++method) {
    SummaryOptions options;
    options.method = static_cast<RankMethod>(method);
    ArticleSummarizer summarizer(options, nullptr);
    Summary summary;
    BOOST_CHECK_THROW(summarizer.summarize({text, "", {}, {}, {}, StopFlag(&stop)}, summary),
                      Cancelled);
    // The object can be used again.
    summarizer.summarize({text, ""}, summary);
    BOOST_TEST(!summary.sentences.empty());
  }
  FamilySummarizer families({}, {}, nullptr);
  FamilySummary summary;
  const std::vector<FamilyMember> members = {{"a", "", text}, {"b", "", text}};
  BOOST_CHECK_THROW(families.summarize(members, {}, summary, {text.size(), StopFlag(&stop)}),
                    Cancelled);
}

// Each member is ranked from its beginning, long ones up to the same length.
BOOST_AUTO_TEST_CASE(of_a_large_family_the_beginnings_are_ranked) {
  const std::string first = "The council closed the bridge on Monday for six months. ";
  const std::string rest = repeated("Somebody said something about the matter again then. ", 20);
  const std::string longer = first + rest;
  const std::vector<FamilyMember> members = {
      {"a", "", "A short text of one sentence stays whole."}, {"b", "", longer}, {"c", "", first}};
  FamilySummarizer families({}, {}, nullptr);
  FamilySummary summary;
  families.summarize(members, {}, summary, {170});
  BOOST_TEST(summary.is_ranked_in_part);
  for (const FamilySentence& sentence : summary.all) BOOST_TEST(sentence.span.end <= 80u);
  families.summarize(members, {}, summary, {first.size() * 2 + rest.size() + 100});
  BOOST_TEST(!summary.is_ranked_in_part);
}

// Every member has the notice of the site and a text of its own: none is a copy, and the notice is
// not compared any more once a thousand have it. A copy behind them is still found.
BOOST_AUTO_TEST_CASE(copies_are_found_in_a_family_with_a_common_sentence) {
  const std::string notice = "All rights of this site are reserved by its owner. ";
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    texts.push_back(notice + "Story " + n + " begins with number " + n + " of them all. And story " +
                    n + " ends with its number " + n + " again.");
  }
  texts.push_back(texts[2500]);
  std::vector<FamilyMember> members;
  for (const std::string& text : texts) members.push_back({"", "", text});
  FamilySummarizer families({}, {}, nullptr);
  FamilySummary summary;
  families.summarize(members, {}, summary);
  BOOST_TEST(summary.voices == 3000u);
  BOOST_TEST(summary.voice_of.back() == 2500u);
}

BOOST_AUTO_TEST_SUITE_END()
