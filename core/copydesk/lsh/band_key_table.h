#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The band keys of all documents, read band by band. Documents are stored in parts, and within a
// part band after band, so that both appending and reading one band move through long stretches of
// the file that the keys go to beyond a bound. A key takes 5 or 8 bytes: 16 bands of a million
// documents take 80 MB with keys of 40 bits.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/spill_buffer.h"

namespace copydesk {

// What is kept of each key. 40 bits are enough for band keys: among 100 million documents 4,500
// pairs share a band by chance, and the comparison of their sketches drops them. Fingerprints of
// SimHash, which are kept here, too, need all of their words.
enum class KeyWidth : std::size_t { k40 = 40, k64 = 64 };

// Documents are numbered in the order in which they are appended.
class BandKeyTable {
 public:
  static constexpr std::size_t kPartDocuments = 8192;

  // `folder` as for TemporaryFile.
  BandKeyTable(std::size_t bands, KeyWidth width, std::string folder = {},
               std::size_t memory_bytes = std::numeric_limits<std::size_t>::max());

  // Appends documents, whose keys stand document after document; of each the lower bits are kept.
  // REQUIRES: keys.size() is a multiple of bands(). Throws Error{kCannotWrite}.
  void append(std::span<const std::uint64_t> keys);

  [[nodiscard]] std::size_t bands() const { return bands_; }
  [[nodiscard]] std::size_t key_bits() const { return static_cast<std::size_t>(width_); }
  [[nodiscard]] std::size_t size() const { return stored_ + open_documents_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return store_.bytes_on_disk(); }

  [[nodiscard]] std::size_t parts() const { return (size() + kPartDocuments - 1) / kPartDocuments; }
  struct ReadBuffer {
    std::vector<std::byte> column;
    std::vector<std::uint64_t> keys;
  };
  // The keys of one band for documents [part * kPartDocuments, ...), all of the part; valid until
  // `buffer` is used again. Throws Error{kCannotRead}. Safe to call from several threads while
  // nothing is appended.
  [[nodiscard]] std::span<const std::uint64_t> read(std::size_t band, std::size_t part,
                                                    ReadBuffer& buffer) const;

 private:
  [[nodiscard]] std::size_t column_bytes() const { return kPartDocuments * key_bits() / 8; }

  std::size_t bands_;
  KeyWidth width_;
  std::size_t stored_ = 0;  // documents in the store, a multiple of kPartDocuments
  std::size_t open_documents_ = 0;
  // The part being filled: a column for each band, the lower 32 bits of all its documents and then
  // the others.
  std::vector<std::byte> open_;
  SpillBuffer store_;
};

}  // namespace copydesk
