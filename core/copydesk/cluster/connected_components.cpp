#include "copydesk/cluster/connected_components.h"

#include "copydesk/cluster/union_find.h"

namespace copydesk {

ClusterList connected_components(std::span<const std::uint32_t> representatives,
                                 std::span<const ScoredPair> pairs) {
  return connected_components_of(representatives, [pairs](const auto& take) { take(pairs); });
}

ClusterList connected_components_of(std::span<const std::uint32_t> representatives,
                                    const PairSource& pairs) {
  const auto count = static_cast<std::uint32_t>(representatives.size());
  UnionFind sets(count);
  for (std::uint32_t document = 0; document < count; ++document) {
    sets.unite(document, representatives[document]);
  }
  pairs([&](std::span<const ScoredPair> part) {
    for (const ScoredPair& pair : part) sets.unite(pair.a, pair.b);
  });

  // Counting sort by root; roots are smallest members, so clusters come out in the right order.
  std::vector<std::uint32_t> sizes(count);
  for (std::uint32_t document = 0; document < count; ++document) ++sizes[sets.find(document)];
  ClusterList clusters;
  std::vector<std::size_t> places(count);
  std::size_t total = 0;
  for (std::uint32_t root = 0; root < count; ++root) {
    if (sizes[root] < 2) continue;
    places[root] = total;
    clusters.starts.push_back(total);
    total += sizes[root];
  }
  if (!clusters.starts.empty()) clusters.starts.push_back(total);
  clusters.members.resize(total);
  for (std::uint32_t document = 0; document < count; ++document) {
    const std::uint32_t root = sets.find(document);
    if (sizes[root] >= 2) clusters.members[places[root]++] = document;
  }
  return clusters;
}

}  // namespace copydesk
