#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the built-in vocabulary needs to know of a script: the pieces words are put together from,
// and the marks between them.

#include <span>
#include <string>
#include <string_view>

#include "generate/random.h"

namespace copydesk::datasets {

enum class Language { kLatin, kCyrillic, kChinese, kArabic };

// "latin", ...; throws Error{kInvalidOption} for another name.
[[nodiscard]] Language language_of(std::string_view name);

struct Script {
  std::string_view space;                                 // between words
  std::string_view comma, stop, open_quote, close_quote;  // with the space that follows
  std::string_view dash;                                  // behind a dateline
  bool has_case = true;
  std::span<const std::string_view> onsets, vowels, codas;  // of a syllable
};

[[nodiscard]] const Script& script_of(Language language);

// Appends one syllable, or one ideograph.
void append_syllable(std::string& word, const Script& script, Random& random);

// Makes the letter at `letter` a capital; capitals of these alphabets are as long as their small
// letters. Leaves everything else alone.
void capitalize(char* letter);

}  // namespace copydesk::datasets
