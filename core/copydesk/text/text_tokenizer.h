#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a text is compared by: its words, the tokens of a program, or its characters where it has
// next to no words.
//
// Example:
//   TokenList tokens;
//   TextTokenizer tokenizer;
//   assert(tokenizer.tokenize("C is fun", TokenKind::kWords, tokens) == TokenUnit::kWord);
//   assert(tokenizer.tokenize(":-) :-(", TokenKind::kWords, tokens) == TokenUnit::kCharacter);
//   assert(tokenizer.tokenize("a += 1", TokenKind::kCode, tokens) == TokenUnit::kCode);

#include <string_view>

#include "copydesk/text/code_tokenizer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// What the caller takes texts for.
enum class TokenKind : unsigned char { kWords, kCode };

// "words" or "code", as a record says of itself; for anything else `otherwise`.
[[nodiscard]] inline TokenKind token_kind(std::string_view name, TokenKind otherwise) {
  if (name == "code") return TokenKind::kCode;
  return name == "words" ? TokenKind::kWords : otherwise;
}

// What the tokens of a text are.
enum class TokenUnit : unsigned char { kWord, kCode, kCharacter };

// Reuses its buffers from call to call; one object per thread.
class TextTokenizer {
 public:
  explicit TextTokenizer(const FoldOptions& fold = {}) : words_(fold) {}

  // REQUIRES: `text` is valid UTF-8. Replaces the contents of `tokens`; spans stay empty unless
  // they are asked for. Of words it gives what Tokenizer does, unless is_symbol_text(): "C is fun"
  // is three words, and ":-) :-( 1" is nine characters.
  TokenUnit tokenize(std::string_view text, TokenKind kind, TokenList& tokens,
                     bool with_spans = false);

  // For a caller that folds words itself.
  [[nodiscard]] Tokenizer& words() { return words_; }

 private:
  Tokenizer words_;
  CodeTokenizer code_;
};

}  // namespace copydesk
