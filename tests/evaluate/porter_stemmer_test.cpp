// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/porter_stemmer.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

namespace copydesk {
namespace {

std::string stem(std::string word) {
  porter_stem(word);
  return word;
}

BOOST_AUTO_TEST_SUITE(porter_stemmer)

// Computed with nltk 3.10.4, PorterStemmer() in its default mode. More than a third of the words
// have another stem in the original algorithm, some of the rest another one in Snowball English.
BOOST_AUTO_TEST_CASE(gives_the_stems_of_nltk) {
  std::ifstream file(COPYDESK_SOURCE_DIR "/tests/evaluate/porter_stems.tsv");
  std::string word, expected;
  std::size_t words = 0;
  while (file >> word >> expected) {
    BOOST_TEST(stem(word) == expected, word << " gives " << stem(word) << ", not " << expected);
    ++words;
  }
  BOOST_TEST(words == 352u);
}

BOOST_AUTO_TEST_CASE(keeps_what_nltk_exempts) {
  BOOST_TEST(stem("news") == "news");
  BOOST_TEST(stem("skies") == "sky");
  BOOST_TEST(stem("says") == "say");
  BOOST_TEST(stem("they") == "they");
  BOOST_TEST(stem("used") == "use");
  BOOST_TEST(stem("dies") == "die");
  BOOST_TEST(stem("as") == "as");
}

BOOST_AUTO_TEST_CASE(survives_words_that_are_all_suffix) {
  for (const std::string word : {"", "s", "ed", "ing", "eed", "ied", "ies", "sses", "ion",
                                 "ational", "alli", "logi", "ll", "e", "yyyyyyyy", "ness", "y"}) {
    BOOST_TEST(stem(word).size() <= word.size() + 1);
  }
  BOOST_TEST(stem("ing") == "ing");
  BOOST_TEST(stem("aing") == "a");
  BOOST_TEST(stem(std::string(100000, 'y')).size() >= 99999u);
}

BOOST_AUTO_TEST_CASE(takes_other_bytes_for_consonants) {
  BOOST_TEST(stem("1990s") == "1990");
  BOOST_TEST(stem("\xC3\xA9tudes") == "\xC3\xA9tude");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
