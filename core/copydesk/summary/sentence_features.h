#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What can be seen of a sentence without knowing the rest of the text.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

struct SentenceFeatures {
  std::uint32_t words = 0;       // pieces between white space; tokens in scripts written without
  std::uint32_t characters = 0;  // code points
  bool has_quotation = false;    // holds a double quotation mark
  bool is_unbalanced =
      false;  // opens or closes a quotation or bracket that it does not close or open
  bool is_dangling = false;  // opens on a pronoun or connective: needs its predecessor
  bool lacks_end = false;    // no terminator at its end: a headline, caption or byline
  bool is_question = false;
  bool has_number = false;  // holds an ASCII digit
};

// `tokens` is how many tokens the sentence has. REQUIRES: `sentence` is valid UTF-8.
[[nodiscard]] SentenceFeatures find_features(std::string_view sentence, std::uint32_t tokens);

}  // namespace copydesk
