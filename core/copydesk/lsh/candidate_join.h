#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Band keys to candidate pairs, by sorting (band key, document): no hash maps, one band at a time.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/lsh/bucket_pairs.h"

namespace copydesk {

// The keys of all documents, one column per band.
class BandKeyTable {
 public:
  explicit BandKeyTable(std::size_t bands) : columns_(bands) {}

  // Appends one document. REQUIRES: keys.size() == bands().
  void append(std::span<const std::uint64_t> keys) {
    for (std::size_t band = 0; band < columns_.size(); ++band) columns_[band].push_back(keys[band]);
  }

  [[nodiscard]] std::size_t bands() const { return columns_.size(); }
  [[nodiscard]] std::span<const std::uint64_t> column(std::size_t band) const {
    return columns_[band];
  }
  // Gives the memory of a column back once it has been joined.
  void drop_column(std::size_t band) { std::vector<std::uint64_t>().swap(columns_[band]); }

 private:
  std::vector<std::vector<std::uint64_t>> columns_;
};

// Appends the candidate pairs of one band to `pairs` (which may then hold a pair more than once):
// sorts the listed documents by their key in `column` and hands every run of equal keys to
// `buckets`. `first_row` is where the band's rows begin in a sketch.
// Memory: 16 bytes a document while it runs.
void join_band(std::span<const std::uint64_t> column, std::span<const std::uint32_t> documents,
               std::size_t first_row, BucketPairs& buckets, std::vector<CandidatePair>& pairs);

// Sorts and removes repeats: the pairs that several bands found become one.
void merge_pairs(std::vector<CandidatePair>& pairs);

}  // namespace copydesk
