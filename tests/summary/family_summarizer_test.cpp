// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "copydesk/summary/family_summarizer.h"

using namespace copydesk;

namespace {

const std::string kWire =
    "The harbor bridge will close for six months from Monday, the city council said. "
    "Engineers found deep cracks in two of its steel arches last week. "
    "Ferries will carry passengers across the harbor while the bridge is closed.";
const std::string kLocal =
    "Our city gets a new park with two hundred trees this spring. "
    "Engineers found deep cracks in two of its steel arches last week. "
    "Shop owners near the harbor bridge fear for their trade while it is closed.";
const std::string kLater =
    "The harbor bridge reopened after six months on Friday. "
    "Engineers replaced two steel arches of the harbor bridge.";

FamilySummary summarize(const std::vector<FamilyMember>& members, std::size_t sentences,
                        std::optional<double> since = {}) {
  SummaryOptions options;
  options.selection.budget.sentences = sentences;
  FamilySummarizer summarizer(options, {}, nullptr);
  FamilySummary summary;
  summarizer.summarize(members, since, summary);
  return summary;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(family_summarizer)

BOOST_AUTO_TEST_CASE(copies_are_one_voice) {
  const FamilySummary summary = summarize(
      {{"late", "", kWire, 300.0}, {"early", "", kWire, 100.0}, {"none", "", kWire, {}}}, 2);
  BOOST_TEST(summary.voices == 1U);
  BOOST_TEST(summary.voice_of[0] == 1U);
  BOOST_TEST(summary.voice_of[2] == 1U);
  BOOST_REQUIRE_EQUAL(summary.sentences.size(), 2U);
  for (const FamilySentence& sentence : summary.sentences) {
    BOOST_TEST(sentence.member == 1U);  // the first to print it
    BOOST_TEST(sentence.printed_by == 3U);
  }
}

BOOST_AUTO_TEST_CASE(what_several_voices_say_comes_first) {
  const FamilySummary summary = summarize({{"a", "", kWire, 1.0}, {"b", "", kLocal, 2.0}}, 1);
  BOOST_TEST(summary.voices == 2U);
  BOOST_REQUIRE_EQUAL(summary.sentences.size(), 1U);
  BOOST_TEST(summary.sentences[0].span.of(kWire).starts_with("Engineers found"));
  BOOST_TEST(summary.sentences[0].printed_by == 2U);
  BOOST_TEST(summary.sentences[0].member == 0U);
}

BOOST_AUTO_TEST_CASE(no_sentence_twice_and_budgets_hold) {
  const std::vector<FamilyMember> members = {
      {"a", "", kWire, 1.0}, {"b", "", kLocal, 2.0}, {"c", "", kLater, 3.0}};
  for (std::size_t count = 1; count <= 10; ++count) {
    const FamilySummary summary = summarize(members, count);
    BOOST_TEST(summary.sentences.size() <= count);
    BOOST_TEST(!summary.sentences.empty());
    std::size_t cracks = 0;
    for (const FamilySentence& sentence : summary.sentences) {
      cracks +=
          sentence.span.of(members[sentence.member].text).starts_with("Engineers found") ? 1 : 0;
    }
    BOOST_TEST(cracks <= 1U);
  }
}

BOOST_AUTO_TEST_CASE(updates_say_what_is_new) {
  const FamilySummary summary =
      summarize({{"a", "", kWire, 1.0}, {"b", "", kWire + " " + kLater, 9.0}}, 5, 5.0);
  BOOST_REQUIRE_EQUAL(summary.sentences.size(), 2U);
  for (const FamilySentence& sentence : summary.sentences) BOOST_TEST(sentence.member == 1U);
}

BOOST_AUTO_TEST_CASE(families_without_words) {
  BOOST_TEST(summarize({{"a", "", "", 1.0}, {"b", "", " ", 2.0}}, 3).sentences.empty());
  BOOST_TEST(summarize({{"a", "", "", 1.0}, {"b", "", "Word", 2.0}}, 3).sentences.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_query_moves_the_choice) {
  const std::vector<FamilyMember> members = {{"a", {}, kWire}, {"b", {}, kLocal}};
  SummaryOptions options;
  options.selection.budget.sentences = 1;
  options.query = "ferries passengers";
  options.weights.query = 1000.0;
  FamilySummary summary;
  FamilySummarizer(options, {}, nullptr).summarize(members, {}, summary);
  BOOST_REQUIRE_EQUAL(summary.sentences.size(), 1U);
  BOOST_TEST(summary.sentences[0].span.of(kWire).starts_with("Ferries"));
}

BOOST_AUTO_TEST_CASE(marginal_relevance_looks_for_difference) {
  const std::string a =
      "The harbor bridge closes on Monday for many repairs. "
      "The harbor bridge closes on Monday for many weeks. "
      "Ferries carry the passengers of the town instead.";
  const std::string b =
      "The harbor bridge closes on Monday for many months. "
      "Trucks and ferries carry the passengers of the town.";
  const std::vector<FamilyMember> members = {{"a", {}, a}, {"b", {}, b}};
  SummaryOptions options;
  options.selection.budget.sentences = 2;
  options.selection.mmr = 0.2;
  FamilySummary summary;
  FamilySummarizer(options, {}, nullptr).summarize(members, {}, summary);
  std::size_t bridges = 0;
  for (const FamilySentence& sentence : summary.sentences) {
    const std::string& text = sentence.member == 0 ? a : b;
    bridges += sentence.span.of(text).find("bridge") != std::string_view::npos ? 1 : 0;
  }
  BOOST_TEST(bridges == 1U);
}

BOOST_AUTO_TEST_CASE(excluded_blocks_are_not_chosen_and_do_not_count) {
  const std::string block = "Sign up for the harbor bridge newsletter of the city today.";
  const std::string a = block + "\n" + kWire, b = block + "\n" + kLocal;
  const std::vector<TextSpan> excluded = {{0, block.size()}};
  std::vector<FamilyMember> members = {{"a", {}, a, {}, excluded}, {"b", {}, b, {}, excluded}};
  SummaryOptions options;
  options.selection.budget.sentences = 10;
  FamilySummarizer summarizer(options, {}, nullptr);
  FamilySummary summary;
  summarizer.summarize(members, {}, summary);
  BOOST_TEST(summary.voices == 2U);
  BOOST_TEST(summary.all[0].score == 0.0);
  BOOST_TEST((summary.all[0].verdict == Verdict::kExcluded));
  for (const FamilySentence& sentence : summary.sentences) {
    BOOST_TEST(sentence.span.begin >= block.size());
  }
  // A text with nothing else has an abstract all the same.
  members = {{"a", {}, block, {}, excluded}};
  summarizer.summarize(members, {}, summary);
  BOOST_TEST(summary.sentences.size() == 1U);
}

BOOST_AUTO_TEST_CASE(every_sentence_has_a_verdict) {
  const std::vector<FamilyMember> members = {
      {"a", {}, kWire, 1.0}, {"b", {}, kLocal, 2.0}, {"c", {}, kLater, 3.0}};
  const FamilySummary summary = summarize(members, 2, 3.0);
  BOOST_TEST(summary.all.size() == 7U);
  std::size_t known = 0, chosen = 0;
  for (const FamilySentence& sentence : summary.all) {
    known += sentence.verdict == Verdict::kKnown ? 1 : 0;
    chosen += sentence.verdict == Verdict::kChosen ? 1 : 0;
  }
  BOOST_TEST(known == 5U);
  BOOST_TEST(chosen == 2U);
  // What only the new one says counts, though no second voice says it.
  for (const FamilySentence& sentence : summary.sentences) BOOST_TEST(sentence.score > 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
