// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/precision_recall.h"

namespace copydesk {

double f1_of(double precision, double recall) {
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0.0;
}

PrecisionRecall precision_recall(const OverlapCounts& counts) {
  if (counts.truth == 0 && counts.result == 0) return {1, 1, 1};
  const auto share = [&](std::uint64_t all) {
    return all == 0 ? 0.0 : static_cast<double>(counts.shared) / static_cast<double>(all);
  };
  PrecisionRecall score;
  score.precision = share(counts.result);
  score.recall = share(counts.truth);
  score.f1 = f1_of(score.precision, score.recall);
  return score;
}

AveragedScore average(std::span<const OverlapCounts> documents) {
  AveragedScore averaged;
  if (documents.empty()) {
    averaged.macro = averaged.micro = {1, 1, 1};
    return averaged;
  }
  for (const OverlapCounts& counts : documents) {
    const PrecisionRecall score = precision_recall(counts);
    averaged.macro.precision += score.precision;
    averaged.macro.recall += score.recall;
    averaged.macro.f1 += score.f1;
    averaged.total.shared += counts.shared;
    averaged.total.truth += counts.truth;
    averaged.total.result += counts.result;
  }
  const auto count = static_cast<double>(documents.size());
  averaged.macro.precision /= count;
  averaged.macro.recall /= count;
  averaged.macro.f1 /= count;
  averaged.micro = precision_recall(averaged.total);
  return averaged;
}

}  // namespace copydesk
