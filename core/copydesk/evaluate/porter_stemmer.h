#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The Porter stemmer in the variant that ROUGE figures are published with: the one NLTK uses by
// default ("NLTK_EXTENSIONS"), which rouge_score relies on. Other Porter stemmers, libstemmer's
// included, give another stem for about 3 % of the longer tokens of English news ("says", "they",
// "news", "used"), enough to move ROUGE in the third decimal.

#include <string>

namespace copydesk {

// Replaces `word` by its stem; never longer than the word but for a restored final "e". Bytes other
// than a-z (digits, UTF-8) count as consonants.
// REQUIRES: ASCII letters are lower case. Linear in the length of the word.
void porter_stem(std::string& word);

}  // namespace copydesk
