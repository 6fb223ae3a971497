// SPDX-License-Identifier: Apache-2.0
//
// Percentile bootstrap of the mean [Efron & Tibshirani 1993, ch. 13]; the paired comparison is the
// one of P. Koehn, "Statistical significance tests for machine translation evaluation", EMNLP 2004.
#include "copydesk/evaluate/bootstrap.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "copydesk/error.h"

namespace copydesk {
namespace {

// SplitMix64 [Steele, Lea & Flood 2014]. The standard library's distributions differ between
// implementations, so the reduction to a range is our own too.
class RowPicker {
 public:
  RowPicker(std::uint64_t seed, std::uint64_t rows)
      : state_(seed), rows_(rows), rejected_below_((0 - rows) % rows) {}

  // Uniform in [0, rows), without bias: the few draws of the incomplete last round are drawn again.
  std::size_t next() {
    std::uint64_t draw = next_word();
    while (draw < rejected_below_) draw = next_word();
    return static_cast<std::size_t>(draw % rows_);
  }

 private:
  std::uint64_t next_word() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t word = state_;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
  }

  std::uint64_t state_;
  std::uint64_t rows_;
  std::uint64_t rejected_below_;
};

// Linear between the two nearest ranks. REQUIRES: sorted, not empty.
double percentile(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double weight = place - static_cast<double>(below);
  return sorted[below] + (sorted[above] - sorted[below]) * weight;
}

// The mean of each column in each resample, column after column, each sorted.
std::vector<double> resampled_means(std::span<const double> values, std::size_t columns,
                                    const BootstrapOptions& options) {
  const std::size_t rows = values.size() / columns;
  std::vector<double> means(options.resamples * columns);
  std::vector<double> sums(columns);
  RowPicker picker(options.seed, rows);
  for (std::size_t sample = 0; sample < options.resamples; ++sample) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (std::size_t draw = 0; draw < rows; ++draw) {
      const std::span<const double> row = values.subspan(picker.next() * columns, columns);
      for (std::size_t c = 0; c < columns; ++c) sums[c] += row[c];
    }
    for (std::size_t c = 0; c < columns; ++c) {
      means[c * options.resamples + sample] = sums[c] / static_cast<double>(rows);
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    const auto begin = means.begin() + static_cast<std::ptrdiff_t>(c * options.resamples);
    std::sort(begin, begin + static_cast<std::ptrdiff_t>(options.resamples));
  }
  return means;
}

void check(const BootstrapOptions& options) {
  if (options.resamples == 0) {
    throw Error(ErrorCode::kInvalidOption, "at least one resample is needed", "resamples");
  }
  if (!(options.confidence > 0 && options.confidence < 1)) {
    throw Error(ErrorCode::kInvalidOption, "the confidence must lie between 0 and 1", "confidence");
  }
}

}  // namespace

std::vector<BootstrapComparison> bootstrap_compare(std::span<const double> first,
                                                   std::span<const double> second,
                                                   std::size_t columns,
                                                   const BootstrapOptions& options) {
  check(options);
  assert(columns > 0 && first.size() == second.size() && first.size() % columns == 0);
  std::vector<BootstrapComparison> comparisons(columns);
  if (first.empty()) return comparisons;
  std::vector<double> differences(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) differences[i] = first[i] - second[i];

  const std::vector<double> means = resampled_means(differences, columns, options);
  const auto resamples = static_cast<double>(options.resamples);
  const double tail = (1 - options.confidence) / 2;
  for (std::size_t c = 0; c < columns; ++c) {
    const auto sorted = std::span(means).subspan(c * options.resamples, options.resamples);
    BootstrapComparison& comparison = comparisons[c];
    double sum = 0;
    for (std::size_t i = c; i < differences.size(); i += columns) sum += differences[i];
    comparison.difference.mean = sum / static_cast<double>(differences.size() / columns);
    comparison.difference.low = percentile(sorted, tail);
    comparison.difference.middle = percentile(sorted, 0.5);
    comparison.difference.high = percentile(sorted, 1 - tail);
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), 0.0) - sorted.begin();
    const auto above = sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), 0.0);
    comparison.share_below_zero = static_cast<double>(below) / resamples;
    comparison.share_above_zero = static_cast<double>(above) / resamples;
  }
  return comparisons;
}

std::vector<BootstrapInterval> bootstrap_means(std::span<const double> values, std::size_t columns,
                                               const BootstrapOptions& options) {
  const std::vector<double> zeros(values.size(), 0.0);
  std::vector<BootstrapInterval> intervals;
  for (const BootstrapComparison& comparison : bootstrap_compare(values, zeros, columns, options)) {
    intervals.push_back(comparison.difference);
  }
  return intervals;
}

}  // namespace copydesk
