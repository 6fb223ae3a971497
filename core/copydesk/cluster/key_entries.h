#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Band keys on their way to where equal ones meet. A corpus that lies on several machines is divided by
// documents; documents that share a band key are found where it is divided by ranges of keys. On either
// side a list of those that share a key becomes a star: edges between the first of them and each other,
// so that a key of a million documents costs a million edges, and what travels of it is one entry of
// each part of the corpus.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/cluster/edge_forest.h"

namespace copydesk {

// What counts of a band key: as in lsh/band_key_table.h.
inline constexpr int kBandKeyBits = 40;
inline constexpr std::size_t kBandKeyBytes = kBandKeyBits / 8;

// The keys of some documents of one part of the corpus. The number of a document is that of its part,
// shifted by 32 bits, and its place in the part. Not thread-safe.
class KeyEntries {
 public:
  explicit KeyEntries(std::size_t bands) : bands_(bands) {}

  // Appends documents `first`, `first` + 1, ..., whose keys stand document after document; the lower 40
  // bits count. REQUIRES: keys.size() is a multiple of bands; all documents are of one part, and
  // ascending from call to call; fewer than 2^32 - 1 of them.
  void add(std::uint64_t first, std::span<const std::uint64_t> keys);

  [[nodiscard]] std::size_t documents() const { return places_.size(); }

  // By range of keys, `ranges` of equal width: the entries, of which there is one for each band and key,
  // the first document that has it; and the stars of the documents added that share a key. Forgets them
  // all. REQUIRES: 1 <= ranges <= 2^20.
  struct Ranged {
    std::vector<std::string> entries;  // by range; empty where there are none
    std::vector<Edge> stars;
  };
  [[nodiscard]] Ranged take(std::size_t ranges);

 private:
  std::size_t bands_;
  std::uint64_t part_ = 0;
  std::vector<std::uint32_t> places_;
  std::vector<std::uint64_t> keys_;
};

// Of entries of one range (or of several) from all parts of the corpus: the stars of the documents that
// share a key. Memory: 32 bytes for each entry of one band, and those of the stars. Not thread-safe.
class KeyJoin {
 public:
  // What KeyEntries gave; `entries` must outlive the join. Throws Error{kCorruptFile} if it is
  // something else.
  void add(std::string_view entries);

  // The stars of all that was added. The order of calls makes no difference.
  [[nodiscard]] std::vector<Edge> stars() const;

 private:
  // The entries of one band.
  struct Column {
    std::uint64_t part;
    std::string_view entries;
  };
  std::vector<std::vector<Column>> bands_;
};

}  // namespace copydesk
