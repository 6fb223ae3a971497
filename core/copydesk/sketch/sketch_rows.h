#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The sketches that are at hand: all of them while they are in memory, else those of the documents
// last loaded. A place is found by counting bits, so that the corpus costs 1.5 bits a document:
// 10,000 sketches of 128 slots out of a million documents take 1.28 MB and 188 kB.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/sketch/packed_sketches.h"

namespace copydesk {

// One object per thread.
class SketchRows {
 public:
  explicit SketchRows(const PackedSketches& sketches) : sketches_(sketches) {}

  // Brings the sketches of `documents` (ascending, distinct) into memory and forgets those loaded
  // before. Does nothing where all are in memory. Throws Error{kCannotRead}.
  // Memory: slots() bytes for each, and 1.5 bits for each document of the corpus.
  void load(std::span<const std::uint32_t> documents);

  // REQUIRES: the document was loaded, or all are in memory. Valid until the next load().
  [[nodiscard]] std::span<const std::uint8_t> row(std::uint32_t document) const {
    if (sketches_.in_memory()) return sketches_.row(document);
    return std::span(rows_).subspan(place_of(document) * slots(), slots());
  }

  // A row that will be asked for soon; does nothing for those loaded.
  void prefetch(std::uint32_t document) const {
    if (sketches_.in_memory()) sketches_.prefetch(document);
  }

  [[nodiscard]] std::size_t slots() const { return sketches_.slots(); }
  [[nodiscard]] bool needs_loading() const { return !sketches_.in_memory(); }

 private:
  [[nodiscard]] std::size_t place_of(std::uint32_t document) const;

  const PackedSketches& sketches_;
  std::vector<std::uint8_t> rows_;
  // A bit for each document that is loaded; the number of those before each word of bits.
  std::vector<std::uint64_t> loaded_;
  std::vector<std::uint32_t> loaded_before_;
  std::vector<std::uint8_t> stretch_;
};

}  // namespace copydesk
