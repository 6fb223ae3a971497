// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/bucket_pairs.h"

#include <algorithm>
#include <numeric>
#include <set>

#include <boost/test/unit_test.hpp>

#include "copydesk/lsh/candidate_join.h"
#include "copydesk/lsh/pair_sort.h"
#include "random_sets.h"

namespace copydesk {
namespace {

constexpr std::size_t kSlots = 64;
using Sketch = std::vector<std::uint8_t>;

struct Bucket {
  std::vector<Sketch> sketches;
  std::vector<std::uint64_t> content_keys;
};

Sketch random_sketch(RandomValues& random) {
  Sketch sketch(kSlots);
  for (std::uint8_t& slot : sketch) slot = static_cast<std::uint8_t>(random.next());
  return sketch;
}

void change_slots(Sketch& sketch, std::size_t count, RandomValues& random) {
  for (; count > 0; --count) {
    sketch[random.next() % kSlots] = static_cast<std::uint8_t>(random.next());
  }
}

std::size_t agreement(const Sketch& x, const Sketch& y) {
  std::size_t equal = 0;
  for (std::size_t slot = 0; slot < kSlots; ++slot) equal += x[slot] == y[slot] ? 1 : 0;
  return equal;
}

// The pairs of the bucket with its members handed over in the order given.
std::vector<CandidatePair> pairs_of(const Bucket& bucket, const BucketOptions& options,
                                    const std::vector<std::uint32_t>& members,
                                    BucketStatistics* statistics = nullptr) {
  PackedSketches sketches(kSlots);
  for (const Sketch& sketch : bucket.sketches) sketches.append(sketch);
  BucketPairs buckets(
      sketches, [&](std::uint32_t document) { return bucket.content_keys[document]; }, options);
  std::vector<CandidatePair> pairs;
  buckets.add_bucket(members, 0, pairs);
  merge_pairs(pairs);
  if (statistics != nullptr) *statistics = buckets.statistics();
  return pairs;
}

std::vector<std::uint32_t> all_of(const Bucket& bucket) {
  std::vector<std::uint32_t> members(bucket.sketches.size());
  std::iota(members.begin(), members.end(), 0U);
  return members;
}

void shuffle(std::vector<std::uint32_t>& members, RandomValues& random) {
  for (std::size_t i = members.size(); i > 1; --i) {
    std::swap(members[i - 1], members[random.next() % i]);
  }
}

// Unlike sketches that share their first four slots, and pairs of near-copies among them.
Bucket unlike_with_hidden_pairs(std::size_t documents, std::size_t hidden) {
  RandomValues random(7);
  Bucket bucket;
  bucket.content_keys = random.take(documents);
  for (std::size_t i = 0; i < documents; ++i) {
    bucket.sketches.push_back(random_sketch(random));
    std::fill_n(bucket.sketches.back().begin(), 4, std::uint8_t{9});
  }
  for (std::size_t i = 0; i < hidden; ++i) {
    bucket.sketches[documents - 1 - i] = bucket.sketches[i];
    bucket.sketches[i][kSlots - 1] ^= 1;
  }
  return bucket;
}

const BucketOptions kOptions{
    .pairwise_limit = 64, .leader_limit = 256, .minimum_agreement = 40, .sure_agreement = 60};

}  // namespace

BOOST_AUTO_TEST_SUITE(bucket_pairs)

BOOST_AUTO_TEST_CASE(ordinary_buckets_agree_with_brute_force) {
  RandomValues random(1);
  for (std::size_t size = 2; size <= 64; size += 3) {
    Bucket bucket;
    bucket.content_keys = random.take(size);
    const Sketch base = random_sketch(random);
    for (std::size_t i = 0; i < size; ++i) {
      bucket.sketches.push_back(base);
      change_slots(bucket.sketches.back(), random.next() % 30, random);
    }
    std::vector<CandidatePair> expected;
    for (std::uint32_t a = 0; a < size; ++a) {
      for (std::uint32_t b = a + 1; b < size; ++b) {
        if (agreement(bucket.sketches[a], bucket.sketches[b]) >= 40) expected.push_back({a, b});
      }
    }
    BucketStatistics statistics;
    BOOST_TEST((pairs_of(bucket, kOptions, all_of(bucket), &statistics) == expected));
    BOOST_TEST(statistics.pairs_compared == size * (size - 1) / 2);
    BOOST_TEST(statistics.large_buckets == 0U);
    BOOST_TEST(statistics.largest_bucket == size);
    // Of those that have been compared before, the pairs with each other are left out and cost nothing.
    for (const std::size_t first : {std::size_t{0}, std::size_t{1}, size / 2, size - 1, size}) {
      BucketOptions options = kOptions;
      options.first_compared = static_cast<std::uint32_t>(first);
      std::vector<CandidatePair> left = expected;
      std::erase_if(left, [&](const CandidatePair& pair) { return pair.a >= first; });
      BOOST_TEST((pairs_of(bucket, options, all_of(bucket), &statistics) == left));
      const std::size_t before = size - first;
      const std::size_t pairs_before = before < 2 ? 0 : before * (before - 1) / 2;
      BOOST_TEST(statistics.pairs_compared == size * (size - 1) / 2 - pairs_before);
    }
  }
}

BOOST_AUTO_TEST_CASE(near_copies_are_linear_work_and_all_proposed) {
  constexpr std::size_t kSize = 5000;
  RandomValues random(2);
  Bucket bucket;
  bucket.content_keys = random.take(kSize);
  const Sketch base = random_sketch(random);
  for (std::size_t i = 0; i < kSize; ++i) {
    bucket.sketches.push_back(base);
    change_slots(bucket.sketches.back(), random.next() % 4, random);
  }
  BucketStatistics statistics;
  BucketOptions options = kOptions;
  options.sure_agreement = 58;  // two copies differ in at most six slots
  const auto pairs = pairs_of(bucket, options, all_of(bucket), &statistics);
  BOOST_TEST(statistics.large_buckets == 1U);
  BOOST_TEST(statistics.large_documents == kSize);
  BOOST_TEST(statistics.refined_documents == 0U);
  BOOST_TEST(statistics.pairs_compared < kSize * 20);  // pairwise it would be 12.5 million
  BOOST_TEST(pairs.size() <= kSize * 4);
  std::set<std::uint32_t> proposed;
  for (const CandidatePair& pair : pairs) {
    BOOST_TEST_REQUIRE(pair.a < pair.b);
    proposed.insert({pair.a, pair.b});
  }
  BOOST_TEST(proposed.size() == kSize);
}

BOOST_AUTO_TEST_CASE(unlike_documents_are_refined_and_hidden_pairs_found) {
  constexpr std::size_t kSize = 5000, kHidden = 100;
  const Bucket bucket = unlike_with_hidden_pairs(kSize, kHidden);
  BucketStatistics statistics;
  const auto pairs = pairs_of(bucket, kOptions, all_of(bucket), &statistics);
  BOOST_TEST(statistics.refined_documents > kSize / 2);
  BOOST_TEST(statistics.pairs_compared <= kSize * 2 * kOptions.leader_limit);
  std::vector<CandidatePair> expected;
  for (std::uint32_t i = 0; i < kHidden; ++i) {
    expected.push_back({i, static_cast<std::uint32_t>(kSize - 1 - i)});
  }
  BOOST_TEST((pairs == expected));
}

// Rows that never tell documents apart: it must end, and hidden copies must still come out.
BOOST_AUTO_TEST_CASE(equal_sketches_that_never_belong_end) {
  Bucket bucket;
  bucket.content_keys = RandomValues(4).take(300);
  bucket.sketches.assign(300, Sketch(kSlots, 1));
  const BucketOptions never{.pairwise_limit = 4,
                            .leader_limit = 8,
                            .minimum_agreement = 40,
                            .sure_agreement = kSlots + 1};
  const auto pairs = pairs_of(bucket, never, all_of(bucket));
  std::set<std::uint32_t> proposed;
  for (const CandidatePair& pair : pairs) proposed.insert({pair.a, pair.b});
  BOOST_TEST(proposed.size() == 300U);
}

BOOST_AUTO_TEST_CASE(neither_order_nor_numbering_shows) {
  RandomValues random(6);
  Bucket bucket = unlike_with_hidden_pairs(1500, 50);
  for (std::size_t i = 600; i < 900; ++i) {
    bucket.sketches[i] = bucket.sketches[600];
    change_slots(bucket.sketches[i], random.next() % 12, random);
  }
  std::vector<std::uint32_t> members = all_of(bucket);
  const auto expected = pairs_of(bucket, kOptions, members);
  BOOST_TEST(expected.size() > 300U);
  for (int repeat = 0; repeat < 3; ++repeat) {
    shuffle(members, random);
    BOOST_TEST((pairs_of(bucket, kOptions, members) == expected));
    Bucket renumbered = bucket;
    for (std::size_t i = 0; i < members.size(); ++i) {
      renumbered.sketches[i] = bucket.sketches[members[i]];
      renumbered.content_keys[i] = bucket.content_keys[members[i]];
    }
    auto pairs = pairs_of(renumbered, kOptions, all_of(bucket));
    for (CandidatePair& pair : pairs) {
      const auto [a, b] = std::minmax(members[pair.a], members[pair.b]);
      pair = {a, b};
    }
    merge_pairs(pairs);
    BOOST_TEST((pairs == expected));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
