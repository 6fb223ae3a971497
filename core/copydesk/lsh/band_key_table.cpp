// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/band_key_table.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace copydesk {

BandKeyTable::BandKeyTable(std::size_t bands, std::string folder, std::size_t memory_bytes)
    : bands_(bands), open_(bands * kPartDocuments), store_(std::move(folder), memory_bytes) {}

// Band by band, because the same place of all bands is in the same set of every cache: a document
// at a time would miss them all.
void BandKeyTable::append(std::span<const std::uint64_t> keys) {
  assert(keys.size() % bands_ == 0);
  while (!keys.empty()) {
    const std::size_t documents = std::min(keys.size() / bands_, kPartDocuments - open_documents_);
    for (std::size_t band = 0; band < bands_; ++band) {
      std::uint64_t* const out = open_.data() + band * kPartDocuments + open_documents_;
      for (std::size_t i = 0; i < documents; ++i) out[i] = keys[i * bands_ + band];
    }
    keys = keys.subspan(documents * bands_);
    open_documents_ += documents;
    if (open_documents_ < kPartDocuments) return;
    store_.append(std::as_bytes(std::span(open_)));
    stored_ += kPartDocuments;
    open_documents_ = 0;
  }
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
