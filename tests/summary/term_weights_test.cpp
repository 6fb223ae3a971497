// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "copydesk/summary/corpus_idf.h"
#include "copydesk/summary/term_weights.h"

using namespace copydesk;

BOOST_AUTO_TEST_SUITE(term_weights)

// In small tables most terms share a counter or the place where their weight is remembered; in
// both kinds of table some counts are too high for the condensed one.
BOOST_AUTO_TEST_CASE(weights_are_those_of_the_corpus_whatever_was_asked_before) {
  std::mt19937_64 random(11);
  for (const unsigned bits : {10U, 16U, 20U}) {
    CorpusIdf idf(bits);
    std::vector<std::uint64_t> all;
    for (int i = 0; i < 6000; ++i) all.push_back(random());
    for (std::size_t document = 0; document < 1500; ++document) {
      std::vector<std::uint64_t> terms;
      for (std::size_t i = 0; i < 12; ++i) terms.push_back(all[(i * document) % all.size()]);
      for (std::size_t i = 0; i < 8; ++i) terms.push_back(all[i]);
      idf.add(terms);
    }
    const CorpusIdf plain = idf;
    idf.condense();
    BOOST_REQUIRE(plain.frequency(all[0]) >= 1500U);
    for (const double exponent : {0.5, 1.0, 0.7}) {
      TermWeights weights(idf, exponent);
      std::vector<float> found;
      for (int text = 0; text < 40; ++text) {
        std::vector<std::uint64_t> terms;
        for (std::size_t i = 0; i < random() % 500; ++i) {
          terms.push_back(random() % 10 == 0 ? random() : all[random() % all.size()]);
        }
        weights.find(terms, found);
        BOOST_REQUIRE_EQUAL(found.size(), terms.size());
        for (std::size_t i = 0; i < terms.size(); ++i) {
          BOOST_REQUIRE_EQUAL(plain.frequency(terms[i]), idf.frequency(terms[i]));
          BOOST_REQUIRE_EQUAL(found[i], raise(plain.weight(terms[i]), exponent));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_condensed_table_goes_on_counting) {
  CorpusIdf idf(12), other(12);
  const std::vector<std::uint64_t> terms = {1, 2, 3};
  idf.add(terms);
  idf.condense();
  BOOST_TEST(idf.frequency(2) == 1U);
  idf.add(terms);
  BOOST_TEST(idf.frequency(2) == 2U);
  other.add(terms);
  idf.condense();
  idf.merge(other);
  BOOST_TEST(idf.frequency(2) == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
