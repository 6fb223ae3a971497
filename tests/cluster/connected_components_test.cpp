// SPDX-License-Identifier: Apache-2.0
#include "copydesk/cluster/connected_components.h"

#include <algorithm>
#include <numeric>
#include <set>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {
namespace {

using Sets = std::vector<std::set<std::uint32_t>>;

Sets as_sets(const ClusterList& clusters) {
  Sets sets;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const auto members = clusters.cluster(i);
    BOOST_TEST(std::is_sorted(members.begin(), members.end()));
    sets.emplace_back(members.begin(), members.end());
    BOOST_TEST(sets.back().size() == members.size());
  }
  return sets;
}

// Floods from every document in turn.
Sets flooded(const std::vector<std::uint32_t>& representatives,
             const std::vector<ScoredPair>& pairs) {
  Sets sets;
  std::vector<bool> seen(representatives.size());
  for (std::uint32_t start = 0; start < representatives.size(); ++start) {
    if (seen[start]) continue;
    std::set<std::uint32_t> members{start};
    for (std::size_t before = 0; before != members.size();) {
      before = members.size();
      for (std::uint32_t i = 0; i < representatives.size(); ++i) {
        if (members.contains(i) || members.contains(representatives[i])) {
          members.insert({i, representatives[i]});
        }
      }
      for (const ScoredPair& pair : pairs) {
        if (members.contains(pair.a) || members.contains(pair.b)) members.insert({pair.a, pair.b});
      }
    }
    for (const std::uint32_t member : members) seen[member] = true;
    if (members.size() > 1) sets.push_back(members);
  }
  return sets;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(components)

BOOST_AUTO_TEST_CASE(nothing_in_common_gives_no_cluster) {
  BOOST_TEST(connected_components({}, {}).size() == 0U);
  const std::vector<std::uint32_t> alone{0, 1, 2};
  BOOST_TEST(connected_components(alone, {}).size() == 0U);
}

BOOST_AUTO_TEST_CASE(equal_texts_and_pairs_hang_together) {
  // 1 and 4 are equal (4 first in keep order), 4 pairs with 0; 2 and 3 are equal.
  const std::vector<std::uint32_t> representatives{0, 4, 2, 2, 4, 5};
  const std::vector<ScoredPair> pairs{{0, 4, {}}};
  BOOST_TEST((as_sets(connected_components(representatives, pairs)) == Sets{{0, 1, 4}, {2, 3}}));
}

BOOST_AUTO_TEST_CASE(random_graphs_in_any_order) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomValues random(seed);
    const auto count = static_cast<std::uint32_t>(2 + random.next() % 30);
    std::vector<std::uint32_t> representatives(count);
    std::iota(representatives.begin(), representatives.end(), 0U);
    for (std::uint32_t i = 1; i < count; ++i) {
      if (random.next() % 4 == 0) representatives[i] = representatives[random.next() % i];
    }
    std::vector<ScoredPair> pairs;
    for (std::uint64_t i = random.next() % count; i > 0; --i) {
      const std::uint32_t x = representatives[random.next() % count];
      const std::uint32_t y = representatives[random.next() % count];
      if (x != y) pairs.push_back({std::min(x, y), std::max(x, y), {}});
    }
    const Sets expected = flooded(representatives, pairs);
    BOOST_TEST((as_sets(connected_components(representatives, pairs)) == expected));
    for (std::size_t i = pairs.size(); i > 1; --i) std::swap(pairs[i - 1], pairs[random.next() % i]);
    BOOST_TEST((as_sets(connected_components(representatives, pairs)) == expected));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
