#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A clustering against the true one: adjusted Rand index, B-cubed, pairwise F1, V-measure. Linear
// memory: 8 bytes a document on top of the labels, whatever the sizes of the clusters.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/evaluate/precision_recall.h"

namespace copydesk {

// The label of a document that is in no cluster: it is alone.
inline constexpr std::uint32_t kUnclustered = 0xFFFFFFFF;

struct ClusterScore {
  std::uint64_t documents = 0;
  // Clusters, documents on their own included.
  std::uint64_t truth_clusters = 0, result_clusters = 0;
  double adjusted_rand = 0;  // 1 if equal, around 0 by chance, as low as -0.5
  PrecisionRecall bcubed;    // means over documents; f1 of the two means
  PrecisionRecall pairwise;  // of the pairs of documents that share a cluster
  OverlapCounts pairs;
  // In [0, 1]: truth's clusters not mixed; truth's clusters not split; their harmonic mean.
  double homogeneity = 0, completeness = 0, v_measure = 0;
};

// Label `truth[i]` and `result[i]` are the clusters of document i, or kUnclustered. Without
// documents all measures are 1.
// REQUIRES: truth.size() == result.size() < 2^31; labels are below that size or kUnclustered.
// Time n log n.
[[nodiscard]] ClusterScore score_clusters(std::span<const std::uint32_t> truth,
                                          std::span<const std::uint32_t> result);

// How many documents bear each label; unclustered ones are left out.
[[nodiscard]] std::vector<std::uint64_t> cluster_sizes(std::span<const std::uint32_t> labels);

}  // namespace copydesk
