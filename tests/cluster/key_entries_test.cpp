// SPDX-License-Identifier: Apache-2.0
#include "copydesk/cluster/key_entries.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "random_sets.h"

namespace copydesk {
namespace {

struct Corpus {
  std::size_t bands = 1;
  std::vector<std::uint64_t> documents;  // numbers, ascending
  std::vector<std::uint64_t> keys;       // document after document
};

// Documents that share a key are joined, pair by pair.
std::vector<Edge> plain_stars(const Corpus& corpus) {
  EdgeForest forest;
  std::map<std::pair<std::size_t, std::uint64_t>, std::uint64_t> first;
  for (std::size_t i = 0; i < corpus.keys.size(); ++i) {
    const std::uint64_t document = corpus.documents[i / corpus.bands];
    const std::uint64_t key = corpus.keys[i] & 0xFF'FFFF'FFFF;
    const auto [found, is_new] = first.try_emplace({i % corpus.bands, key}, document);
    if (!is_new) forest.add(std::vector<Edge>{{found->second, document}});
  }
  const std::span<const Edge> stars = forest.stars();
  return {stars.begin(), stars.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key_entries)

BOOST_AUTO_TEST_CASE(parts_and_ranges_change_nothing) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomValues random(seed);
    Corpus corpus;
    corpus.bands = 1 + random.next() % 4;
    const std::size_t count = seed % 10 == 0 ? 6000 : 1 + random.next() % 300;
    const auto values = random.take(count / 2 + 1);
    const std::size_t parts = 1 + random.next() % 5;
    std::vector<std::vector<std::size_t>> of_part(parts);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t part = i * parts / count;
      corpus.documents.push_back(std::uint64_t{part} << 32 | i * 3);
      of_part[part].push_back(i);
      for (std::size_t band = 0; band < corpus.bands; ++band) {
        // The bits above 40 do not count.
        const bool is_own = random.next() % 3 == 0;
        corpus.keys.push_back(is_own ? random.next()
                                     : (values[random.next() % values.size()] & 0xFF'FFFF'FFFF) |
                                           random.next() << 40);
      }
    }
    const std::size_t ranges = 1 + random.next() % 9;
    EdgeForest forest;
    std::vector<std::vector<std::string>> entries(ranges);
    std::size_t sent = 0;
    for (const std::vector<std::size_t>& own : of_part) {
      KeyEntries part(corpus.bands);
      for (std::size_t i = 0; i < own.size(); ++i) {
        part.add(corpus.documents[own[i]],
                 std::span(corpus.keys).subspan(own[i] * corpus.bands, corpus.bands));
        if (i % 100 != 99 && i + 1 != own.size()) continue;
        KeyEntries::Ranged ranged = part.take(ranges);
        BOOST_TEST_REQUIRE(part.documents() == 0U);
        forest.add(ranged.stars);
        for (std::size_t range = 0; range < ranges; ++range) {
          sent += ranged.entries[range].size();
          if (!ranged.entries[range].empty()) {
            entries[range].push_back(std::move(ranged.entries[range]));
          }
        }
      }
    }
    for (const std::vector<std::string>& of_range : entries) {
      KeyJoin join;
      for (auto list = of_range.rbegin(); list != of_range.rend(); ++list) join.add(*list);
      forest.add(join.stars());
    }
    const std::span<const Edge> stars = forest.stars();
    BOOST_TEST_REQUIRE(
        (std::vector<Edge>(stars.begin(), stars.end()) == plain_stars(corpus)));
    BOOST_TEST_REQUIRE(sent > 0U);
  }
}

// A key of many documents is one entry of their part.
BOOST_AUTO_TEST_CASE(equal_documents_travel_once) {
  KeyEntries part(2);
  const std::uint64_t keys[] = {17, 99};
  for (std::uint64_t i = 0; i < 1000; ++i) part.add(std::uint64_t{7} << 32 | i, keys);
  const KeyEntries::Ranged ranged = part.take(1);
  BOOST_TEST(ranged.stars.size() == 999U);
  BOOST_TEST(ranged.entries[0].size() == 8U + 4U + 2U * 4U + 2U * 9U);
}

BOOST_AUTO_TEST_CASE(what_is_no_list_of_keys_is_refused) {
  KeyEntries part(2);
  part.add(5, std::vector<std::uint64_t>{1, 2, 3, 4});
  const std::string entries = part.take(1).entries[0];
  KeyJoin whole;
  whole.add(entries);
  for (std::size_t size = 0; size < entries.size(); ++size) {
    KeyJoin join;
    BOOST_CHECK_THROW(join.add(std::string_view(entries).substr(0, size)), Error);
  }
  KeyJoin join;
  BOOST_CHECK_THROW(join.add(entries + "x"), Error);
  KeyEntries other(3);
  other.add(5, std::vector<std::uint64_t>{1, 2, 3});
  const std::string of_three_bands = other.take(1).entries[0];
  BOOST_CHECK_THROW(whole.add(of_three_bands), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
