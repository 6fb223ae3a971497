// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/hamming_join.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <set>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {
namespace {

constexpr HammingLimits kNoLimits{.pairwise_limit = 1'000'000,
                                  .pairs_per_member = 1'000'000,
                                  .leader_limit = 256,
                                  .equal_limit = 1'000'000};

constexpr HammingLimits kLowLimit{.pairwise_limit = 256};

std::size_t distance_of(std::uint64_t x, std::uint64_t y) {
  return static_cast<std::size_t>(std::popcount(x ^ y));
}
std::size_t distance_of(const Fingerprint128& x, const Fingerprint128& y) {
  return distance_of(x.low, y.low) + distance_of(x.high, y.high);
}

void make_random(std::uint64_t& fingerprint, RandomValues& random) {
  fingerprint = random.next();
}
void make_random(Fingerprint128& fingerprint, RandomValues& random) {
  fingerprint = {random.next(), random.next()};
}
void flip(std::uint64_t& fingerprint, std::uint64_t bit) {
  fingerprint ^= std::uint64_t{1} << bit % 64;
}
void flip(Fingerprint128& fingerprint, std::uint64_t bit) {
  flip(bit % 128 < 64 ? fingerprint.low : fingerprint.high, bit);
}

// Families of near copies of random fingerprints: `centers` of them, up to `flips` bits away.
template <typename Fingerprint>
std::vector<Fingerprint> families(std::size_t count, std::size_t centers, std::size_t flips,
                                  std::uint64_t seed) {
  RandomValues random(seed);
  std::vector<Fingerprint> fingerprints(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (i < centers) {
      make_random(fingerprints[i], random);
      continue;
    }
    fingerprints[i] = fingerprints[random.next() % centers];
    for (std::uint64_t left = random.next() % (flips + 1); left > 0; --left) {
      flip(fingerprints[i], random.next());
    }
  }
  return fingerprints;
}

template <typename Fingerprint>
HammingCandidates join(const std::vector<Fingerprint>& fingerprints, const HammingPlan& plan,
                       const HammingLimits& limits = kNoLimits, std::size_t threads = 1) {
  std::vector<std::uint32_t> documents(fingerprints.size());
  std::iota(documents.begin(), documents.end(), 0U);
  std::vector<std::uint64_t> content_keys(fingerprints.size());
  std::iota(content_keys.begin(), content_keys.end(), 100U);
  return join_by_hamming_distance(fingerprints, documents, content_keys, plan, limits, threads,
                                  [](std::size_t, std::size_t) {});
}

HammingPlan plan_for(std::size_t distance, std::size_t count) {
  return choose_hamming_plan(64, distance, count);
}

template <typename Fingerprint>
std::vector<CandidatePair> brute_force(const std::vector<Fingerprint>& fingerprints,
                                       std::size_t distance) {
  std::vector<CandidatePair> pairs;
  for (std::uint32_t a = 0; a < fingerprints.size(); ++a) {
    for (std::uint32_t b = a + 1; b < fingerprints.size(); ++b) {
      if (distance_of(fingerprints[a], fingerprints[b]) <= distance) pairs.push_back({a, b});
    }
  }
  return pairs;
}

// Plans of every distance.
template <typename Fingerprint>
void check_completeness() {
  constexpr std::size_t kBits = sizeof(Fingerprint) * 8;
  struct Shape {
    std::size_t count, centers, flips;
  };
  // Random; pairs; a few families; one dense family.
  constexpr Shape kShapes[] = {{1, 1, 0},      {2, 1, 1},   {100, 100, 0},
                               {240, 120, 18}, {150, 4, 8}, {150, 1, 4}};
  for (const Shape& shape : kShapes) {
    const auto fingerprints =
        families<Fingerprint>(shape.count, shape.centers, shape.flips, shape.count);
    for (std::size_t distance = 0; distance <= kBits / 8; ++distance) {
      const std::vector<CandidatePair> expected = brute_force(fingerprints, distance);
      for (const HammingPlan& plan : hamming_plans(kBits, distance)) {
        // The plans with very many tables take long; they meet one of the shapes.
        if (plan.tables.size() > 32 && shape.centers != 120) continue;
        BOOST_TEST_CONTEXT(shape.count << " fingerprints, distance " << distance << ", "
                                       << plan.tables.size() << " tables") {
          const HammingCandidates found = join(fingerprints, plan);
          BOOST_TEST((found.pairs == expected));
          BOOST_TEST(found.statistics.walked_groups == 0U);
        }
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hamming_join)

BOOST_AUTO_TEST_CASE(every_pair_of_64_bits_is_found) {
  check_completeness<std::uint64_t>();
}

BOOST_AUTO_TEST_CASE(every_pair_of_128_bits_is_found) {
  check_completeness<Fingerprint128>();
}

// Large enough for tables with several parts and whole keys; the pairs are known from how the
// copies were made, and that no others come out is checked one by one.
BOOST_AUTO_TEST_CASE(large_joins_find_all_planted_pairs) {
  constexpr std::size_t kCount = 60'000;
  for (const std::size_t distance : {1, 3, 6, 8}) {
    RandomValues random(distance);
    std::vector<std::uint64_t> fingerprints = random.take(kCount);
    std::vector<CandidatePair> planted;
    for (std::uint32_t i = 0; i < kCount / 4; ++i) {
      std::uint64_t& copy = fingerprints[kCount - 1 - i];
      copy = fingerprints[i];
      for (std::size_t flips = 0; flips < distance; ++flips) flip(copy, random.next());
      planted.push_back({i, static_cast<std::uint32_t>(kCount - 1 - i)});
    }
    const HammingPlan plan = plan_for(distance, kCount);
    BOOST_TEST(plan.tables.size() > 1U);
    const HammingCandidates found = join(fingerprints, plan);
    BOOST_TEST(
        std::includes(found.pairs.begin(), found.pairs.end(), planted.begin(), planted.end()));
    BOOST_TEST(std::is_sorted(found.pairs.begin(), found.pairs.end()));
    BOOST_TEST((std::adjacent_find(found.pairs.begin(), found.pairs.end()) == found.pairs.end()));
    for (const CandidatePair& pair : found.pairs) {
      BOOST_TEST_REQUIRE(distance_of(fingerprints[pair.a], fingerprints[pair.b]) <= distance);
    }
    for (const std::size_t threads : {2, 5}) {
      BOOST_TEST((join(fingerprints, plan, kNoLimits, threads).pairs == found.pairs));
    }
  }
}

BOOST_AUTO_TEST_CASE(only_listed_documents_take_part) {
  const HammingPlan plan = plan_for(1, 3);
  const std::vector<std::uint64_t> fingerprints{5, 5, 4, 5, 900};
  const std::vector<std::uint64_t> content_keys(5);
  const std::vector<std::uint32_t> documents{0, 2, 4};
  const auto found = join_by_hamming_distance(fingerprints, documents, content_keys, plan,
                                              kNoLimits, 1, [](std::size_t, std::size_t) {});
  BOOST_TEST((found.pairs == std::vector<CandidatePair>{{0, 2}}));
  BOOST_TEST(join_by_hamming_distance(fingerprints, {}, content_keys, plan, kNoLimits, 1,
                                      [](std::size_t, std::size_t) {})
                 .pairs.empty());
}

BOOST_AUTO_TEST_CASE(equal_fingerprints_are_one_entry) {
  constexpr std::size_t kCount = 50'000;
  std::vector<std::uint64_t> fingerprints(kCount, 0x123456789ABCDEF);
  for (std::size_t i = 0; i < 10; ++i) fingerprints[i * 7] ^= std::uint64_t{1} << i;
  const HammingCandidates found = join(fingerprints, plan_for(3, kCount), HammingLimits{});
  BOOST_TEST(found.statistics.fingerprints == 11U);
  BOOST_TEST(found.statistics.comparisons <= 4 * 55U);
  BOOST_TEST(found.statistics.largest_equal_group == kCount - 10);
  // Four of the equal ones with all others, ten with all and each other.
  BOOST_TEST(found.pairs.size() <= 4 * kCount + 10 * kCount);
  std::set<std::uint32_t> proposed;
  for (const CandidatePair& pair : found.pairs) proposed.insert({pair.a, pair.b});
  BOOST_TEST(proposed.size() == kCount);

  // A few are all paired.
  const std::vector<std::uint64_t> few(16, 99);
  BOOST_TEST(join(few, plan_for(3, kCount), HammingLimits{}).pairs.size() == 16U * 15 / 2);
}

// All fingerprints within two bits of a center, hence within four of each other; `count` centers
// far from each other.
std::vector<std::uint64_t> dense_families(std::size_t count) {
  std::vector<std::uint64_t> fingerprints;
  RandomValues random(3);
  for (; count > 0; --count) {
    const std::uint64_t center = random.next();
    for (std::size_t i = 0; i < 64; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        fingerprints.push_back(center ^ std::uint64_t{1} << i ^ std::uint64_t{1} << j);
      }
    }
  }
  return fingerprints;
}

BOOST_AUTO_TEST_CASE(a_dense_family_is_linear_work_and_all_proposed) {
  const std::vector<std::uint64_t> fingerprints = dense_families(8);
  const HammingPlan plan = plan_for(4, fingerprints.size());
  const std::size_t tables = plan.tables.size();
  for (const HammingLimits& limits : {kLowLimit, HammingLimits{}}) {
    const HammingCandidates found = join(fingerprints, plan, limits);
    const std::size_t count = found.statistics.fingerprints;
    BOOST_TEST(count > 8 * 2000U);
    BOOST_TEST(found.statistics.walked_groups > 0U);
    // Above the limit leaders are all there is; up to it, the group is compared as well.
    const std::size_t most = limits.pairwise_limit == 256 ? 150 : 2 * 2017;
    BOOST_TEST(found.statistics.comparisons < count * tables * most);
    BOOST_TEST(found.pairs.size() < fingerprints.size() * tables * 10);
    std::vector<bool> proposed(fingerprints.size());
    for (const CandidatePair& pair : found.pairs) {
      BOOST_TEST_REQUIRE(distance_of(fingerprints[pair.a], fingerprints[pair.b]) <= 4U);
      proposed[pair.a] = proposed[pair.b] = true;
    }
    BOOST_TEST(std::count(proposed.begin(), proposed.end(), true) ==
               static_cast<std::ptrdiff_t>(proposed.size()));
    for (const std::size_t threads : {2, 3}) {
      BOOST_TEST((join(fingerprints, plan, limits, threads).pairs == found.pairs));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_nearest_of_a_dense_family_are_proposed) {
  const std::vector<std::uint64_t> fingerprints = dense_families(2);
  const HammingCandidates found =
      join(fingerprints, plan_for(4, 1'000'000), HammingLimits{.pairs_per_member = 1});
  BOOST_TEST(found.statistics.walked_groups > 0U);
  std::vector<std::size_t> nearest(fingerprints.size(), 64), proposed(fingerprints.size(), 64);
  for (const CandidatePair& pair : brute_force(fingerprints, 4)) {
    const std::size_t distance = distance_of(fingerprints[pair.a], fingerprints[pair.b]);
    nearest[pair.a] = std::min(nearest[pair.a], distance);
    nearest[pair.b] = std::min(nearest[pair.b], distance);
  }
  for (const CandidatePair& pair : found.pairs) {
    const std::size_t distance = distance_of(fingerprints[pair.a], fingerprints[pair.b]);
    proposed[pair.a] = std::min(proposed[pair.a], distance);
    proposed[pair.b] = std::min(proposed[pair.b], distance);
  }
  BOOST_TEST(proposed == nearest);
}

// A ball of which hardly two are near, so that leaders do not help: work stays linear, and grows in
// step with the count.
BOOST_AUTO_TEST_CASE(a_ball_of_unlike_fingerprints_is_linear_work) {
  double per_fingerprint = 0.0;
  for (const std::size_t count : {20'000, 80'000}) {
    RandomValues random(11);
    std::vector<std::uint64_t> fingerprints(count);
    for (std::uint64_t& fingerprint : fingerprints) {
      fingerprint = 0xFEDCBA9876543210;
      for (int flips = 0; flips < 6; ++flips) flip(fingerprint, random.next());
    }
    const HammingPlan plan = plan_for(3, count);
    const HammingCandidates found = join(fingerprints, plan, kLowLimit);
    const double work = static_cast<double>(found.statistics.comparisons) /
                        static_cast<double>(found.statistics.fingerprints);
    BOOST_TEST(found.statistics.walked_groups > 0U);
    BOOST_TEST(found.statistics.refined_fingerprints > 0U);
    // At most 256 leaders in each of eight rounds of refining and a pairwise round, in each table.
    BOOST_TEST(work < static_cast<double>(plan.tables.size()) * (256 * 8 + 128));
    if (per_fingerprint > 0.0) BOOST_TEST(work < 2.0 * per_fingerprint);
    per_fingerprint = work;
    for (const CandidatePair& pair : found.pairs) {
      BOOST_TEST_REQUIRE(distance_of(fingerprints[pair.a], fingerprints[pair.b]) <= 3U);
    }
  }
}

// A family too large for pairs of all, in a crowd of pairs that share its keys: the pairs are found
// by tables whose groups are small.
BOOST_AUTO_TEST_CASE(pairs_beside_a_walked_group_are_found) {
  RandomValues random(5);
  std::vector<std::uint64_t> fingerprints;
  for (int i = 0; i < 3000; ++i) {
    std::uint64_t near = 0;
    flip(near, random.next());
    flip(near, random.next());
    fingerprints.push_back(near);
  }
  const auto family = static_cast<std::uint32_t>(fingerprints.size());
  // Share one key of the family each, and nothing else.
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t unlike = random.next() & ~(std::uint64_t{0xFFFF} << i % 4 * 16);
    fingerprints.push_back(unlike);
    fingerprints.push_back(unlike ^ std::uint64_t{1} << random.next() % 64);
  }
  const HammingCandidates found = join(fingerprints, plan_for(3, fingerprints.size()), kLowLimit);
  BOOST_TEST(found.statistics.walked_groups > 0U);
  for (std::uint32_t i = family; i < fingerprints.size(); i += 2) {
    const CandidatePair pair{i, i + 1};
    BOOST_TEST_REQUIRE(std::binary_search(found.pairs.begin(), found.pairs.end(), pair));
  }
}

BOOST_AUTO_TEST_CASE(the_order_of_the_input_does_not_matter) {
  const auto fingerprints = families<std::uint64_t>(5000, 3, 3, 8);
  const auto content = RandomValues(2).take(fingerprints.size());
  // Document i of the second order is document order[i] of the first.
  std::vector<std::uint32_t> order(fingerprints.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t x, std::uint32_t y) { return content[x] % 997 < content[y] % 997; });
  std::vector<std::uint64_t> moved, moved_content;
  for (const std::uint32_t from : order) {
    moved.push_back(fingerprints[from]);
    moved_content.push_back(content[from]);
  }
  std::vector<std::uint32_t> documents(fingerprints.size());
  std::iota(documents.begin(), documents.end(), 0U);
  const HammingPlan plan = plan_for(3, fingerprints.size());
  const auto stay = [](std::size_t, std::size_t) {};
  const auto first =
      join_by_hamming_distance(fingerprints, documents, content, plan, HammingLimits{}, 1, stay);
  auto second =
      join_by_hamming_distance(moved, documents, moved_content, plan, HammingLimits{}, 1, stay);
  BOOST_TEST(first.statistics.walked_groups > 0U);
  for (CandidatePair& pair : second.pairs) {
    pair = {std::min(order[pair.a], order[pair.b]), std::max(order[pair.a], order[pair.b])};
  }
  std::sort(second.pairs.begin(), second.pairs.end());
  BOOST_TEST((first.pairs == second.pairs));
}

BOOST_AUTO_TEST_CASE(progress_may_end_it) {
  const auto fingerprints = families<std::uint64_t>(2000, 2000, 0, 4);
  std::vector<std::uint32_t> documents(fingerprints.size());
  std::iota(documents.begin(), documents.end(), 0U);
  const std::vector<std::uint64_t> content_keys(fingerprints.size());
  const HammingPlan plan = plan_for(3, fingerprints.size());
  std::size_t calls = 0;
  BOOST_CHECK_THROW(static_cast<void>(join_by_hamming_distance(
                        fingerprints, documents, content_keys, plan, kNoLimits, 2,
                        [&](std::size_t done, std::size_t tables) {
                          BOOST_TEST(done == calls);
                          BOOST_TEST(tables == 4U);
                          if (++calls == 3) throw 7;
                        })),
                    int);
  BOOST_TEST(calls == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
