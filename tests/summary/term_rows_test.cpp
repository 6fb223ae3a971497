// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "copydesk/summary/term_rows.h"

using namespace copydesk;

BOOST_AUTO_TEST_SUITE(term_rows)

BOOST_AUTO_TEST_CASE(tokens_belong_to_the_sentence_they_begin_in) {
  const std::string text = "one two two. Three one! four";
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize_with_spans(text, tokens);
  TermIndexer indexer;
  TermRows rows;
  const std::vector<TextSpan> sentences = {{0, 12}, {13, 23}};
  indexer.index(tokens, sentences, rows);
  BOOST_TEST(rows.rows() == 2U);
  BOOST_TEST(rows.terms() == 3U);  // "four" stands outside
  BOOST_TEST(rows.tokens[0] == 3U);
  BOOST_TEST(rows.tokens[1] == 2U);
  BOOST_TEST(rows.counts_of(0)[1] == 2U);
  BOOST_TEST(rows.terms_of(1)[1] == rows.terms_of(0)[0]);
}

BOOST_AUTO_TEST_CASE(counts_agree_with_a_map_while_the_table_grows) {
  std::mt19937_64 random(7);
  TermIndexer indexer;
  TermRows rows;
  for (int round = 0; round < 3; ++round) {
    indexer.index({}, {}, rows);
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
