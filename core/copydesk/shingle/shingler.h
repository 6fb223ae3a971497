#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Tokens to shingles (word or character n-grams) as 64-bit hashes.
//
// Example:
//   ShingledText shingled;
//   Shingler(ShingleOptions{.size = 3}).shingle("Rain fell on the town", shingled);
//   assert(shingled.tokens == 5 && shingled.shingles.size() == 3);

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/text/text_tokenizer.h"

namespace copydesk {

enum class ShingleUnit { kWord, kCharacter };

struct ShingleOptions {
  ShingleUnit unit = ShingleUnit::kWord;
  std::size_t size = 5;  // tokens (or characters) in a shingle, [1, 64]
  TokenKind tokens = TokenKind::kWords;  // of texts that do not say themselves what they are
  FoldOptions fold = {};                 // of words
};

// What a text offered for comparison.
enum class TextClass : std::uint8_t {
  kEmpty,    // nothing, or white space alone: equals only such texts
  kShort,    // fewer tokens than a shingle has: one shingle made of all of them
  kRegular,  // at least one whole shingle
};

// Everything later stages need to know of one text.
struct ShingledText {
  std::vector<std::uint64_t> shingles;  // in text order, with repeats; empty only for kEmpty
  std::uint64_t exact_low = 0;   // XXH3-128 of the token hashes (of the folded characters for
  std::uint64_t exact_high = 0;  // character shingles): equal for texts with equal tokens
  std::size_t tokens = 0;
  TextClass text_class = TextClass::kEmpty;
};

// Reuses its buffers from call to call; one object per thread.
class Shingler {
 public:
  // Throws Error{kInvalidOption} when options.size is out of range.
  explicit Shingler(const ShingleOptions& options);

  // REQUIRES: `text` is valid UTF-8. Symbol texts (symbol_text.h) go by characters as they are,
  // and so does code where the unit is a character.
  void shingle(std::string_view text, TokenKind kind, ShingledText& out);
  void shingle(std::string_view text, ShingledText& out) { shingle(text, options_.tokens, out); }

  [[nodiscard]] const ShingleOptions& options() const { return options_; }
  // What a text is, of which its record says `said` (token_kind).
  [[nodiscard]] TokenKind kind_of(std::string_view said) const {
    return token_kind(said, options_.tokens);
  }
  // What the last text's shingles are made of, and whether these are its words, in one piece or
  // by their characters.
  [[nodiscard]] std::span<const std::uint64_t> token_hashes() const { return tokens_.hashes; }
  [[nodiscard]] bool has_words() const { return has_words_; }

 private:
  // Fills characters_, and tokens_ with their hashes; of a symbol text tokens_ alone.
  void read_characters(std::string_view text);

  ShingleOptions options_;
  TextTokenizer tokenizer_;
  TokenList tokens_;
  bool has_words_ = false;
  std::string characters_;  // folded, one space between words
};

// Sorts and removes repeats: a list of shingles becomes a shingle set.
void make_shingle_set(std::vector<std::uint64_t>& shingles);

}  // namespace copydesk
