#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/spill_buffer.h"

namespace copydesk {

// The band keys of all documents, read band by band. Documents are stored in parts, and within a
// part band after band, so that both appending and reading one band move through long stretches of
// the file that the keys go to beyond a bound. 8 bytes for each document and band.
class BandKeyTable {
 public:
  static constexpr std::size_t kPartDocuments = 8192;

  // `folder` as for TemporaryFile.
  explicit BandKeyTable(std::size_t bands, std::string folder = {},
                        std::size_t memory_bytes = std::numeric_limits<std::size_t>::max());

  // Appends documents, whose keys stand document after document. REQUIRES: keys.size() is a
  // multiple of bands(). Throws Error{kCannotWrite}.
  void append(std::span<const std::uint64_t> keys);

  [[nodiscard]] std::size_t bands() const { return bands_; }
  [[nodiscard]] std::size_t size() const { return stored_ + open_documents_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return store_.bytes_on_disk(); }

  [[nodiscard]] std::size_t parts() const { return (size() + kPartDocuments - 1) / kPartDocuments; }
  // The keys of one band for documents [part * kPartDocuments, ...), all of the part; valid until
  // `buffer` is used again. Throws Error{kCannotRead}. Safe to call from several threads while
  // nothing is appended.
  [[nodiscard]] std::span<const std::uint64_t> read(std::size_t band, std::size_t part,
                                                    std::vector<std::uint64_t>& buffer) const;

 private:
  std::size_t bands_;
  std::size_t stored_ = 0;  // documents in the store, a multiple of kPartDocuments
  std::size_t open_documents_ = 0;
  std::vector<std::uint64_t> open_;  // the part being filled, band after band
  SpillBuffer store_;
};

}  // namespace copydesk
