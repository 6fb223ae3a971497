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

BOOST_AUTO_TEST_SUITE_END()
