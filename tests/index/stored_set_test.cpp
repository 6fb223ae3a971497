// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/stored_set.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iterator>
#include <string>
#include <vector>

#include "random_sets.h"

namespace copydesk::tests {
namespace {

std::vector<std::uint64_t> random_set(RandomValues& random, std::size_t size, int kind) {
  std::vector<std::uint64_t> set;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t value = random.next();
    // Hashes; small numbers, which are far from what the code expects; and the ends of the range.
    set.push_back(kind == 0 ? value : kind == 1 ? value % 1000 : ~(value % 1000));
  }
  if (kind == 2) set.insert(set.end(), {0, ~std::uint64_t{0}});
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

BOOST_AUTO_TEST_SUITE(stored_set)

// Against counting all of both.
BOOST_AUTO_TEST_CASE(shares_enough_or_not) {
  RandomValues random(2);
  std::size_t enough = 0, told_by_begin = 0;
  constexpr std::size_t kPairs = 20'000;
  for (std::size_t i = 0; i < kPairs; ++i) {
    const int kind = static_cast<int>(random.next() % 3);
    const std::vector<std::uint64_t> set = random_set(random, random.next() % 60, kind);
    // Some of it, and others.
    std::vector<std::uint64_t> other;
    const std::uint64_t kept = 50 + random.next() % 51;
    for (const std::uint64_t value : set) {
      if (random.next() % 100 < kept) other.push_back(value);
    }
    const std::vector<std::uint64_t> more = random_set(random, random.next() % 12, kind);
    other.insert(other.end(), more.begin(), more.end());
    std::sort(other.begin(), other.end());
    other.erase(std::unique(other.begin(), other.end()), other.end());
    ShingleCounts counts;
    if (i % 5 == 0) counts.order_length = 2, counts.tokens = {1, 2, 3};
    std::string bytes;
    append_stored_set(bytes, other, counts);
    std::vector<std::uint64_t> shared;
    std::set_intersection(set.begin(), set.end(), other.begin(), other.end(),
                          std::back_inserter(shared));
    const VerifyRule rule{static_cast<double>(1 + random.next() % 100) / 100.0, 0.0, 5};
    const bool is_enough = shared.size() >= rule.least_shared(set.size(), other.size());
    enough += is_enough ? 1 : 0;
    BOOST_TEST((compare_stored_set(bytes, true, set, rule) == StoredComparison::kEnough) == is_enough);
    // Its first bytes tell the same, or that they do not know.
    const std::string begin = bytes.substr(0, random.next() % (bytes.size() + 1));
    const StoredComparison told = compare_stored_set(begin, false, set, rule);
    BOOST_TEST((told == StoredComparison::kUnknown ||
                told == (is_enough ? StoredComparison::kEnough : StoredComparison::kTooFew)));
    told_by_begin += told == StoredComparison::kTooFew && begin.size() * 2 < bytes.size() ? 1 : 0;
    bytes.pop_back();
    if (!bytes.empty() && !is_enough) continue;  // it need not see the end
    BOOST_TEST(
        (compare_stored_set(bytes, true, set, rule) != StoredComparison::kEnough || other.empty()));
  }
  BOOST_TEST((enough > kPairs / 5 && enough < kPairs * 4 / 5));
  BOOST_TEST(told_by_begin > kPairs / 50);
}

BOOST_AUTO_TEST_CASE(comes_back_as_it_was) {
  RandomValues random(1);
  for (std::size_t size : {0, 1, 2, 3, 10, 396, 5000}) {
    for (int kind = 0; kind < 3; ++kind) {
      const std::vector<std::uint64_t> set = random_set(random, size, kind);
      ShingleCounts counts;
      if (size % 2 == 1) {
        counts.telling_length = 7;
        counts.order_length = 3;
        for (std::size_t i = 0; i < set.size(); ++i) {
          counts.counts.push_back(static_cast<std::uint32_t>(random.next()));
        }
        for (int i = 0; i < 9; ++i)
          counts.tokens.push_back(static_cast<std::uint32_t>(random.next()));
      }
      std::string bytes = "before";
      append_stored_set(bytes, set, counts);
      bytes.erase(0, 6);
      const std::size_t whole = bytes.size();
      bytes += "behind";
      StoredSet read;
      std::size_t used = 0;
      BOOST_TEST_REQUIRE(read_stored_set(bytes, read, &used));
      BOOST_TEST(used == whole);
      BOOST_TEST(read.set == set, boost::test_tools::per_element());
      BOOST_TEST(read.counts.counts == counts.counts, boost::test_tools::per_element());
      BOOST_TEST(read.counts.tokens == counts.tokens, boost::test_tools::per_element());
      BOOST_TEST(read.counts.telling_length == counts.telling_length);
      BOOST_TEST(read.counts.order_length == counts.order_length);
    }
  }
}

// A text of 400 words has 396 shingles; log2 of the number of such sets is 2,812 bytes.
BOOST_AUTO_TEST_CASE(takes_no_more_than_it_must) {
  RandomValues random(2);
  std::size_t bytes = 0;
  for (int i = 0; i < 100; ++i) {
    std::string out;
    append_stored_set(out, random_set(random, 396, 0), {});
    bytes += out.size();
  }
  BOOST_TEST(bytes < 2'840u * 100);
}

BOOST_AUTO_TEST_CASE(any_bytes_give_a_set_in_order_or_none) {
  RandomValues random(3);
  std::string good;
  append_stored_set(good, random_set(random, 50, 0), {});
  int accepted = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string bytes = i % 2 == 0 ? good : std::string(random.next() % 40, '\0');
    for (std::uint64_t edits = i % 2 == 0 ? 1 + random.next() % 3 : bytes.size(); edits > 0;
         --edits) {
      if (!bytes.empty()) bytes[random.next() % bytes.size()] = static_cast<char>(random.next());
    }
    if (i % 5 == 0) bytes.resize(random.next() % (bytes.size() + 1));
    StoredSet read;
    if (!read_stored_set(bytes, read)) continue;
    ++accepted;
    BOOST_TEST_REQUIRE((std::adjacent_find(read.set.begin(), read.set.end(),
                                           std::greater_equal<>()) == read.set.end()));
    BOOST_TEST_REQUIRE(read.set.size() <= bytes.size() * 8);
  }
  BOOST_TEST(accepted > 1000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
