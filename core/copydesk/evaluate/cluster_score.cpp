// SPDX-License-Identifier: Apache-2.0
//
// All measures are sums over the cells of the contingency table (documents in true cluster t and
// found cluster r), which has at most one cell per document: the cells are found by sorting the
// documents by (t, r).
//
// Adjusted Rand index: L. Hubert & P. Arabie, "Comparing partitions", 1985, in the form over counts
// of pairs. B-cubed: A. Bagga & B. Baldwin, 1998. V-measure: A. Rosenberg & J. Hirschberg, 2007.
#include "copydesk/evaluate/cluster_score.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace copydesk {
namespace {

std::uint64_t pairs_in(std::uint64_t size) {
  return size == 0 ? 0 : size * (size - 1) / 2;
}

// Entropy of drawing a cluster by drawing a document; each unclustered document is its own.
double entropy(std::span<const std::uint64_t> sizes, std::uint64_t alone, double documents) {
  double sum = static_cast<double>(alone) / documents * std::log(documents);
  for (const std::uint64_t size : sizes) {
    if (size == 0) continue;
    const double share = static_cast<double>(size) / documents;
    sum -= share * std::log(share);
  }
  return sum;
}

double adjusted_rand(const OverlapCounts& pairs, std::uint64_t all_pairs) {
  const auto both = static_cast<double>(pairs.shared);
  const auto only_truth = static_cast<double>(pairs.truth - pairs.shared);
  const auto only_result = static_cast<double>(pairs.result - pairs.shared);
  const double neither = static_cast<double>(all_pairs) - both - only_truth - only_result;
  if (only_truth == 0 && only_result == 0) return 1.0;
  return 2 * (neither * both - only_truth * only_result) /
         ((both + only_truth) * (only_truth + neither) +
          (both + only_result) * (only_result + neither));
}

}  // namespace

std::vector<std::uint64_t> cluster_sizes(std::span<const std::uint32_t> labels) {
  std::vector<std::uint64_t> sizes;
  for (const std::uint32_t label : labels) {
    if (label == kUnclustered) continue;
    if (label >= sizes.size()) sizes.resize(label + std::size_t{1}, 0);
    ++sizes[label];
  }
  return sizes;
}

ClusterScore score_clusters(std::span<const std::uint32_t> truth,
                            std::span<const std::uint32_t> result) {
  assert(truth.size() == result.size());
  ClusterScore score;
  score.documents = truth.size();
  if (truth.empty()) {
    score.adjusted_rand = 1;
    score.bcubed = score.pairwise = {1, 1, 1};
    score.homogeneity = score.completeness = score.v_measure = 1;
    return score;
  }
  const std::vector<std::uint64_t> truth_sizes = cluster_sizes(truth);
  const std::vector<std::uint64_t> result_sizes = cluster_sizes(result);
  const auto clustered = [](std::span<const std::uint64_t> sizes) {
    return static_cast<std::uint64_t>(sizes.size()) -
           static_cast<std::uint64_t>(std::count(sizes.begin(), sizes.end(), 0U));
  };
  const auto alone = [](std::span<const std::uint32_t> labels) {
    return static_cast<std::uint64_t>(std::count(labels.begin(), labels.end(), kUnclustered));
  };
  const std::uint64_t truth_alone = alone(truth), result_alone = alone(result);
  score.truth_clusters = clustered(truth_sizes) + truth_alone;
  score.result_clusters = clustered(result_sizes) + result_alone;
  for (const std::uint64_t size : truth_sizes) score.pairs.truth += pairs_in(size);
  for (const std::uint64_t size : result_sizes) score.pairs.result += pairs_in(size);

  std::vector<std::uint64_t> cells(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    cells[i] = static_cast<std::uint64_t>(truth[i]) << 32 | result[i];
  }
  std::sort(cells.begin(), cells.end());

  const auto documents = static_cast<double>(truth.size());
  double precision_sum = 0, recall_sum = 0;
  double truth_given_result = 0, result_given_truth = 0;  // conditional entropies
  for (std::size_t begin = 0; begin < cells.size();) {
    const auto truth_label = static_cast<std::uint32_t>(cells[begin] >> 32);
    const auto result_label = static_cast<std::uint32_t>(cells[begin]);
    std::size_t end = begin + 1;
    // Documents that are alone on one side share a label without sharing a cluster.
    if (truth_label != kUnclustered && result_label != kUnclustered) {
      while (end < cells.size() && cells[end] == cells[begin]) ++end;
    }
    const std::uint64_t size = end - begin;
    const auto count = static_cast<double>(size);
    const auto of_truth =
        static_cast<double>(truth_label == kUnclustered ? 1 : truth_sizes[truth_label]);
    const auto of_result =
        static_cast<double>(result_label == kUnclustered ? 1 : result_sizes[result_label]);
    score.pairs.shared += pairs_in(size);
    precision_sum += count * (count / of_result);
    recall_sum += count * (count / of_truth);
    truth_given_result -= count / documents * std::log(count / of_result);
    result_given_truth -= count / documents * std::log(count / of_truth);
    begin = end;
  }

  score.pairwise = precision_recall(score.pairs);
  score.adjusted_rand = adjusted_rand(score.pairs, pairs_in(truth.size()));
  score.bcubed.precision = precision_sum / documents;
  score.bcubed.recall = recall_sum / documents;
  score.bcubed.f1 = f1_of(score.bcubed.precision, score.bcubed.recall);

  const auto explained = [](double conditional, double whole) {
    return whole <= 0 ? 1.0 : std::clamp(1 - conditional / whole, 0.0, 1.0);
  };
  score.homogeneity = explained(truth_given_result, entropy(truth_sizes, truth_alone, documents));
  score.completeness =
      explained(result_given_truth, entropy(result_sizes, result_alone, documents));
  score.v_measure = f1_of(score.homogeneity, score.completeness);
  return score;
}

}  // namespace copydesk
