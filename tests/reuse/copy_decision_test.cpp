// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "copydesk/reuse/copy_decision.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/reuse/pair_judge.h"
#include "copydesk/text/tokenizer.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::counted_tokens;
using tests::joined;
using tests::Tokens;

// A corpus of 2,000 documents in which the tokens below 100 are everywhere.
TokenFrequencies made_frequencies() {
  TokenFrequencies frequencies;
  std::vector<std::uint32_t> slots(100);
  for (std::uint32_t i = 0; i < 100; ++i) slots[i] = TokenFrequencies::slot_of(i);
  for (int i = 0; i < 2000; ++i) frequencies.add_document(slots);
  return frequencies;
}

ReuseCandidate candidate_of(double df, double shared = 10.0) {
  return {{0, 1}, 1.0 / std::sqrt(df - 1.0), shared, static_cast<std::uint32_t>(df)};
}

PairEvidence judge(const TokenFrequencies& frequencies, const Tokens& a, const Tokens& b,
                   const ReuseCandidate& candidate, std::span<const std::uint64_t> frequent = {}) {
  static const NumberTokens numbers;
  PairJudge judge(frequencies, numbers, frequent);
  judge.prepare(a);
  PairEvidence evidence = judge.judge(candidate, b);
  evidence.grams_b = count_distinct_grams(b);
  judge.judge_passages(align(a, b, {}), b, {}, true, evidence);
  return evidence;
}

Tokens tokens_of(const std::string& text) {
  TokenList list;
  Tokenizer().tokenize(text, list);
  Tokens tokens;
  for (const std::uint64_t hash : list.hashes) tokens.push_back(static_cast<std::uint32_t>(hash));
  return tokens;
}

// A form of 12 fields of 2 tokens each, between 10 frequent tokens.
Tokens filled_form(std::uint32_t first) {
  Tokens form;
  for (std::uint32_t field = 0; field < 12; ++field) {
    for (std::uint32_t i = 0; i < 10; ++i) form.push_back((7 * field + i) % 100);
    form.push_back(first + 2 * field);
    form.push_back(first + 2 * field + 1);
  }
  return form;
}

// Neither of them an excerpt.
bool is_template(const PairEvidence& evidence) { return evidence.is_template({}, false, 1.0); }

}  // namespace

BOOST_AUTO_TEST_SUITE(copy_decision)

BOOST_AUTO_TEST_CASE(numbers_are_known_by_their_hashes) {
  const NumberTokens numbers;
  const auto count = [&](const std::string& text) {
    const Tokens tokens = tokens_of(text);
    return std::count_if(tokens.begin(), tokens.end(),
                         [&](std::uint32_t token) { return numbers.contains(token); });
  };
  BOOST_TEST(count("0 7 42 1987 99999 3,660,273 6.05 007 062") == 12);
  BOOST_TEST(count("one 4th B52 v2 pct mln 123456 0000") == 0);
  const auto value = [&](const std::string& text) { return numbers.value(tokens_of(text).at(0)); };
  BOOST_TEST(value("0") == 0u);
  BOOST_TEST(value("007") == 7u);
  BOOST_TEST(value("062") == 62u);
  BOOST_TEST(value("99999") == 99'999u);
  BOOST_TEST(value("seven") == NumberTokens::kNone);
}

// The same words with other figures are a report of another day; the same share of words replaced
// is an edited copy.
BOOST_AUTO_TEST_CASE(serial_reports_are_told_by_their_figures) {
  const auto report = [](int first, const std::string& word) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
      text += fmt::format(
          "balances of the {}th federal account rose to {} billion dollars against {} on the day "
          "before it, the {} said in statement {} of the week ",
          i, first * (i + 3) % 997, first * (2 * i + 7) % 991, i % 2 == 0 ? word : "treasury", i);
    }
    return tokens_of(text);
  };
  const TokenFrequencies frequencies = made_frequencies();
  const Tokens monday = report(100, "treasury");
  const PairEvidence other_day =
      judge(frequencies, monday, report(300, "treasury"), candidate_of(2));
  BOOST_TEST(other_day.numbers >= 40u);
  BOOST_TEST(other_day.number_agreement < 0.6);
  BOOST_TEST(other_day.differing_numbers == 1.0);
  BOOST_TEST(other_day.is_reuse({}, 200));
  BOOST_TEST(is_template(other_day));
  const PairEvidence edited = judge(frequencies, monday, report(100, "minister"), candidate_of(2));
  BOOST_TEST(edited.number_agreement == 1.0);
  BOOST_TEST(edited.differing_numbers == 0.0);
  BOOST_TEST(!is_template(edited));
  // Replaced words hit numbers, too, but not them alone.
  tests::Random random(33);
  const PairEvidence replaced =
      judge(frequencies, monday, tests::replaced(random, monday, 0.2), candidate_of(2));
  BOOST_TEST(replaced.differing_numbers < 0.3);
}

BOOST_AUTO_TEST_CASE(shared_grams_are_counted_once) {
  const TokenFrequencies frequencies = made_frequencies();
  tests::Random random(30);
  for (int round = 0; round < 50; ++round) {
    const Tokens a = tests::random_tokens(random, 100, 3);
    const Tokens b = tests::random_tokens(random, 100, 3);
    std::vector<std::uint64_t> grams_a, grams_b;
    hash_grams(a, kGramTokens, grams_a);
    hash_grams(b, kGramTokens, grams_b);
    const std::set<std::uint64_t> set_a(grams_a.begin(), grams_a.end());
    const std::set<std::uint64_t> set_b(grams_b.begin(), grams_b.end());
    std::size_t shared = 0;
    for (const std::uint64_t gram : set_a) shared += set_b.count(gram);
    const PairEvidence evidence = judge(frequencies, a, b, candidate_of(2));
    BOOST_REQUIRE_EQUAL(evidence.shared_grams, shared);
    BOOST_REQUIRE_EQUAL(evidence.grams_a, set_a.size());
    BOOST_REQUIRE_EQUAL(evidence.grams_b, set_b.size());
    BOOST_REQUIRE_CLOSE(evidence.weight, static_cast<double>(shared), 1e-9);
  }
}

BOOST_AUTO_TEST_CASE(weight_or_count_or_passages_are_enough) {
  const CopyRule rule;
  PairEvidence evidence;
  evidence.weight = 13.9;
  evidence.shared_grams = 23;
  BOOST_TEST(!evidence.is_reuse(rule, 80));
  evidence.weight = 14.0;
  BOOST_TEST(evidence.is_reuse(rule, 80));
  evidence.weight = 1.0;
  evidence.shared_grams = 24;
  BOOST_TEST(evidence.is_reuse(rule, 80));
  evidence.shared_grams = 0;
  evidence.in_long_passages = 30;
  BOOST_TEST(evidence.is_reuse(rule, 80));
  BOOST_TEST(!evidence.is_reuse(rule, 100));
  evidence.in_long_passages = 29;
  BOOST_TEST(!evidence.is_reuse(rule, 40));
}

// With enough shared grams nothing more is counted, and the answer is the same.
BOOST_AUTO_TEST_CASE(counting_may_stop_once_it_is_enough) {
  const TokenFrequencies frequencies = made_frequencies();
  const NumberTokens numbers;
  PairJudge judge(frequencies, numbers, {});
  const Tokens text = counted_tokens(1, 300);
  judge.prepare(text);
  BOOST_TEST(judge.judge(candidate_of(2, 30.0), text, 24).shared_grams == 24u);
  BOOST_TEST(judge.judge(candidate_of(2, 10.0), text, 24).shared_grams == 24u);
  BOOST_TEST(judge.judge(candidate_of(2, 30.0), text).shared_grams == 295u);
  BOOST_TEST(judge.judge(candidate_of(2, 0.0), counted_tokens(500, 300), 24).shared_grams == 0u);
}

BOOST_AUTO_TEST_CASE(frequent_fingerprints_lower_the_weight) {
  const TokenFrequencies frequencies = made_frequencies();
  const Tokens text = counted_tokens(1000, 205);
  std::vector<std::uint64_t> fingerprints;
  make_fingerprints(text, fingerprints);
  const double count = static_cast<double>(fingerprints.size());
  const PairEvidence all = judge(frequencies, text, text, candidate_of(2, count), fingerprints);
  BOOST_TEST(all.shared_grams == 200u);
  BOOST_TEST(all.weight == 100.0, boost::test_tools::tolerance(1e-9));
  const PairEvidence few = judge(frequencies, text, text, candidate_of(2, 1.0), fingerprints);
  BOOST_TEST(few.median_df == ~std::uint32_t{0});
}

BOOST_AUTO_TEST_CASE(a_form_filled_in_twice_is_a_template_and_a_copied_story_is_not) {
  const TokenFrequencies frequencies = made_frequencies();
  const PairEvidence form =
      judge(frequencies, filled_form(1000), filled_form(2000), candidate_of(30));
  BOOST_TEST(form.has_rare);
  BOOST_TEST(form.agreement < 0.1);
  BOOST_TEST(is_template(form));
  // Thirty copies of one filled form are copies.
  BOOST_TEST(
      !is_template(judge(frequencies, filled_form(1000), filled_form(1000), candidate_of(30))));
  // A paragraph in two stories that have nothing else in common.
  const Tokens paragraph = counted_tokens(5000, 30);
  const PairEvidence quoted =
      judge(frequencies, joined({counted_tokens(10'000, 200), paragraph}),
            joined({paragraph, counted_tokens(20'000, 150)}), candidate_of(2));
  BOOST_TEST(!quoted.is_template({}, true, 0.15));
}

BOOST_AUTO_TEST_CASE(a_paragraph_of_many_stories_is_a_set_piece_within_one_corpus) {
  const TokenFrequencies frequencies = made_frequencies();
  const Tokens paragraph = counted_tokens(5000, 60);
  const PairEvidence quoted =
      judge(frequencies, joined({counted_tokens(10'000, 300), paragraph}),
            joined({paragraph, counted_tokens(20'000, 300)}), candidate_of(9));
  BOOST_TEST(quoted.is_template({}, true, 0.17));
  BOOST_TEST(!quoted.is_template({}, true, 0.31));
  BOOST_TEST(!quoted.is_template({}, false, 0.17));
  CopyRule against;
  against.knows_set_pieces = false;
  BOOST_TEST(!quoted.is_template(against, true, 0.17));
  // Two paragraphs of boilerplate, and more than anybody says of himself.
  const auto with_words = [&](std::size_t words) {
    const Tokens shared = counted_tokens(5000, words);
    return judge(frequencies, joined({counted_tokens(10'000, 900), shared}),
                 joined({shared, counted_tokens(20'000, 900)}), candidate_of(20));
  };
  BOOST_TEST(with_words(130).is_template({}, true, 0.13));
  BOOST_TEST(!with_words(230).is_template({}, true, 0.2));
}

BOOST_AUTO_TEST_CASE(damaged_copies_agree_in_many_particulars) {
  const TokenFrequencies frequencies = made_frequencies();
  tests::Random random(31);
  const Tokens story = tests::random_tokens(random, 300, 3000);
  const PairEvidence evidence =
      judge(frequencies, story, tests::replaced(random, story, 0.2), candidate_of(20));
  BOOST_TEST(evidence.agreement > 0.6);
  BOOST_TEST(!is_template(evidence));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
