// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <vector>

#include "copydesk/summary/text_shape.h"

using namespace copydesk;

namespace {

std::vector<Candidate> sentences_of(const std::vector<std::uint32_t>& words) {
  std::vector<Candidate> candidates(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) candidates[i].features.words = words[i];
  return candidates;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_shape)

BOOST_AUTO_TEST_CASE(budgets) {
  const std::vector<Candidate> ten = sentences_of(std::vector<std::uint32_t>(10, 20));
  BudgetOptions budget;
  BOOST_TEST(shape_of(ten, budget).turn == 1.0);  // everything fits
  budget.sentences = 1;
  BOOST_TEST(shape_of(ten, budget).turn == 0.0);
  BOOST_TEST(direction_for(0.5, shape_of(ten, budget)) == 0.5);
  BOOST_TEST(extent_of(40, shape_of(ten, budget)) == 0.0);
  budget.sentences = 5;
  BOOST_TEST(shape_of(ten, budget).turn == 1.0);
  BOOST_TEST(direction_for(0.5, shape_of(ten, budget)) == -1.0);
  BOOST_TEST(extent_of(30, shape_of(ten, budget)) > 0.0);
  BOOST_TEST(extent_of(10, shape_of(ten, budget)) < 0.0);
  budget.words = 24;  // the tightest limit decides
  BOOST_TEST(shape_of(ten, budget).turn == 0.0);
  BOOST_TEST(shape_of({}, budget).turn == 0.0);
}

BOOST_AUTO_TEST_CASE(talk) {
  BudgetOptions budget;
  budget.words = 1;
  BOOST_TEST(shape_of(sentences_of({20, 20, 20, 20, 3}), budget).talk == 0.0);
  BOOST_TEST(shape_of(sentences_of({20, 3, 3, 20}), budget).talk == 1.0);
  std::vector<Candidate> candidates = sentences_of({20, 3, 3, 20});
  candidates[1].is_excluded = candidates[2].is_repeated = true;
  BOOST_TEST(shape_of(candidates, budget).talk == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
