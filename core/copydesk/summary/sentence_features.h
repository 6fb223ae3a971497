#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What can be seen of a sentence without knowing the rest of the text.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/text/text_marks.h"

namespace copydesk {

struct SentenceFeatures {
  std::uint32_t words = 0;       // pieces between white space; tokens in scripts written without
  std::uint32_t characters = 0;  // code points
  bool has_quotation = false;    // holds a double quotation mark
  bool is_unbalanced =
      false;               // opens or closes a quotation or bracket that it does not close or open
  bool lacks_end = false;  // no terminator at its end: a headline, caption or byline
  bool is_question = false;
  bool has_number = false;  // holds an ASCII digit
};

// Replaces `features`. `tokens` is how many tokens the sentence has, `marks` are those of `text`.
// REQUIRES: `text` is valid UTF-8; `span` is a sentence in it.
void find_features(std::string_view text, const TextMarks& marks, TextSpan span,
                   std::uint32_t tokens, SentenceFeatures& features);

// The same for a sentence on its own.
[[nodiscard]] SentenceFeatures find_features(std::string_view sentence, std::uint32_t tokens);

}  // namespace copydesk
