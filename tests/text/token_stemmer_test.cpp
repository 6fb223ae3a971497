// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/token_stemmer.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "copydesk/error.h"

using namespace copydesk;

namespace {

std::vector<std::uint64_t> hashes_of(const std::string& text, TokenStemmer* stemmer = nullptr) {
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize(text, tokens);
  if (stemmer != nullptr) stemmer->stem(tokenizer.folded(), tokens);
  return tokens.hashes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(token_stemmer)

BOOST_AUTO_TEST_CASE(a_stem_has_the_hash_of_the_same_token) {
  TokenStemmer english("en");
  // Twice: the second time the stems are remembered.
  for (int round = 0; round < 2; ++round) {
    BOOST_TEST(
        hashes_of("Running runs, RUN: connections!", &english) == hashes_of("run run run connect"),
        boost::test_tools::per_element());
  }
  TokenStemmer german("german");
  BOOST_TEST(hashes_of("Häuser Hauses", &german) == hashes_of("haus haus"),
             boost::test_tools::per_element());
  TokenStemmer russian("ru");
  BOOST_TEST(hashes_of("городами города", &russian) == hashes_of("город город"),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(long_and_foreign_tokens) {
  TokenStemmer english("en");
  std::string lengthy, longest;
  for (int i = 0; i < 20; ++i) lengthy += "ba";
  for (int i = 0; i < 50; ++i) longest += "zb";
  BOOST_TEST(hashes_of(lengthy + "s " + longest, &english) == hashes_of(lengthy + " " + longest),
             boost::test_tools::per_element());
  BOOST_TEST(hashes_of("今日は good", &english) == hashes_of("今日は good"),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(languages_without_stemmer) {
  BOOST_CHECK_THROW(TokenStemmer("zh"), Error);
  BOOST_CHECK_THROW(TokenStemmer(""), Error);
}

BOOST_AUTO_TEST_SUITE_END()
