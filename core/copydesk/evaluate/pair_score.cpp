// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/pair_score.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "copydesk/evaluate/cluster_score.h"

namespace copydesk {
namespace {

std::uint64_t key_of(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::uint64_t>(std::min(a, b)) << 32 | std::max(a, b);
}

struct KeyedPair {
  std::uint64_t key = 0;
  std::uint32_t kind = 0;
  friend auto operator<=>(const KeyedPair&, const KeyedPair&) = default;
};

// Sorted, each pair once for each of its kinds, pairs of a document with itself left out.
std::vector<KeyedPair> keyed(std::span<const LabeledPair> truth) {
  std::vector<KeyedPair> pairs;
  pairs.reserve(truth.size());
  for (const LabeledPair& pair : truth) {
    if (pair.a != pair.b) pairs.push_back({key_of(pair.a, pair.b), pair.kind});
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

// Calls visit(a, b, role, kinds) for every pair, once.
template <typename Visit>
void for_each_pair(std::span<const KeyedPair> pairs, std::span<const KindRole> roles,
                   const Visit& visit) {
  for (std::size_t begin = 0; begin < pairs.size();) {
    std::size_t end = begin;
    KindRole role = KindRole::kWrong;
    for (; end < pairs.size() && pairs[end].key == pairs[begin].key; ++end) {
      assert(pairs[end].kind < roles.size());
      role = std::min(role, roles[pairs[end].kind]);
    }
    visit(static_cast<std::uint32_t>(pairs[begin].key >> 32),
          static_cast<std::uint32_t>(pairs[begin].key), role, pairs.subspan(begin, end - begin));
    begin = end;
  }
}

double ratio(std::uint64_t part, std::uint64_t rest) {
  return part + rest == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(part + rest);
}

}  // namespace

ResultPairs ResultPairs::from_list(std::span<const DocumentPair> pairs) {
  ResultPairs result;
  result.keys_.reserve(pairs.size());
  for (const DocumentPair& pair : pairs) {
    if (pair.a != pair.b) result.keys_.push_back(key_of(pair.a, pair.b));
  }
  std::sort(result.keys_.begin(), result.keys_.end());
  result.keys_.erase(std::unique(result.keys_.begin(), result.keys_.end()), result.keys_.end());
  result.size_ = result.keys_.size();
  return result;
}

ResultPairs ResultPairs::from_clusters(std::vector<std::uint32_t> labels) {
  ResultPairs result;
  result.labels_ = std::move(labels);
  for (const std::uint64_t size : cluster_sizes(result.labels_)) {
    result.size_ += size == 0 ? 0 : size * (size - 1) / 2;
  }
  return result;
}

bool ResultPairs::contains(std::uint32_t a, std::uint32_t b) const {
  if (a == b) return false;
  if (labels_.empty()) return std::binary_search(keys_.begin(), keys_.end(), key_of(a, b));
  return a < labels_.size() && b < labels_.size() && labels_[a] == labels_[b] &&
         labels_[a] != kUnclustered;
}

std::vector<std::uint32_t> ResultPairs::partners(std::size_t documents) const {
  std::vector<std::uint32_t> partners(documents, 0);
  for (const std::uint64_t key : keys_) {
    ++partners[key >> 32];
    ++partners[key & 0xFFFFFFFF];
  }
  const std::vector<std::uint64_t> sizes = cluster_sizes(labels_);
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] != kUnclustered) {
      partners[i] = static_cast<std::uint32_t>(sizes[labels_[i]] - 1);
    }
  }
  return partners;
}

double KindRecall::recall() const {
  return truth == 0 ? 1.0 : static_cast<double>(found) / static_cast<double>(truth);
}

PairScore score_pairs(std::span<const LabeledPair> truth, const ResultPairs& result,
                      std::span<const KindRole> roles) {
  PairScore score;
  score.kinds.resize(roles.size());
  for (std::size_t i = 0; i < roles.size(); ++i) score.kinds[i].role = roles[i];

  for_each_pair(keyed(truth), roles,
                [&](std::uint32_t a, std::uint32_t b, KindRole role, auto kinds) {
                  const std::uint64_t found = result.contains(a, b) ? 1 : 0;
                  for (const KeyedPair& pair : kinds) {
                    ++score.kinds[pair.kind].truth;
                    score.kinds[pair.kind].found += found;
                  }
                  if (role == KindRole::kRight) {
                    ++score.counts.truth;
                    score.counts.shared += found;
                  } else if (role == KindRole::kIgnored) {
                    score.ignored_found += found;
                  }
                });
  score.counts.result = result.size() - score.ignored_found;
  score.score = precision_recall(score.counts);
  return score;
}

DocumentScore score_documents(std::span<const LabeledPair> truth, const ResultPairs& result,
                              std::span<const KindRole> roles, std::size_t documents) {
  std::vector<std::uint32_t> wanted(documents, 0), found(documents, 0);
  for_each_pair(keyed(truth), roles, [&](std::uint32_t a, std::uint32_t b, KindRole role, auto) {
    if (role != KindRole::kRight) return;
    const std::uint32_t hit = result.contains(a, b) ? 1 : 0;
    for (const std::uint32_t document : {a, b}) {
      ++wanted[document];
      found[document] += hit;
    }
  });
  const std::vector<std::uint32_t> answered = result.partners(documents);

  DocumentScore score;
  std::uint64_t exact = 0;
  for (std::size_t i = 0; i < documents; ++i) {
    const bool complete = found[i] == wanted[i];
    if (answered[i] == 0) {
      ++(wanted[i] == 0 ? score.true_negatives : score.false_negatives);
    } else {
      ++(wanted[i] > 0 && complete ? score.true_positives : score.false_positives);
    }
    if (complete && answered[i] == wanted[i]) ++exact;
  }
  const auto set_class = [&](std::uint64_t right, std::uint64_t wrongly_in, std::uint64_t missed,
                             double& precision, double& recall) {
    // As everywhere: where there is nothing to find and nothing was found, all is right.
    const bool is_empty = right + wrongly_in + missed == 0;
    precision = is_empty ? 1.0 : ratio(right, wrongly_in);
    recall = is_empty ? 1.0 : ratio(right, missed);
  };
  set_class(score.true_positives, score.false_positives, score.false_negatives,
            score.precision_duplicates, score.recall_duplicates);
  set_class(score.true_negatives, score.false_negatives, score.false_positives,
            score.precision_others, score.recall_others);
  score.macro_precision = (score.precision_duplicates + score.precision_others) / 2;
  score.macro_f1 = (f1_of(score.precision_duplicates, score.recall_duplicates) +
                    f1_of(score.precision_others, score.recall_others)) /
                   2;
  score.accuracy = documents == 0 ? 1.0 : ratio(exact, documents - exact);
  return score;
}

}  // namespace copydesk
