// SPDX-License-Identifier: Apache-2.0
//
// M. Potthast, B. Stein, A. Barrón-Cedeño & P. Rosso, "An evaluation framework for plagiarism
// detection", COLING 2010, macro-averaged. Precision is recall with the sides exchanged.
#include "copydesk/evaluate/passage_score.h"

#include <algorithm>
#include <cmath>

#include "copydesk/evaluate/precision_recall.h"

namespace copydesk {
namespace {

bool overlap(const TextSpan& a, const TextSpan& b) {
  return a.begin < b.end && b.begin < a.end;
}

bool overlap(const AlignedPassage& a, const AlignedPassage& b) {
  return overlap(a.in_copy, b.in_copy) && overlap(a.in_source, b.in_source);
}

bool by_documents(const AlignedPassage& a, const AlignedPassage& b) {
  return a.copy != b.copy ? a.copy < b.copy : a.source < b.source;
}

std::vector<AlignedPassage> sorted_by_documents(std::span<const AlignedPassage> passages) {
  std::vector<AlignedPassage> sorted(passages.begin(), passages.end());
  std::stable_sort(sorted.begin(), sorted.end(), by_documents);
  return sorted;
}

// Characters of `whole` that at least one of `parts` covers. Reorders `parts`.
std::size_t covered(const TextSpan& whole, std::vector<TextSpan>& parts) {
  std::sort(parts.begin(), parts.end(),
            [](const TextSpan& a, const TextSpan& b) { return a.begin < b.begin; });
  std::size_t sum = 0, reached = whole.begin;
  for (const TextSpan& part : parts) {
    const std::size_t begin = std::max(part.begin, reached);
    const std::size_t end = std::min(part.end, whole.end);
    if (begin >= end) continue;
    sum += end - begin;
    reached = end;
  }
  return sum;
}

struct Coverage {
  double recall_sum = 0;          // over `wanted`
  std::uint64_t touched = 0;      // of `wanted`
  std::uint64_t overlapping = 0;  // pairs of wanted and given that overlap
};

// How much of each passage of `wanted` the passages of `given` cover. Both sorted by documents.
Coverage cover(std::span<const AlignedPassage> wanted, std::span<const AlignedPassage> given) {
  Coverage coverage;
  std::vector<TextSpan> copies, sources;
  for (const AlignedPassage& passage : wanted) {
    const auto [begin, end] = std::equal_range(given.begin(), given.end(), passage, by_documents);
    copies.clear();
    sources.clear();
    for (auto other = begin; other != end; ++other) {
      if (!overlap(passage, *other)) continue;
      copies.push_back(other->in_copy);
      sources.push_back(other->in_source);
    }
    if (copies.empty()) continue;
    ++coverage.touched;
    coverage.overlapping += copies.size();
    const std::size_t hit = covered(passage.in_copy, copies) + covered(passage.in_source, sources);
    coverage.recall_sum += static_cast<double>(hit) /
                           static_cast<double>(passage.in_copy.size() + passage.in_source.size());
  }
  return coverage;
}

}  // namespace

PassageScore score_passages(std::span<const AlignedPassage> truth,
                            std::span<const AlignedPassage> result) {
  PassageScore score;
  score.truth = truth.size();
  score.result = result.size();
  if (truth.empty() && result.empty()) {
    score.precision = score.recall = score.f1 = score.plagdet = 1;
    return score;
  }
  if (truth.empty() || result.empty()) return score;

  const std::vector<AlignedPassage> wanted = sorted_by_documents(truth);
  const std::vector<AlignedPassage> given = sorted_by_documents(result);
  const Coverage of_truth = cover(wanted, given);
  score.recall = of_truth.recall_sum / static_cast<double>(truth.size());
  score.precision = cover(given, wanted).recall_sum / static_cast<double>(result.size());
  score.detected = of_truth.touched;
  if (of_truth.touched > 0) {
    score.granularity =
        static_cast<double>(of_truth.overlapping) / static_cast<double>(of_truth.touched);
  }
  score.f1 = f1_of(score.precision, score.recall);
  score.plagdet = score.f1 / std::log2(1 + score.granularity);
  return score;
}

std::vector<AlignedPassage> within_true_pairs(std::span<const AlignedPassage> truth,
                                              std::span<const AlignedPassage> result) {
  const std::vector<AlignedPassage> pairs = sorted_by_documents(truth);
  std::vector<AlignedPassage> kept;
  for (const AlignedPassage& passage : result) {
    if (std::binary_search(pairs.begin(), pairs.end(), passage, by_documents)) {
      kept.push_back(passage);
    }
  }
  return kept;
}

}  // namespace copydesk
