// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/weighted_rows.h"

#include <algorithm>
#include <cmath>

namespace copydesk {

void normalize(WeightedRows& rows) {
  for (std::size_t row = 0; row < rows.rows; ++row) {
    float squares = 0.0F;
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      squares += rows.value[i] * rows.value[i];
    }
    if (squares == 0.0F) continue;
    const float scale = 1.0F / std::sqrt(squares);
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) rows.value[i] *= scale;
  }
}

std::vector<double> products_with_sum(const WeightedRows& rows) {
  std::vector<double> sum(rows.terms, 0.0), products(rows.rows, 0.0);
  for (std::size_t i = 0; i < rows.term.size(); ++i) sum[rows.term[i]] += rows.value[i];
  for (std::size_t row = 0; row < rows.rows; ++row) {
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      products[row] += rows.value[i] * sum[rows.term[i]];
    }
  }
  return products;
}

WeightedRows choose_rows(const WeightedRows& rows, std::span<const std::uint32_t> chosen) {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::vector<std::uint32_t> number(rows.terms, kNone);
  WeightedRows result;
  result.rows = chosen.size();
  for (const std::uint32_t row : chosen) {
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      std::uint32_t& term = number[rows.term[i]];
      if (term == kNone) term = static_cast<std::uint32_t>(result.terms++);
      result.term.push_back(term);
      result.value.push_back(rows.value[i]);
    }
    result.begin.push_back(static_cast<std::uint32_t>(result.term.size()));
  }
  return result;
}

InvertedIndex::InvertedIndex(const WeightedRows& rows) {
  begin_.assign(rows.terms + 1, 0);
  for (const std::uint32_t term : rows.term) ++begin_[term + 1];
  for (std::size_t term = 0; term < rows.terms; ++term) begin_[term + 1] += begin_[term];
  row_.resize(rows.term.size());
  value_.resize(rows.term.size());
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (std::size_t row = 0; row < rows.rows; ++row) {
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      const std::uint32_t place = next[rows.term[i]]++;
      row_[place] = static_cast<std::uint32_t>(row);
      value_[place] = rows.value[i];
    }
  }
}

void InvertedIndex::multiply(const WeightedRows& left, std::size_t i,
                             std::span<float> products) const {
  std::fill(products.begin(), products.end(), 0.0F);
  const auto terms = left.terms_of(i);
  const auto values = left.values_of(i);
  for (std::size_t k = 0; k < terms.size(); ++k) {
    for (std::size_t at = begin_[terms[k]]; at < begin_[terms[k] + 1]; ++at) {
      products[row_[at]] += values[k] * value_[at];
    }
  }
}

}  // namespace copydesk
