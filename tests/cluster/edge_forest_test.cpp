// SPDX-License-Identifier: Apache-2.0
#include "copydesk/cluster/edge_forest.h"

#include <algorithm>
#include <map>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {
namespace {

// Labels that are spread until nothing changes.
std::vector<Edge> plain_stars(const std::vector<Edge>& edges) {
  std::map<std::uint64_t, std::uint64_t> first;
  for (const Edge& edge : edges) {
    first.emplace(edge.first, edge.first);
    first.emplace(edge.document, edge.document);
  }
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (const Edge& edge : edges) {
      const std::uint64_t least = std::min(first[edge.first], first[edge.document]);
      is_changed = is_changed || first[edge.first] != least || first[edge.document] != least;
      first[edge.first] = first[edge.document] = least;
    }
  }
  std::vector<Edge> stars;
  for (const auto& [document, least] : first) {
    if (least != document) stars.push_back({least, document});
  }
  return stars;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(edge_forest)

BOOST_AUTO_TEST_CASE(the_example_of_the_header) {
  EdgeForest forest;
  BOOST_TEST(forest.stars().empty());
  forest.add(std::vector<Edge>{{3, 9}, {9, 4}, {20, 21}, {7, 7}});
  const std::span<const Edge> stars = forest.stars();
  BOOST_TEST((std::vector<Edge>(stars.begin(), stars.end()) ==
              std::vector<Edge>{{3, 4}, {3, 9}, {20, 21}}));
}

BOOST_AUTO_TEST_CASE(agrees_with_labels_that_are_spread) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    RandomValues random(seed);
    const std::uint64_t documents = 2 + random.next() % 60;
    std::vector<Edge> edges;
    for (std::uint64_t count = random.next() % 80; count > 0; --count) {
      // Numbers of several parts.
      const auto number = [&] {
        const std::uint64_t place = random.next() % documents;
        return place % 5 << 32 | place;
      };
      edges.push_back({number(), number()});
    }
    const std::vector<Edge> expected = plain_stars(edges);
    EdgeForest whole, in_parts, of_stars;
    whole.add(edges);
    const std::size_t half = edges.size() / 2;
    in_parts.add(std::span(edges).subspan(half));
    const std::span<const Edge> first_half = in_parts.stars();
    of_stars.add(first_half);
    in_parts.add(std::span(edges).first(half));
    of_stars.add(std::span(edges).first(half));
    for (EdgeForest* const forest : {&whole, &in_parts, &of_stars}) {
      const std::span<const Edge> stars = forest->stars();
      BOOST_TEST_REQUIRE((std::vector<Edge>(stars.begin(), stars.end()) == expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_chain_longer_than_what_is_held_at_once) {
  EdgeForest forest;
  constexpr std::uint64_t kLength = 300'000;
  std::vector<Edge> chain;
  for (std::uint64_t i = kLength; i > 0; --i) chain.push_back({i << 20, (i - 1) << 20});
  forest.add(chain);
  const std::span<const Edge> stars = forest.stars();
  BOOST_TEST_REQUIRE(stars.size() == kLength);
  BOOST_TEST(std::all_of(stars.begin(), stars.end(),
                         [](const Edge& edge) { return edge.first == 0; }));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
