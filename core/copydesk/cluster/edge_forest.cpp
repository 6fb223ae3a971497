// SPDX-License-Identifier: Apache-2.0
#include "copydesk/cluster/edge_forest.h"

#include <algorithm>
#include <limits>

#include "copydesk/cluster/union_find.h"
#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr std::size_t kLeastHeld = std::size_t{1} << 16;

}  // namespace

void EdgeForest::add(std::span<const Edge> edges) {
  while (!edges.empty()) {
    if (reduce_at_ == 0) reduce_at_ = kLeastHeld;
    const std::size_t count = std::min(edges.size(), reduce_at_ - edges_.size());
    for (const Edge& edge : edges.first(count)) {
      const auto [first, document] = std::minmax(edge.first, edge.document);
      edges_.push_back({first, document});
    }
    edges = edges.subspan(count);
    if (edges_.size() < reduce_at_) return;
    reduce();
    reduce_at_ = std::max(kLeastHeld, 2 * edges_.size());
  }
}

std::span<const Edge> EdgeForest::stars() {
  if (reduced_ < edges_.size()) reduce();
  return edges_;
}

// Union-find over the places of the documents in a sorted list of them: in it the root of a set is the
// smallest place, and with it the smallest number.
void EdgeForest::reduce() {
  std::vector<std::uint64_t> documents;
  documents.reserve(2 * edges_.size());
  for (const Edge& edge : edges_) {
    documents.push_back(edge.first);
    documents.push_back(edge.document);
  }
  std::sort(documents.begin(), documents.end());
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  if (documents.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::kLimitExceeded, "more than 4,294,967,294 documents hang together with others");
  }
  const auto place_of = [&](std::uint64_t document) {
    const auto found = std::lower_bound(documents.begin(), documents.end(), document);
    return static_cast<std::uint32_t>(found - documents.begin());
  };
  UnionFind sets(static_cast<std::uint32_t>(documents.size()));
  for (const Edge& edge : edges_) sets.unite(place_of(edge.first), place_of(edge.document));
  edges_.clear();
  for (std::uint32_t place = 0; place < sets.size(); ++place) {
    const std::uint32_t root = sets.find(place);
    if (root != place) edges_.push_back({documents[root], documents[place]});
  }
  reduced_ = edges_.size();
}

}  // namespace copydesk
