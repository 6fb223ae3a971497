// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <vector>

#include "copydesk/reuse/candidate_search.h"
#include "reference/reuse.h"

namespace copydesk {

namespace {

using FingerprintSets = std::vector<std::set<std::uint64_t>>;

std::vector<ReuseCandidate> search(const FingerprintSets& sets, const CandidateOptions& options,
                                   std::vector<std::uint64_t>* frequent = nullptr) {
  std::vector<JoinEntry> entries;
  for (std::uint32_t document = 0; document < sets.size(); ++document) {
    for (const std::uint64_t fingerprint : sets[document]) {
      entries.push_back(fingerprint_entry(fingerprint, document));
    }
  }
  std::sort(entries.begin(), entries.end());
  FingerprintPairs pairs;
  pair_fingerprints(entries, options, pairs);
  std::sort(pairs.pairs.begin(), pairs.pairs.end());
  std::vector<ReuseCandidate> candidates;
  weigh_pairs(pairs.pairs, options, candidates);
  if (frequent != nullptr) *frequent = pairs.frequent;
  return candidates;
}

FingerprintSets random_sets(std::mt19937_64& random, std::size_t documents, std::uint64_t range) {
  FingerprintSets sets(documents);
  for (auto& set : sets) {
    for (std::size_t i = 0; i < 12; ++i)
      set.insert((random() % range) * 0x9E3779B97F4A7C15u & ~3ull);
  }
  return sets;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(candidate_search)

BOOST_AUTO_TEST_CASE(candidates_are_the_pairs_of_sufficient_weight) {
  std::mt19937_64 random(10);
  for (int round = 0; round < 100; ++round) {
    BOOST_TEST_CONTEXT("round " << round) {
      const FingerprintSets sets = random_sets(random, 25, 60 + 20 * (round % 10));
      CandidateOptions options;
      options.minimum_shared = 1e9;
      const std::vector<ReuseCandidate> found = search(sets, options);
      std::vector<reference::PairWeight> expected = reference::weigh_all_pairs(sets);
      // Weights that are 1 but for rounding may fall on either side.
      for (const auto& pair : expected) BOOST_REQUIRE(pair.weight > 0.0);
      std::erase_if(expected, [](const auto& pair) { return pair.weight < 1.0; });
      BOOST_REQUIRE_EQUAL(found.size(), expected.size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        BOOST_REQUIRE_EQUAL(found[i].pair.a, expected[i].a);
        BOOST_REQUIRE_EQUAL(found[i].pair.b, expected[i].b);
        BOOST_REQUIRE_CLOSE(found[i].mean_weight * found[i].shared, expected[i].weight, 1e-9);
        BOOST_REQUIRE_EQUAL(found[i].shared, static_cast<double>(expected[i].shared));
        BOOST_REQUIRE_EQUAL(found[i].median_df, expected[i].median_df);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(many_shared_fingerprints_are_enough_however_frequent) {
  std::mt19937_64 random(11);
  const FingerprintSets family(40, *random_sets(random, 1, 1000).begin());
  CandidateOptions options;
  options.minimum_weight = 1e9;
  BOOST_TEST(search(family, options).size() > 700u);  // of 780, up to thinning
  options.minimum_shared = 1e9;
  BOOST_TEST(search(family, options).empty());
}

BOOST_AUTO_TEST_CASE(thinning_keeps_the_estimate) {
  std::mt19937_64 random(12);
  std::set<std::uint64_t> shared;
  while (shared.size() < 2000) shared.insert(random() & ~3ull);
  const FingerprintSets family(100, shared);
  const std::vector<ReuseCandidate> found = search(family, {});
  BOOST_REQUIRE_EQUAL(found.size(), 4950u);
  for (const ReuseCandidate& candidate : found) {
    BOOST_REQUIRE_CLOSE(candidate.shared, 2000.0, 10.0);
    BOOST_REQUIRE_CLOSE(candidate.mean_weight, 1.0 / std::sqrt(99.0), 1e-6);
    BOOST_REQUIRE_EQUAL(candidate.median_df, 100u);
  }
}

BOOST_AUTO_TEST_CASE(very_frequent_fingerprints_lead_to_the_first_documents) {
  std::mt19937_64 random(13);
  std::set<std::uint64_t> shared;
  while (shared.size() < 40) shared.insert(random() & ~3ull);
  const FingerprintSets family(300, shared);
  std::vector<std::uint64_t> frequent;
  const std::vector<ReuseCandidate> found = search(family, {}, &frequent);
  BOOST_TEST(frequent.size() == 40u);
  BOOST_TEST(found.size() == 299u + 298u + 297u + 296u);
  for (const ReuseCandidate& candidate : found) BOOST_REQUIRE(candidate.pair.a < 4);
  CandidateOptions options;
  options.most_documents = 250;
  BOOST_TEST(search(family, options, &frequent).empty());
  BOOST_TEST(frequent.size() == 40u);
}

BOOST_AUTO_TEST_CASE(two_corpora_make_pairs_of_one_and_the_other_only) {
  std::mt19937_64 random(14);
  for (const std::size_t documents : {20u, 60u, 260u}) {
    std::set<std::uint64_t> shared;
    while (shared.size() < 40) shared.insert(random() & ~3ull);
    const FingerprintSets family(documents, shared);
    CandidateOptions options;
    options.first_new_document = 7;
    const std::vector<ReuseCandidate> found = search(family, options);
    BOOST_TEST(!found.empty());
    for (const ReuseCandidate& candidate : found) {
      BOOST_REQUIRE(candidate.pair.a < 7);
      BOOST_REQUIRE(candidate.pair.b >= 7);
    }
  }
}

BOOST_AUTO_TEST_CASE(pages_of_one_site_lead_to_the_first_of_them) {
  std::mt19937_64 random(15);
  std::set<std::uint64_t> menu;
  while (menu.size() < 40) menu.insert(random() & ~3ull);
  // 30 pages of site 1, then 3 of site 2 and 2 of unknown sites with the same text.
  const FingerprintSets family(35, menu);
  std::vector<std::uint32_t> sites(30, 1);
  sites.insert(sites.end(), {2, 2, 2, 0, 0});
  CandidateOptions options;
  options.sites = sites;
  const std::size_t within = 29 + 28 + 27 + 26;
  const std::size_t across = 4 * 5 + 10;
  const std::vector<ReuseCandidate> found = search(family, options);
  BOOST_TEST(found.size() == within + across);
  for (const ReuseCandidate& candidate : found) {
    BOOST_REQUIRE(candidate.pair.a < 4 || candidate.pair.a >= 30);
    BOOST_REQUIRE(candidate.median_df == 35u);
  }
  // Where a site has few of them, or sites are unknown, all are paired.
  options.most_of_site = 30;
  BOOST_TEST(search(family, options).size() == 35u * 34u / 2u);
  options.most_of_site = 8;
  std::fill(sites.begin(), sites.end(), 0);
  BOOST_TEST(search(family, options).size() == 35u * 34u / 2u);
}

BOOST_AUTO_TEST_CASE(pages_of_one_site_in_one_corpus_are_all_asked_about_in_the_other) {
  std::mt19937_64 random(16);
  std::set<std::uint64_t> menu;
  while (menu.size() < 40) menu.insert(random() & ~3ull);
  const FingerprintSets family(30, menu);
  const std::vector<std::uint32_t> sites(30, 7);
  CandidateOptions options;
  options.sites = sites;
  options.first_new_document = 12;
  std::vector<ReuseCandidate> found = search(family, options);
  BOOST_TEST(found.size() == 4u * 18u);
  for (const ReuseCandidate& candidate : found) {
    BOOST_REQUIRE(candidate.pair.a < 4);
    BOOST_REQUIRE(candidate.pair.b >= 12);
  }
  options.first_new_document = 8;  // few of it are old
  BOOST_TEST(search(family, options).size() == 8u * 22u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
