#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The other side of dedup --index: of an index of any size the few documents that have a key in common
// with the corpus, as if they had been read in front of it. They are numbered behind those of the corpus,
// those that were kept before those that were removed when they came.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/sketch_pass.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/shingle_set_store.h"

namespace copydesk {

class IndexSide {
 public:
  // Keeps a reference. Chooses documents for a corpus that was scanned by the parameters of the index,
  // and appends them to it. Memory: 12 bytes for each document of the corpus, a bit for each of the index,
  // and about 200 bytes and a sketch for each that is chosen. Throws Error{kCorruptFile}, Cancelled.
  IndexSide(const IndexReader& index, const ScanOptions& scan, std::size_t threads,
            const RunControl& control, ScannedCorpus& corpus);

  [[nodiscard]] const IndexReader& index() const { return index_; }
  // Of the corpus; from it on documents are those of the index.
  [[nodiscard]] std::uint32_t first() const { return first_; }
  [[nodiscard]] std::size_t size() const { return chosen_.size(); }
  // By document - first(): was removed when it came, and is not kept.
  [[nodiscard]] const std::vector<bool>& is_removed() const { return is_removed_; }
  // In the index. REQUIRES: a document of it.
  [[nodiscard]] std::uint32_t number_of(std::uint32_t document) const {
    return chosen_[document - first_].number;
  }
  // Why those were removed, as it was verified then: by (a, b).
  [[nodiscard]] std::span<const ScoredPair> known_pairs() const { return known_pairs_; }

  // Adds the sets of those that are wanted, with their tokens where the index keeps texts. REQUIRES: those
  // of the corpus have been added.
  void add_sets(const std::vector<bool>& wanted, bool with_tokens, ShingleSetStore& sets) const;

 private:
  struct Chosen {
    std::uint32_t number = 0;
    IndexReader::Place place;
  };
  // By segment, its documents.
  [[nodiscard]] std::vector<std::vector<bool>> find(const ScannedCorpus& corpus) const;
  void choose(const std::vector<std::vector<bool>>& found);
  void append_to(ScannedCorpus& corpus);

  const IndexReader& index_;
  const ScanOptions& scan_;
  std::size_t threads_;
  const RunControl& control_;
  std::uint32_t first_;
  std::vector<Chosen> chosen_;
  std::vector<bool> is_removed_;
  std::vector<ScoredPair> known_pairs_;
};

}  // namespace copydesk
