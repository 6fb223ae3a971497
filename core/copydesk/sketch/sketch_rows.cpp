// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/sketch_rows.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace copydesk {

namespace {

// Rows this close together are fetched by one reading, of at most that many bytes.
constexpr std::size_t kClose = 16 * 1024;
constexpr std::size_t kStretch = 512 * 1024;

}  // namespace

void SketchRows::load(std::span<const std::uint32_t> documents) {
  if (!needs_loading()) return;
  const std::size_t slots = sketches_.slots();
  // Not by growing, which would hold the old rows and the new ones.
  if (rows_.capacity() < documents.size() * slots) std::vector<std::uint8_t>().swap(rows_);
  rows_.resize(documents.size() * slots);
  loaded_.assign(sketches_.size() / 64 + 1, 0);
  loaded_before_.resize(loaded_.size());
  for (std::size_t begin = 0, end = 0; begin < documents.size(); begin = end) {
    const std::uint32_t first = documents[begin];
    for (end = begin + 1; end < documents.size(); ++end) {
      assert(documents[end - 1] < documents[end]);
      if ((documents[end] - documents[end - 1]) * slots > kClose) break;
      if ((documents[end] - first + 1) * slots > kStretch) break;
    }
    const std::size_t count = documents[end - 1] - first + 1;
    stretch_.resize(count * slots);
    sketches_.read(first, count, stretch_);
    for (std::size_t i = begin; i < end; ++i) {
      const auto row =
          stretch_.begin() + static_cast<std::ptrdiff_t>((documents[i] - first) * slots);
      std::copy_n(row, slots, rows_.begin() + static_cast<std::ptrdiff_t>(i * slots));
      loaded_[documents[i] / 64] |= std::uint64_t{1} << documents[i] % 64;
    }
  }
  std::uint32_t before = 0;
  for (std::size_t word = 0; word < loaded_.size(); ++word) {
    loaded_before_[word] = before;
    before += static_cast<std::uint32_t>(std::popcount(loaded_[word]));
  }
}

std::size_t SketchRows::place_of(std::uint32_t document) const {
  const std::uint64_t word = loaded_[document / 64];
  const std::uint64_t bit = std::uint64_t{1} << document % 64;
  assert((word & bit) != 0);
  return loaded_before_[document / 64] + static_cast<std::size_t>(std::popcount(word & (bit - 1)));
}

}  // namespace copydesk
