// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/pacsum.h"

#include <algorithm>
#include <limits>

namespace copydesk {
namespace {

void score_by_sums(const WeightedRows& rows, double lambda, std::vector<double>& scores) {
  std::vector<double> before(rows.terms, 0.0), total(rows.terms, 0.0);
  for (std::size_t i = 0; i < rows.term.size(); ++i) total[rows.term[i]] += rows.value[i];
  for (std::size_t row = 0; row < rows.rows; ++row) {
    double earlier = 0.0, later = 0.0;
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      const std::uint32_t term = rows.term[i];
      const double value = rows.value[i];
      earlier += value * before[term];
      before[term] += value;
      later += value * (total[term] - before[term]);
    }
    scores[row] = (1.0 - lambda) * later - lambda * earlier;
  }
}

}  // namespace

void score_pacsum(const WeightedRows& rows, double beta, double lambda, StopFlag stop,
                  std::vector<double>& scores) {
  const std::size_t n = rows.rows;
  scores.assign(n, 0.0);
  if (n > kMostRowsByPairs) {
    score_by_sums(rows, lambda, scores);
    return;
  }
  const InvertedIndex index(rows);
  std::vector<float> edges(n);
  // The paper sets the diagonal to 1, and it takes part in the range.
  float low = 1.0F, high = 1.0F;
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 64 == 0) stop.check();
    index.multiply(rows, i, edges);
    edges[i] = 1.0F;
    const auto [least, most] = std::minmax_element(edges.begin(), edges.end());
    low = std::min(low, *least);
    high = std::max(high, *most);
  }
  const double threshold = low + beta * (static_cast<double>(high) - low);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 64 == 0) stop.check();
    index.multiply(rows, i, edges);
    double earlier = 0.0, later = 0.0;
    for (std::size_t j = 0; j < i; ++j) earlier += std::max(0.0, edges[j] - threshold);
    for (std::size_t j = i + 1; j < n; ++j) later += std::max(0.0, edges[j] - threshold);
    scores[i] = (1.0 - lambda) * later - lambda * earlier;
  }
}

}  // namespace copydesk
