#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page as its lines that are not blank, each with its size in words and the keys by which lines
// are recognized: as the same words, as the same words with other numbers, as the same shape.
// "Updated 4:15 p.m." and "Updated 5:20 p.m." are two lines by their words and one line by their
// words with other numbers.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

struct Line {
  TextSpan span;          // without white space at either end
  TextSpan whole;         // with its line feed; lines and blank lines between them tile the text
  std::uint64_t key = 0;  // of the words, lower-cased and folded, without punctuation
  std::uint64_t masked_key = 0;  // the same with every word that holds a digit replaced by one sign
  std::uint64_t shape_key = 0;  // of a line with a digit: capitalized words and numbers replaced by
                                // their kind; else 0
  std::uint32_t words = 0;      // parted by spaces; where a script has none, two characters a word
  std::uint32_t tokens = 0;
  std::uint32_t first_token = 0;  // index into LineScanner::tokens()
  std::uint32_t blanks_before = 0;
  std::uint32_t numbers = 0;  // tokens that hold a digit
  std::uint32_t indent = 0;   // bytes of white space in front
  bool is_numbered = false;   // an item of a list: begins with a number and a point or bracket
  bool ends_open = false;     // does not end with one of . ! ? : ; , or their like
};

// Which keys of lines are made besides `key`; the others are 0. Fewer take less time.
enum class LineForms : std::uint8_t { kNone, kMasked, kMaskedAndShape };

// Reuses its buffers; one object per thread.
class LineScanner {
 public:
  // REQUIRES: `text` is valid UTF-8. Replaces the contents of `lines`.
  void scan(std::string_view text, std::vector<Line>& lines,
            LineForms forms = LineForms::kMaskedAndShape);

  // Of a line of the text scanned last.
  [[nodiscard]] std::uint64_t masked_key_of(std::string_view text, const Line& line) const;

  // The tokens of the text scanned last, with spans.
  [[nodiscard]] const TokenList& tokens() const { return tokens_; }

  // The folded text those tokens were made from (see Tokenizer::folded).
  [[nodiscard]] std::string_view folded() const { return tokenizer_.folded(); }

 private:
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::size_t> digits_;  // offsets in the text
};

// Two hashes to one, in this order.
[[nodiscard]] constexpr std::uint64_t mix_keys(std::uint64_t first, std::uint64_t second) {
  std::uint64_t mixed = (first ^ second >> 32) * 0x9E3779B97F4A7C15u + second;
  mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9u;
  return mixed ^ mixed >> 32;
}

}  // namespace copydesk
