#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The tokens of program text, in which operators, signs and case tell texts apart: "return a + b"
// is return, a, +, b, and "-12" is -, 12. Nothing is folded; white space alone does not count.
//
// Example:
//   const std::string_view text = "x += -12";
//   TokenList tokens;
//   CodeTokenizer().tokenize(text, tokens, true);
//   assert(tokens.size() == 5 && tokens.spans[4].of(text) == "12");

#include <string>
#include <string_view>

#include "copydesk/text/tokenizer.h"

namespace copydesk {

// Reuses its buffer from call to call; one object per thread.
class CodeTokenizer {
 public:
  // REQUIRES: `text` is valid UTF-8; other bytes give some tokens. Replaces the contents of
  // `tokens`; spans stay empty unless they are asked for. A token is a maximal run of letters,
  // digits and underscores of ASCII and of characters beyond it, or one character by itself: an
  // ASCII sign, a symbol (U+2000-2BFF), or a character from U+2E80 on.
  void tokenize(std::string_view text, TokenList& tokens, bool with_spans);

 private:
  std::string padded_;  // so that 32 bytes can be read at the last byte
};

}  // namespace copydesk
