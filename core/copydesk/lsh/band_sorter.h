#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The documents of a band by key. Keys are uniformly distributed, so their first bits divide a band
// into small parts: one pass brings every document into its part, and each part is then sorted in
// the nearest caches. An entry needs only what the part does not tell of its key: 8 bytes for a key
// and a document. A million documents make 1,024 parts of about 980; of keys of 40 bits, the part
// tells ten and the entry holds the other 30.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/lsh/band_key_table.h"
#include "copydesk/stream/large_buffer.h"

namespace copydesk {

// Of a key 40 bits count, whatever the number of documents and of parts that are loaded at a time:
// whether two documents share one depends on these two alone. One object per thread.
class BandSorter {
 public:
  // An entry: bits of the key above the document.
  using Entry = std::uint64_t;
  static constexpr std::uint32_t document_of(Entry entry) {
    return static_cast<std::uint32_t>(entry);
  }
  static constexpr std::uint32_t key_of(Entry entry) {
    return static_cast<std::uint32_t>(entry >> 32);
  }

  // `documents`, ascending, are those to sort.
  BandSorter(const BandKeyTable& keys, std::span<const std::uint32_t> documents);

  [[nodiscard]] std::size_t documents() const { return documents_.size(); }
  [[nodiscard]] std::size_t parts() const { return std::size_t{1} << part_bits_; }
  // Brings together the entries of parts [first, first + count) of a band. Throws
  // Error{kCannotRead}.
  void load(std::size_t band, std::size_t first, std::size_t count);
  // The entries of part `index` of those loaded, sorted. Valid until the next call.
  [[nodiscard]] std::span<const Entry> sorted_part(std::size_t index);

 private:
  template <class Take>
  void for_each(std::size_t band, Take&& take);

  const BandKeyTable& keys_;
  std::span<const std::uint32_t> documents_;
  std::size_t part_bits_;
  std::size_t entry_bits_;  // of a key, in an entry
  std::vector<std::uint32_t> starts_;
  LargeBuffer<Entry> entries_;
  BandKeyTable::ReadBuffer column_;
  std::vector<std::uint32_t> ends_;  // of the groups of a part
  std::vector<Entry> sorted_;
};

}  // namespace copydesk
