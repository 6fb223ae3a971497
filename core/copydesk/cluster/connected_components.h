#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Scored pairs to clusters: the connected components of the graph of verified pairs and equal
// texts. A cluster says which documents hang together; it removes nothing. Decisions are taken pair
// by pair (decide/decider.h), because similarity is not transitive. With the pairs {0, 1} and {1,
// 2}, documents 0, 1 and 2 are one cluster, although 0 and 2 may have little in common.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/verify/pair_source.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// Clusters of two and more documents, as one flat list.
struct ClusterList {
  std::vector<std::uint32_t> members;  // of all clusters, one after the other, ascending within each
  std::vector<std::size_t> starts;     // cluster i is members[starts[i], starts[i + 1])

  [[nodiscard]] std::size_t size() const { return starts.empty() ? 0 : starts.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> cluster(std::size_t index) const {
    return std::span(members).subspan(starts[index], starts[index + 1] - starts[index]);
  }
};

// `representatives[d]` is the document that stands for all documents with the text of d (d itself if
// it is the one); `pairs` connect representatives. Clusters come in the order of their smallest
// member. Their composition does not depend on the order of documents or pairs.
[[nodiscard]] ClusterList connected_components(std::span<const std::uint32_t> representatives,
                                               std::span<const ScoredPair> pairs);
// The same for pairs that need not be in memory.
[[nodiscard]] ClusterList connected_components_of(std::span<const std::uint32_t> representatives,
                                                  const PairSource& pairs);

}  // namespace copydesk
