// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>

#include "copydesk/summary/length_budget.h"

using namespace copydesk;

namespace {

std::string cut(const std::string& text, const BudgetOptions& options) {
  return text.substr(0, cut_to_fit(text, LengthBudget(options, 100, 1)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(length_budget)

BOOST_AUTO_TEST_CASE(separators_count) {
  BudgetOptions options;
  options.bytes = 11;
  LengthBudget budget(options, 100, 1);
  const SentenceFeatures five = find_features("Five.", 1);
  BOOST_TEST(budget.fits(five, 5));
  budget.take(five, 5);
  BOOST_TEST(budget.fits(five, 5));
  BOOST_TEST(!budget.fits(find_features("Sixes.", 1), 6));
  budget.take(five, 5);
  BOOST_TEST(budget.is_spent());
}

BOOST_AUTO_TEST_CASE(ratio_counts_words_of_the_text) {
  BudgetOptions options;
  options.ratio = 0.1;
  BOOST_TEST(LengthBudget(options, 59, 1).words_left() == 5U);
  BOOST_TEST(LengthBudget(options, 3, 1).words_left() == 1U);
}

BOOST_AUTO_TEST_CASE(cuts_end_with_words) {
  BudgetOptions words;
  words.words = 2;
  BOOST_TEST(cut("The mayor resigned.", words) == "The mayor");
  BudgetOptions characters;
  characters.characters = 10;
  BOOST_TEST(cut("The mayor resigned.", characters) == "The mayor");
  characters.characters = 3;
  BOOST_TEST(cut("Überraschung", characters) == "Übe");
  BudgetOptions bytes;
  bytes.bytes = 3;
  BOOST_TEST(cut("Überraschung", bytes) == "Üb");
  bytes.bytes = 1;
  BOOST_TEST(cut("Überraschung", bytes) == "");
}

BOOST_AUTO_TEST_SUITE_END()
