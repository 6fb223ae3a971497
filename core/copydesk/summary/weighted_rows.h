#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Rows of TermRows with weights, and the products between them by inverted index: the sparse matrix
// work that the reference rankings share.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/summary/term_rows.h"

namespace copydesk {

// Texts of up to so many sentences are ranked by all pairs of them where a method asks for that.
inline constexpr std::size_t kMostRowsByPairs = 2000;

struct WeightedRows {
  std::size_t rows = 0, terms = 0;
  std::vector<std::uint32_t> begin = {0};
  std::vector<std::uint32_t> term;
  std::vector<float> value;

  [[nodiscard]] std::span<const std::uint32_t> terms_of(std::size_t row) const {
    return std::span(term).subspan(begin[row], begin[row + 1] - begin[row]);
  }
  [[nodiscard]] std::span<const float> values_of(std::size_t row) const {
    return std::span(value).subspan(begin[row], begin[row + 1] - begin[row]);
  }
};

// The first `rows` rows with `weigh(row, term, count)` as values; what weighs 0 is left out.
template <class Weigh>
WeightedRows weigh_rows(const TermRows& terms, std::size_t rows, Weigh&& weigh) {
  WeightedRows weighted;
  weighted.rows = rows;
  weighted.terms = terms.terms();
  for (std::size_t row = 0; row < rows; ++row) {
    const auto row_terms = terms.terms_of(row);
    const auto counts = terms.counts_of(row);
    for (std::size_t i = 0; i < row_terms.size(); ++i) {
      const auto value = static_cast<float>(weigh(row, row_terms[i], counts[i]));
      if (value == 0.0F) continue;
      weighted.term.push_back(row_terms[i]);
      weighted.value.push_back(value);
    }
    weighted.begin.push_back(static_cast<std::uint32_t>(weighted.term.size()));
  }
  return weighted;
}

// Divides every row by its Euclidean norm; rows without values stay empty.
void normalize(WeightedRows& rows);

// The products of every row with the sum of all rows, itself included, in time linear in the rows.
[[nodiscard]] std::vector<double> products_with_sum(const WeightedRows& rows);

// Rows `chosen`, ascending, with the terms they have numbered anew: in order of appearance.
[[nodiscard]] WeightedRows choose_rows(const WeightedRows& rows,
                                       std::span<const std::uint32_t> chosen);

// The rows by term.
class InvertedIndex {
 public:
  explicit InvertedIndex(const WeightedRows& rows);

  // products[j] = left.row(i) . rows.row(j) for all j. `products` has as many values as there are
  // rows. Time: the lengths of the lists of the row's terms, plus the rows.
  void multiply(const WeightedRows& left, std::size_t i, std::span<float> products) const;

 private:
  std::vector<std::uint32_t> begin_, row_;
  std::vector<float> value_;
};

}  // namespace copydesk
