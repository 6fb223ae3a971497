#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text to tokens, by rules that depend on nothing but the text (docs/text.md): the same bytes give
// the same tokens on every machine, instruction set and library version. ASCII runs take a
// vectorized path; everything else is folded by tables generated from Unicode 15.0.
//
// Example:
//   const std::string_view text = "Élan, élan!";
//   TokenList tokens;
//   Tokenizer().tokenize_with_spans(text, tokens);
//   assert(tokens.size() == 2 && tokens.hashes[0] == tokens.hashes[1]);
//   assert(tokens.spans[1].of(text) == "élan");

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/fold_options.h"
#include "copydesk/text/offset_map.h"

namespace copydesk {

// The tokens of one text, in order. `hashes` always; `spans` only when asked for.
struct TokenList {
  std::vector<std::uint64_t> hashes;  // 64-bit hash of the folded token
  std::vector<TextSpan> spans;  // where the token stands in the original text; same size or empty

  [[nodiscard]] std::size_t size() const { return hashes.size(); }
};

// Replaces `out` by the low halves of token hashes: of 0x100000002 that is 2. Where all that is found
// is verified, four bytes a token tell enough, and lists of them are half as long.
void take_low_halves(std::span<const std::uint64_t> hashes, std::vector<std::uint32_t>& out);

struct FoldTables;

// Reuses its buffers from call to call; one object per thread.
class Tokenizer {
 public:
  explicit Tokenizer(const FoldOptions& fold = {});

  // REQUIRES: `text` is valid UTF-8. Replaces the contents of `tokens`; spans stay empty.
  void tokenize(std::string_view text, TokenList& tokens);

  // The same hashes, with spans. Slower by the bookkeeping of offsets.
  void tokenize_with_spans(std::string_view text, TokenList& tokens);

  // Folds only; returns folded(). REQUIRES: `text` is valid UTF-8.
  std::string_view fold(std::string_view text);

  // The folded text of the last call: tokens are its maximal runs of word bytes (ASCII letters and
  // digits, lower-cased, and all bytes from 0x80 up). In scripts written without spaces U+001F
  // stands between tokens. For tests and for code that needs the letters. Valid until the next
  // call.
  [[nodiscard]] std::string_view folded() const { return {folded_.data(), folded_size_}; }

 private:
  // Folds `text` into folded_ and mask_; returns whether offsets differ from those of the text,
  // which are then in `map`.
  bool fold_into_buffers(std::string_view text, OffsetMap* map);
  // Hashes the words of folded_; spans are those of the folded text.
  void hash_tokens(TokenList& tokens, bool with_spans);

  const FoldTables* tables_;
  std::string
      folded_;  // longer than the folded text, so that 32 bytes can be read at its last byte
  std::size_t folded_size_ = 0;
  std::vector<std::uint64_t> mask_;
  std::vector<std::uint16_t> bounds_;
  OffsetMap offsets_;
};

}  // namespace copydesk
