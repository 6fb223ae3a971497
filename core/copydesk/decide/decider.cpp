#include "copydesk/decide/decider.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace copydesk {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// A verified pair seen from one of its documents.
struct Edge {
  std::uint32_t from;
  std::uint32_t to;
  Overlap overlap;  // a is from, b is to
};

std::vector<Edge> both_directions(std::span<const ScoredPair> pairs) {
  std::vector<Edge> edges;
  edges.reserve(2 * pairs.size());
  for (const ScoredPair& pair : pairs) {
    edges.push_back({pair.a, pair.b, pair.overlap});
    edges.push_back({pair.b, pair.a, pair.overlap.swapped()});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& x, const Edge& y) {
    return std::tie(x.from, x.to) < std::tie(y.from, y.to);
  });
  return edges;
}

}  // namespace

std::string_view to_string(RemovalRule rule) {
  switch (rule) {
    case RemovalRule::kExact: return "exact";
    case RemovalRule::kNearDuplicate: return "near_duplicate";
    case RemovalRule::kContained: return "contained";
  }
  return {};
}

DecisionList decide(std::span<const std::uint32_t> representatives,
                    std::span<const std::uint32_t> ranks, std::span<const ScoredPair> pairs,
                    const DecideOptions& options) {
  const std::size_t count = representatives.size();
  const std::vector<Edge> edges = both_directions(pairs);

  // Only documents with edges need a visit; all other representatives are kept.
  struct Visit {
    std::uint32_t size;  // of the shingle set, where the containment rule wants the longest first
    std::uint32_t rank;
    std::uint32_t document;
    std::size_t first_edge;
  };
  std::vector<Visit> visits;
  for (std::size_t edge = 0; edge < edges.size(); ++edge) {
    const std::uint32_t document = edges[edge].from;
    if (edge > 0 && edges[edge - 1].from == document) continue;
    const std::uint32_t size = options.containment > 0.0 ? edges[edge].overlap.size_a : 0;
    visits.push_back({size, ranks[document], document, edge});
  }
  std::sort(visits.begin(), visits.end(), [](const Visit& x, const Visit& y) {
    return x.size != y.size ? x.size > y.size : x.rank < y.rank;
  });

  constexpr std::size_t kNotRemoved = std::numeric_limits<std::size_t>::max();
  std::vector<std::uint32_t> order(count, kNone);  // of the visit, for documents kept so far
  std::vector<std::size_t> removed_by(count, kNotRemoved);  // index of the edge
  for (std::uint32_t place = 0; place < visits.size(); ++place) {
    const Visit& visit = visits[place];
    std::uint32_t best_order = kNone;
    for (std::size_t i = visit.first_edge; i < edges.size() && edges[i].from == visit.document;
         ++i) {
      const Edge& edge = edges[i];
      const bool applies =
          edge.overlap.jaccard() >= options.jaccard ||
          (options.containment > 0.0 && edge.overlap.containment_a() >= options.containment);
      if (applies && order[edge.to] < best_order) {
        best_order = order[edge.to];
        removed_by[visit.document] = i;
      }
    }
    if (best_order == kNone) order[visit.document] = place;
  }

  DecisionList decisions;
  decisions.kept_for.resize(count);
  for (std::uint32_t document = 0; document < count; ++document) {
    const std::uint32_t representative = representatives[document];
    const std::size_t by = removed_by[representative];
    if (by == kNotRemoved) {
      decisions.kept_for[document] = representative;
      if (document != representative) {
        decisions.removed.push_back({document, representative, RemovalRule::kExact, {}});
      }
      continue;
    }
    const Edge& edge = edges[by];
    const RemovalRule rule = edge.overlap.jaccard() >= options.jaccard
                                 ? RemovalRule::kNearDuplicate
                                 : RemovalRule::kContained;
    decisions.kept_for[document] = edge.to;
    decisions.removed.push_back({document, edge.to, rule, edge.overlap});
  }
  return decisions;
}

}  // namespace copydesk
