#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The sentences of a text as sparse vectors of term counts: one flat array for all rows, terms as
// small numbers, no strings. "Rain fell, rain again." is the row 0: 2, 1: 1, 2: 1.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

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

// Tokens [begin, end) of a list.
struct TokenRange {
  std::uint32_t begin = 0, end = 0;
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

// Numbers terms in order of appearance. Reuses its buffers; one object per thread.
class TermIndexer {
 public:
  // Empties `rows`. `tokens` is about how many will come: the table is made for so many, up to
  // half a million, and grows with the different ones beyond.
  void start(std::size_t tokens, TermRows& rows);

  // Appends a row for each range of `tokens`. REQUIRES: start() came before, with the same `rows`;
  // fewer than 2^32 tokens in all.
  void append(std::span<const std::uint64_t> tokens, std::span<const TokenRange> ranges,
              TermRows& rows);

  // The same for one row of all of them.
  void append(std::span<const std::uint64_t> tokens, TermRows& rows);

 private:
  [[nodiscard]] std::uint32_t number_terms(std::span<const std::uint64_t> tokens, TermRows& rows,
                                           std::uint32_t terms);
  [[nodiscard]] std::uint32_t count_terms(std::uint32_t tokens, TermRows& rows,
                                          std::uint32_t first);
  void append_slice(std::span<const std::uint64_t> tokens, std::span<const TokenRange> ranges,
                    std::size_t all, TermRows& rows);
  void grow(const TermRows& rows);
  void resize_table(std::size_t slots);

  static constexpr std::uint32_t kFree = ~std::uint32_t{0};
  std::vector<std::uint32_t> slots_;  // term by hash, or kFree
  std::size_t mask_ = 0;  // of the part of the table this text uses: a short one stays in cache
  std::vector<std::uint32_t> place_;    // by term: 1 + that of its last occurrence, 0: none
  std::vector<std::uint32_t> numbers_;  // of the terms of the row's tokens
};

}  // namespace copydesk
