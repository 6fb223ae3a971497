// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/band_key_table.h"

#include <cassert>
#include <utility>

namespace copydesk {

BandKeyTable::BandKeyTable(std::size_t bands, std::string folder, std::size_t memory_bytes)
    : bands_(bands), open_(bands * kPartDocuments), store_(std::move(folder), memory_bytes) {}

void BandKeyTable::append(std::span<const std::uint64_t> keys) {
  assert(keys.size() == bands_);
  for (std::size_t band = 0; band < bands_; ++band) {
    open_[band * kPartDocuments + open_documents_] = keys[band];
  }
  if (++open_documents_ < kPartDocuments) return;
  store_.append(std::as_bytes(std::span(open_)));
  stored_ += kPartDocuments;
  open_documents_ = 0;
}

std::span<const std::uint64_t> BandKeyTable::read(std::size_t band, std::size_t part,
                                                  std::vector<std::uint64_t>& buffer) const {
  assert(band < bands_ && part < parts());
  if (part * kPartDocuments >= stored_) {
    return std::span(open_).subspan(band * kPartDocuments, open_documents_);
  }
  buffer.resize(kPartDocuments);
  store_.read((part * bands_ + band) * kPartDocuments * sizeof(std::uint64_t),
              std::as_writable_bytes(std::span(buffer)));
  return buffer;
}

}  // namespace copydesk
