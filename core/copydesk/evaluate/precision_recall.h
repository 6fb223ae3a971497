#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Precision, recall and F1 from three counts, and their averages over documents: the ground the
// other measures of this folder stand on.

#include <cstdint>
#include <span>

namespace copydesk {

// All in [0, 1].
struct PrecisionRecall {
  double precision = 0, recall = 0, f1 = 0;
  friend bool operator==(const PrecisionRecall&, const PrecisionRecall&) = default;
};

// Of whatever is compared (pairs, tokens, bytes, boundaries): how many the truth has, how many the
// result has, how many both. REQUIRES: shared <= truth, shared <= result.
struct OverlapCounts {
  std::uint64_t shared = 0, truth = 0, result = 0;
  friend bool operator==(const OverlapCounts&, const OverlapCounts&) = default;
};

// Where truth and result are both empty, nothing was to be found and nothing was: all three are 1.
// Where only one is, what would be a division by zero is 0.
[[nodiscard]] PrecisionRecall precision_recall(const OverlapCounts& counts);

// F1 of any two rates in [0, 1]; 0 if both are 0.
[[nodiscard]] double f1_of(double precision, double recall);

struct AveragedScore {
  PrecisionRecall macro;  // means over documents, of f1 too; all 1 without documents
  PrecisionRecall micro;  // of the summed counts
  OverlapCounts total;
};

[[nodiscard]] AveragedScore average(std::span<const OverlapCounts> documents);

}  // namespace copydesk
