// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/families.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace copydesk {

namespace {

// A document is compared with at most this many others when round-ups are looked for: more of them
// do not make it clearer.
constexpr std::size_t kMostQuoted = 64;
// Two quoted texts that share less of the smaller than this stand in different places of a page.
constexpr double kMostSamePlace = 0.3;

std::uint32_t other_of(const RelatedPair& pair, std::uint32_t document) {
  return pair.pair.a == document ? pair.pair.b : pair.pair.a;
}

double share_of(const RelatedPair& pair, std::uint32_t document) {
  return pair.pair.a == document ? pair.parts.share_a() : pair.parts.share_b();
}

class Grouper {
 public:
  Grouper(std::span<const RelatedPair> pairs, const FamilyOptions& options,
          const RareOverlap& rare_overlap)
      : pairs_(pairs), options_(options), rare_overlap_(rare_overlap), by_document_(pairs) {
    for (const RelatedPair& pair : pairs) {
      documents_.push_back(pair.pair.a);
      documents_.push_back(pair.pair.b);
    }
    std::sort(documents_.begin(), documents_.end());
    documents_.erase(std::unique(documents_.begin(), documents_.end()), documents_.end());
  }

  FamilyGraph group() {
    FamilyGraph graph;
    for (const std::uint32_t document : documents_) {
      if (is_round_up(document)) graph.round_ups.push_back(document);
    }
    form_families(graph);
    add_quotations(graph);
    std::stable_sort(graph.families.begin(), graph.families.end(),
                     [](const Family& x, const Family& y) {
                       return std::make_tuple(y.members.size(), x.members.front()) <
                              std::make_tuple(x.members.size(), y.members.front());
                     });
    return graph;
  }

 private:
  bool is_strong(const RelatedPair& pair) const {
    return !is_hidden(pair.relation) &&
           std::max(pair.parts.share_a(), pair.parts.share_b()) >= options_.minimum_share;
  }

  // The tokens of `document` that it shares in a pair: first and last.
  static std::pair<std::size_t, std::size_t> place_in(std::uint32_t document,
                                                      const RelatedPair& pair) {
    if (pair.pair.a == document) return {pair.begin_a, pair.end_a};
    return {pair.begin_b, pair.end_b};
  }

  // A page that holds two and more texts which stand in different places of it, share nothing with
  // each other, and are about different things. The last is what tells it from a long story of
  // which two outlets printed different halves.
  bool is_round_up(std::uint32_t document) const {
    std::vector<const RelatedPair*> quoted;
    const std::span<const std::uint32_t> indices = by_document_.of(document);
    const auto versions = static_cast<std::uint32_t>(indices.size());
    for (const std::uint32_t index : indices) {
      const RelatedPair& pair = pairs_[index];
      const std::uint32_t other = other_of(pair, document);
      if (is_strong(pair) && share_of(pair, other) >= options_.minimum_share &&
          share_of(pair, document) < 1.0 - options_.minimum_share / 2) {
        quoted.push_back(&pair);
      }
      if (quoted.size() == kMostQuoted) break;
    }
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      const auto [begin, end] = place_in(document, *quoted[i]);
      for (std::size_t j = i + 1; j < quoted.size(); ++j) {
        const auto [other_begin, other_end] = place_in(document, *quoted[j]);
        const std::size_t common_begin = std::max(begin, other_begin);
        const std::size_t common_end = std::min(end, other_end);
        const std::size_t smaller = std::min(end - begin, other_end - other_begin);
        if (common_end > common_begin && static_cast<double>(common_end - common_begin) >
                                             kMostSamePlace * static_cast<double>(smaller)) {
          continue;
        }
        const std::uint32_t x = other_of(*quoted[i], document);
        const std::uint32_t y = other_of(*quoted[j], document);
        if (by_document_.find(x, y) != nullptr) continue;
        if (rare_overlap_(x, y, versions) < options_.same_subject) return true;
      }
    }
    return false;
  }

  // Star clustering: documents that share most with others come first and take what is directly
  // related to them (Aslam, Pelekhov & Rus 2004); then what is related to half of the star.
  void form_families(FamilyGraph& graph) {
    std::vector<std::pair<std::size_t, std::uint32_t>> order;
    for (const std::uint32_t document : documents_) {
      if (std::binary_search(graph.round_ups.begin(), graph.round_ups.end(), document)) {
        family_of_[document] = kRoundUp;
        continue;
      }
      std::size_t matched = 0;
      for (const std::uint32_t index : by_document_.of(document)) {
        if (is_strong(pairs_[index])) matched += pairs_[index].parts.matched;
      }
      if (matched > 0) order.emplace_back(matched, document);
    }
    std::sort(order.begin(), order.end(), [](const auto& x, const auto& y) {
      return std::tie(y.first, x.second) < std::tie(x.first, y.second);
    });
    for (const auto& [matched, center] : order) {
      if (family_of_.contains(center)) continue;
      std::vector<std::uint32_t> members{center};
      for (const std::uint32_t index : by_document_.of(center)) {
        const std::uint32_t other = other_of(pairs_[index], center);
        if (is_strong(pairs_[index]) && !family_of_.contains(other)) members.push_back(other);
      }
      if (members.size() < 2) continue;
      const auto number = static_cast<std::uint32_t>(graph.families.size());
      for (const std::uint32_t member : members) family_of_[member] = number;
      add_relatives(number, members);
      std::sort(members.begin(), members.end());
      graph.families.push_back({std::move(members), {}});
    }
  }

  void add_relatives(std::uint32_t number, std::vector<std::uint32_t>& members) {
    std::unordered_map<std::uint32_t, std::size_t> ties;
    for (const std::uint32_t member : members) {
      for (const std::uint32_t index : by_document_.of(member)) {
        const std::uint32_t other = other_of(pairs_[index], member);
        if (is_strong(pairs_[index]) && !family_of_.contains(other)) ++ties[other];
      }
    }
    const std::size_t star = members.size();
    std::vector<std::uint32_t> joining;
    for (const auto& [document, count] : ties) {
      if (2 * count >= star) joining.push_back(document);
    }
    std::sort(joining.begin(), joining.end());
    for (const std::uint32_t document : joining) {
      family_of_[document] = number;
      members.push_back(document);
    }
  }

  void add_quotations(FamilyGraph& graph) const {
    for (const std::uint32_t round_up : graph.round_ups) {
      std::vector<std::uint32_t> quoted;
      for (const std::uint32_t index : by_document_.of(round_up)) {
        if (!is_strong(pairs_[index])) continue;
        const auto place = family_of_.find(other_of(pairs_[index], round_up));
        if (place != family_of_.end() && place->second != kRoundUp) quoted.push_back(place->second);
      }
      std::sort(quoted.begin(), quoted.end());
      quoted.erase(std::unique(quoted.begin(), quoted.end()), quoted.end());
      for (const std::uint32_t family : quoted) {
        graph.families[family].quoted_by.push_back(round_up);
      }
    }
  }

  static constexpr std::uint32_t kRoundUp = ~std::uint32_t{0};

  std::span<const RelatedPair> pairs_;
  const FamilyOptions& options_;
  const RareOverlap& rare_overlap_;
  PairsByDocument by_document_;
  std::vector<std::uint32_t> documents_;
  std::unordered_map<std::uint32_t, std::uint32_t> family_of_;
};

}  // namespace

FamilyGraph group_families(std::span<const RelatedPair> pairs, const FamilyOptions& options,
                           const RareOverlap& rare_overlap) {
  return Grouper(pairs, options, rare_overlap).group();
}

PairsByDocument::PairsByDocument(std::span<const RelatedPair> pairs) : pairs_(pairs) {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> ends;
  ends.reserve(2 * pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    ends.emplace_back(pairs[i].pair.a, pairs[i].pair.b, index);
    ends.emplace_back(pairs[i].pair.b, pairs[i].pair.a, index);
  }
  std::sort(ends.begin(), ends.end());
  for (const auto& [document, other, index] : ends) {
    if (documents_.empty() || documents_.back() != document) {
      documents_.push_back(document);
      begins_.push_back(indices_.size());
    }
    indices_.push_back(index);
  }
  begins_.push_back(indices_.size());
}

std::span<const std::uint32_t> PairsByDocument::of(std::uint32_t document) const {
  const auto place = std::lower_bound(documents_.begin(), documents_.end(), document);
  if (place == documents_.end() || *place != document) return {};
  const auto i = static_cast<std::size_t>(place - documents_.begin());
  return std::span(indices_).subspan(begins_[i], begins_[i + 1] - begins_[i]);
}

const RelatedPair* PairsByDocument::find(std::uint32_t a, std::uint32_t b) const {
  const std::span<const std::uint32_t> indices = of(a);
  const auto place = std::lower_bound(indices.begin(), indices.end(), b,
                                      [&](std::uint32_t index, std::uint32_t document) {
                                        return other_of(pairs_[index], a) < document;
                                      });
  if (place == indices.end() || other_of(pairs_[*place], a) != b) return nullptr;
  return &pairs_[*place];
}

}  // namespace copydesk
