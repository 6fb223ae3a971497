#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Pairs of duplicates found against pairs known to be duplicates: precision, recall and F1, recall
// by kind of edit, and the same seen document by document.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/evaluate/precision_recall.h"

namespace copydesk {

// Documents are numbers from 0. Unordered: (a, b) is (b, a).
struct DocumentPair {
  std::uint32_t a = 0, b = 0;
};

// A pair whose truth is known. `kind` says what was done to the copy; 0 if nothing is known.
struct LabeledPair {
  std::uint32_t a = 0, b = 0;
  std::uint32_t kind = 0;
};

// What a kind of labeled pair stands for.
enum class KindRole : std::uint8_t {
  kRight,    // duplicates, to be found
  kIgnored,  // finding them is neither right nor wrong
  kWrong,    // look-alikes, not to be found: a false positive like any unlabeled pair
};

// The pairs of a result: either a list, or all pairs within clusters, which are never listed (a
// cluster of 50,000 documents holds over 10^9 of them).
class ResultPairs {
 public:
  // Pairs named twice, in either order, count once; a document paired with itself not at all.
  static ResultPairs from_list(std::span<const DocumentPair> pairs);

  // `labels[document]` is the document's cluster; documents beyond the end, and those labeled
  // kUnclustered (cluster_score.h), are alone.
  static ResultPairs from_clusters(std::vector<std::uint32_t> labels);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] bool contains(std::uint32_t a, std::uint32_t b) const;

  // In how many pairs a document takes part.
  [[nodiscard]] std::vector<std::uint32_t> partners(std::size_t documents) const;

 private:
  std::uint64_t size_ = 0;
  std::vector<std::uint64_t> keys_;    // of a list: smaller document << 32 | larger, sorted
  std::vector<std::uint32_t> labels_;  // of clusters
};

struct KindRecall {
  KindRole role = KindRole::kRight;
  std::uint64_t truth = 0, found = 0;   // pairs of this kind, and those of them in the result
  [[nodiscard]] double recall() const;  // found / truth; 1 if there are none
};

struct PairScore {
  OverlapCounts counts;  // without ignored pairs
  PrecisionRecall score;
  std::uint64_t ignored_found = 0;  // pairs of the result that count neither way
  std::vector<KindRecall> kinds;    // by number of kind
};

// `roles[kind]` for every kind that occurs. A pair labeled several times counts once in `counts`,
// under the first role of kRight, kIgnored, kWrong that one of its kinds has, and once for each of
// its kinds in `kinds`. Time n log n in the labeled pairs.
// REQUIRES: every kind < roles.size().
[[nodiscard]] PairScore score_pairs(std::span<const LabeledPair> truth, const ResultPairs& result,
                                    std::span<const KindRole> roles);

// Each document's set of partners taken as one answer, as in the CORE 2020 deduplication benchmark.
struct DocumentScore {
  // A document with true partners is a true positive if all of them were found (and perhaps
  // others), one without is a true negative if none was found; a false negative if it has true
  // partners and none at all was found; everything else is a false positive.
  std::uint64_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;
  double precision_duplicates = 0, recall_duplicates = 0;
  double precision_others = 0, recall_others = 0;
  double macro_precision = 0;  // mean of the two precisions: published elsewhere as "Macro F1"
  double macro_f1 = 0;         // mean of the two F1
  double accuracy = 0;         // documents whose partners are exactly the true ones
};

// Only pairs of role kRight are true; ignored kinds have no place in this measure.
// REQUIRES: every document of either side < documents.
[[nodiscard]] DocumentScore score_documents(std::span<const LabeledPair> truth,
                                            const ResultPairs& result,
                                            std::span<const KindRole> roles, std::size_t documents);

}  // namespace copydesk
