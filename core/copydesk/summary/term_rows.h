#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The sentences of a text as sparse vectors of term counts: one flat array for all rows, terms as
// small numbers, no strings.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

struct TermRows {
  std::vector<std::uint32_t> begin = {0};  // of each row; one more than there are rows
  std::vector<std::uint32_t> term;         // distinct within a row, in order of first occurrence
  std::vector<std::uint32_t> count;        // occurrences in the row, beside `term`
  std::vector<std::uint32_t> tokens;       // of each row
  std::vector<std::uint64_t> vocabulary;   // hash of each term

  [[nodiscard]] std::size_t rows() const { return begin.size() - 1; }
  [[nodiscard]] std::size_t terms() const { return vocabulary.size(); }
  [[nodiscard]] std::span<const std::uint32_t> terms_of(std::size_t row) const {
    return std::span(term).subspan(begin[row], begin[row + 1] - begin[row]);
  }
  [[nodiscard]] std::span<const std::uint32_t> counts_of(std::size_t row) const {
    return std::span(count).subspan(begin[row], begin[row + 1] - begin[row]);
  }
  void clear();
};

// Numbers terms in order of appearance. Reuses its buffers; one object per thread.
class TermIndexer {
 public:
  // Replaces `rows` by one row for each of `sentences`. REQUIRES: tokens with spans; sentences in
  // order, apart from each other. A token belongs to the sentence in which it begins.
  void index(const TokenList& tokens, std::span<const TextSpan> sentences, TermRows& rows);

  // Appends one more row, to rows that this object indexed last.
  void append(std::span<const std::uint64_t> tokens, TermRows& rows);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t generation = 0;  // the slot is free unless this is the current one
    std::uint32_t place = 0;       // in TermRows::term, of the term's last occurrence
  };
  void begin_text(std::size_t tokens);
  void add_row(std::span<const std::uint64_t> tokens, TermRows& rows);
  void grow();

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;  // of the part of the table this text uses: a short one stays in cache
  std::uint32_t generation_ = 0;
};

}  // namespace copydesk
