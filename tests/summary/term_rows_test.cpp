// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "copydesk/summary/term_rows.h"

using namespace copydesk;

BOOST_AUTO_TEST_SUITE(term_rows)

BOOST_AUTO_TEST_CASE(terms_are_numbered_as_they_appear) {
  TermIndexer indexer;
  TermRows rows;
  indexer.start(5, rows);
  indexer.append(std::vector<std::uint64_t>{11, 22, 22}, rows);
  indexer.append({}, rows);
  indexer.append(std::vector<std::uint64_t>{33, 11}, rows);
  BOOST_TEST(rows.vocabulary == (std::vector<std::uint64_t>{11, 22, 33}),
             boost::test_tools::per_element());
  BOOST_TEST(rows.begin == (std::vector<std::uint32_t>{0, 2, 2, 4}),
             boost::test_tools::per_element());
  BOOST_TEST(rows.term == (std::vector<std::uint32_t>{0, 1, 2, 0}),
             boost::test_tools::per_element());
  BOOST_TEST(rows.count == (std::vector<std::uint32_t>{1, 2, 1, 1}),
             boost::test_tools::per_element());
  BOOST_TEST(rows.tokens == (std::vector<std::uint32_t>{3, 0, 2}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(counts_agree_with_a_map_while_the_table_grows) {
  std::mt19937_64 random(7);
  TermIndexer indexer;
  TermRows rows;
  for (int round = 0; round < 3; ++round) {
    indexer.start(0, rows);
    std::vector<std::map<std::uint64_t, std::uint32_t>> wanted;
    for (int row = 0; row < 200; ++row) {
      std::vector<std::uint64_t> tokens;
      for (std::size_t i = 0; i < random() % 40; ++i) tokens.push_back(1 + random() % 3000);
      auto& counts = wanted.emplace_back();
      for (const std::uint64_t token : tokens) ++counts[token];
      indexer.append(tokens, rows);
    }
    BOOST_REQUIRE_EQUAL(rows.rows(), wanted.size());
    for (std::size_t row = 0; row < wanted.size(); ++row) {
      std::map<std::uint64_t, std::uint32_t> found;
      const auto terms = rows.terms_of(row);
      for (std::size_t i = 0; i < terms.size(); ++i) {
        found[rows.vocabulary[terms[i]]] += rows.counts_of(row)[i];
      }
      BOOST_REQUIRE_EQUAL(found.size(), terms.size());  // each term once
      BOOST_REQUIRE(found == wanted[row]);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
