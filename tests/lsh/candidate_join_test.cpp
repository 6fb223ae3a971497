// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/candidate_join.h"

#include <map>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/lsh/pair_sort.h"
#include "random_sets.h"

namespace copydesk {
namespace {

constexpr std::size_t kSlots = 16;

std::uint64_t no_content(std::uint32_t) {
  return 0;
}

// The pairs of one band, joined in the memory given.
std::vector<CandidatePair> pairs_of(const BandKeyTable& table, std::size_t band,
                                    const PackedSketches& sketches,
                                    const std::vector<std::uint32_t>& listed,
                                    const JoinMemory& memory, const BucketOptions& options,
                                    BucketStatistics* statistics = nullptr) {
  BucketPairs buckets(sketches, no_content, options);
  PairRuns runs({}, 1 << 20);
  CandidateJoin join(table, listed, 0, memory, std::move(buckets), runs);
  join.join_band(band);
  std::vector<CandidatePair> pairs;
  runs.merge([&](std::span<const CandidatePair> part) {
    pairs.insert(pairs.end(), part.begin(), part.end());
  });
  if (statistics != nullptr) *statistics = join.statistics();
  return pairs;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(candidate_join)

BOOST_AUTO_TEST_CASE(agrees_with_a_map_of_keys) {
  for (const std::size_t count : {0, 1, 2, 50, 3000, 40'000}) {
    RandomValues random(count);
    const auto values = random.take(count / 3 + 1);
    BandKeyTable table(2, KeyWidth::k40);
    PackedSketches sketches(kSlots);
    std::vector<std::uint32_t> listed;
    std::map<std::uint64_t, std::vector<std::uint32_t>> by_key;
    for (std::uint32_t document = 0; document < count; ++document) {
      const std::uint64_t keys[] = {random.next(), values[random.next() % values.size()]};
      table.append(keys);
      sketches.append(std::vector<std::uint8_t>(kSlots));
      if (random.next() % 4 == 0) continue;  // not among those to join
      listed.push_back(document);
      by_key[keys[1]].push_back(document);
    }
    std::vector<CandidatePair> expected;
    std::uint64_t shared_keys = 0;
    for (const auto& [key, documents] : by_key) {
      shared_keys += documents.size() > 1 ? 1 : 0;
      for (const std::uint32_t a : documents) {
        for (const std::uint32_t b : documents) {
          if (a < b) expected.push_back({a, b});
        }
      }
    }
    merge_pairs(expected);
    BucketStatistics statistics;
    const BucketOptions options{.pairwise_limit = 1000};
    BOOST_TEST((pairs_of(table, 1, sketches, listed, {}, options, &statistics) == expected));
    BOOST_TEST(statistics.buckets == shared_keys);
    BOOST_TEST(pairs_of(table, 0, sketches, listed, {}, options).empty());  // all keys differ
  }
}

// However few documents there are: whether two of them meet does not depend on the others.
BOOST_AUTO_TEST_CASE(all_bits_of_a_key_count) {
  BandKeyTable table(1, KeyWidth::k40);
  PackedSketches sketches(kSlots);
  std::vector<std::uint32_t> listed;
  for (std::uint32_t document = 0; document < 42; ++document) {
    // Each differs from the first one in one bit; the last one does not.
    const std::uint64_t keys[] = {0x12'3456'789A ^ (document == 0 || document == 41
                                                        ? 0
                                                        : std::uint64_t{1} << (document - 1))};
    table.append(keys);
    sketches.append(std::vector<std::uint8_t>(kSlots));
    listed.push_back(document);
  }
  const std::vector<CandidatePair> expected{{0, 41}};
  BOOST_TEST((pairs_of(table, 0, sketches, listed, {}, {}) == expected));
}

BOOST_AUTO_TEST_CASE(memory_changes_nothing) {
  constexpr std::size_t kDocuments = 20'000;  // more than one part of both tables
  RandomValues random(3);
  const auto values = random.take(1500);
  BandKeyTable held(2, KeyWidth::k40);
  BandKeyTable stored(2, KeyWidth::k40, {}, 1000);
  PackedSketches held_sketches(kSlots);
  PackedSketches stored_sketches(kSlots, {}, 1000);
  std::vector<std::uint32_t> listed;
  for (std::uint32_t document = 0; document < kDocuments; ++document) {
    // A few keys are so frequent that their buckets are large.
    const std::uint64_t keys[] = {values[random.next() % (document % 4 == 0 ? 5 : 1500)], 0};
    held.append(keys);
    stored.append(keys);
    std::vector<std::uint8_t> sketch(kSlots);
    for (std::uint8_t& slot : sketch) slot = static_cast<std::uint8_t>(random.next() % 2);
    held_sketches.append(sketch);
    stored_sketches.append(sketch);
    if (random.next() % 8 != 0) listed.push_back(document);
  }
  BOOST_TEST(stored_sketches.bytes_on_disk() > 0U);
  BOOST_TEST(!stored_sketches.in_memory());
  const BucketOptions options{.minimum_agreement = 12, .sure_agreement = 14};
  BucketStatistics expected_statistics;
  const auto expected = pairs_of(held, 0, held_sketches, listed, {}, options, &expected_statistics);
  BOOST_TEST(expected.size() > 10'000U);
  BOOST_TEST(expected_statistics.large_buckets > 0U);
  BOOST_TEST(expected_statistics.refined_documents > 0U);
  for (const std::size_t entry_bytes : {1U << 12, 1U << 16, 1U << 30}) {
    for (const std::size_t bucket_bytes : {1U << 8, 1U << 14, 1U << 24}) {
      BucketStatistics statistics;
      const auto pairs = pairs_of(stored, 0, stored_sketches, listed,
                                  {entry_bytes, bucket_bytes, bucket_bytes}, options, &statistics);
      BOOST_TEST((pairs == expected));
      BOOST_TEST(statistics.pairs_compared == expected_statistics.pairs_compared);
      BOOST_TEST(statistics.buckets == expected_statistics.buckets);
      BOOST_TEST(statistics.refined_documents == expected_statistics.refined_documents);
    }
  }
}

// Families of keys that differ in their last bits only: one group of the sorter holds them all.
BOOST_AUTO_TEST_CASE(keys_that_are_close_are_told_apart) {
  constexpr std::size_t kDocuments = 12'000;
  RandomValues random(8);
  BandKeyTable table(1, KeyWidth::k40);
  PackedSketches sketches(kSlots);
  std::vector<std::uint32_t> listed;
  std::map<std::uint64_t, std::vector<std::uint32_t>> by_key;
  for (std::uint32_t document = 0; document < kDocuments; ++document) {
    const std::uint64_t keys[] = {(std::uint64_t{7} << 36) + random.next() % 3000};
    table.append(keys);
    sketches.append(std::vector<std::uint8_t>(kSlots));
    listed.push_back(document);
    by_key[keys[0]].push_back(document);
  }
  std::vector<CandidatePair> expected;
  for (const auto& [key, documents] : by_key) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      for (std::size_t j = i + 1; j < documents.size(); ++j) {
        expected.push_back({documents[i], documents[j]});
      }
    }
  }
  merge_pairs(expected);
  BOOST_TEST(expected.size() > kDocuments);
  BOOST_TEST((pairs_of(table, 0, sketches, listed, {}, {.pairwise_limit = 1000}) == expected));
}

BOOST_AUTO_TEST_CASE(keys_may_be_appended_in_groups) {
  constexpr std::size_t kBands = 3;
  constexpr std::size_t kDocuments = 3 * BandKeyTable::kPartDocuments + 5;
  for (const KeyWidth width : {KeyWidth::k40, KeyWidth::k64}) {
    RandomValues random(6);
    const std::vector<std::uint64_t> keys = random.take(kBands * kDocuments);
    BandKeyTable table(kBands, width, {}, 1000);
    for (std::size_t done = 0; done < kDocuments;) {
      const std::size_t wanted =
          random.next() % 4 == 0 ? random.next() % 20'000 : random.next() % 9;
      const std::size_t count = std::min(wanted, kDocuments - done);
      table.append(std::span(keys).subspan(done * kBands, count * kBands));
      done += count;
      BOOST_TEST_REQUIRE(table.size() == done);
    }
    const std::uint64_t kept = ~std::uint64_t{0} >> (64 - table.key_bits());
    BandKeyTable::ReadBuffer buffer;
    for (std::size_t band = 0; band < kBands; ++band) {
      std::size_t document = 0;
      for (std::size_t part = 0; part < table.parts(); ++part) {
        for (const std::uint64_t key : table.read(band, part, buffer)) {
          BOOST_TEST_REQUIRE(key == (keys[document++ * kBands + band] & kept));
        }
      }
      BOOST_TEST(document == kDocuments);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
