// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/sentence_openings.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace copydesk;

namespace {

// Letters are openings: . plain, p pronoun, d demonstrative, c connective. Capitals and * (plain)
// are chosen. Returns the places of the chosen that hang in the air.
std::vector<std::size_t> hanging(const std::string& text) {
  const auto is_chosen = [&](std::size_t i) {
    return text[i] == '*' || (text[i] >= 'A' && text[i] <= 'Z');
  };
  const auto opening = [&](std::size_t i) {
    switch (text[i] | 0x20) {
      case 'p':
        return Opening::kPronoun;
      case 'd':
        return Opening::kDemonstrative;
      case 'c':
        return Opening::kConnective;
      default:
        return Opening::kPlain;
    }
  };
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_chosen(i) && hangs_in_the_air(i, opening, is_chosen)) found.push_back(i);
  }
  return found;
}

bool hangs(const std::string& text) {
  return !hanging(text).empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sentence_openings)

BOOST_AUTO_TEST_CASE(what_a_sentence_leans_on) {
  BOOST_TEST(!hangs("P*.."));  // the first of a text
  BOOST_TEST(!hangs("*P.*"));
  BOOST_TEST(hangs(".P.*"));
  BOOST_TEST(hangs("*.P"));
  BOOST_TEST(!hangs("*pP"));  // both speak of the same
  BOOST_TEST(!hangs("*ppP"));
  BOOST_TEST(hangs("*pppP"));
  BOOST_TEST(hangs("*.pP"));
  BOOST_TEST(hangs("*cP"));
  BOOST_TEST(!hangs("*D"));
  BOOST_TEST(hangs("*.D"));
  BOOST_TEST(hangs("*dD"));
  BOOST_TEST(!hangs("*..C"));
  BOOST_TEST(hangs("*...C"));
  BOOST_TEST(hangs("..C*"));
}

BOOST_AUTO_TEST_CASE(kinds_of_openings) {
  const auto check = [](const char* sentence, Opening wanted) {
    BOOST_TEST_CONTEXT(sentence) {
      BOOST_TEST((find_opening(sentence) == wanted));
    }
  };
  check("She left.", Opening::kPronoun);
  check("\"They left,\" he said.", Opening::kPronoun);
  check("Its roof fell in.", Opening::kPronoun);
  check("This is new.", Opening::kDemonstrative);
  check("This week it rained.", Opening::kPlain);
  check("– But it rained.", Opening::kConnective);
  check("However, it rained.", Opening::kConnective);
  check("Jedoch regnete es.", Opening::kConnective);
  check("Ella vino.", Opening::kPronoun);
  check("Этот дом стар.", Opening::kDemonstrative);
  check("The roof fell in.", Opening::kPlain);
  check("...", Opening::kPlain);
  check("", Opening::kPlain);
}

BOOST_AUTO_TEST_SUITE_END()
