// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "copydesk/text/grapheme_break.h"

using namespace copydesk;

namespace {

std::vector<std::size_t> ends(const std::string& text) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < text.size();) found.push_back(at = next_grapheme(text, at));
  return found;
}

std::vector<std::size_t> icu_ends(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  UText* const view =
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
  iterator->setText(view, status);
  std::vector<std::size_t> found;
  iterator->first();
  for (std::int32_t at = iterator->next(); at != icu::BreakIterator::DONE; at = iterator->next()) {
    found.push_back(static_cast<std::size_t>(at));
  }
  utext_close(view);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(grapheme_break)

BOOST_AUTO_TEST_CASE(what_a_reader_takes_for_one) {
  for (const std::string one :
       {"e\u0301", "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇫🇷", "각",
        "\u1100\u1161\u11A8", "\r\n", "नि", "1️⃣"}) {
    BOOST_TEST_CONTEXT(one) {
      BOOST_TEST(next_grapheme(one + "a", 0) == one.size());
      BOOST_TEST(grapheme_floor("x " + one + one, 2 + one.size()) == 2 + one.size());
      if (one.size() > 2) BOOST_TEST(grapheme_floor("x " + one, 1 + one.size()) == 2U);
    }
  }
  BOOST_TEST(ends("🇫🇷🇩🇪").size() == 2U);
}

BOOST_AUTO_TEST_CASE(as_icu_has_it) {
  const std::vector<std::string> pieces = {
      "a", " ",    "\n",     "\r", "é",      "\u0301", "\u200D", "👨",      "👩",
      "👍", "🏽", "🇫",      "🇩",  "\u1100", "\u1161", "\u11A8", "가",     "각",
      "ा", "न",    "\u0600", "中", "\uFE0F", "❤",      "\u00AD", "\u0E33", "ก"};
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 1 + random() % 12; i > 0; --i) text += pieces[random() % pieces.size()];
    BOOST_TEST_CONTEXT(text) {
      const std::vector<std::size_t> found = ends(text);
      BOOST_TEST(found == icu_ends(text), boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
