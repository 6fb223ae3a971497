// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <span>

#include "copydesk/shingle/shingler.h"

namespace copydesk {
namespace {

// Below this size the comparison sort is faster than counting.
constexpr std::size_t kFewKeys = 64;
constexpr int kMostBits = 12;
// Hashes fall evenly into buckets by their upper bits, so that one distribution leaves a handful in
// each; what is left of lists that are not even is sorted by the next bits.
constexpr int kBucketBits = 2;

void insertion_sort(std::span<std::uint64_t> keys) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const std::uint64_t key = keys[i];
    std::size_t place = i;
    for (; place > 0 && keys[place - 1] > key; --place) keys[place] = keys[place - 1];
    keys[place] = key;
  }
}

// Sorts keys that are equal in the upper 64 - `bits` bits. `other` is of the same size and scratch.
void sort_by_upper_bits(std::span<std::uint64_t> keys, std::span<std::uint64_t> other, int bits) {
  if (keys.size() < kFewKeys) {
    if (keys.size() <= 40) {
      insertion_sort(keys);
    } else {
      std::sort(keys.begin(), keys.end());
    }
    return;
  }
  if (bits == 0) return;
  const int wanted = static_cast<int>(std::bit_width(keys.size())) - kBucketBits;
  const int taken = std::min({wanted, kMostBits, bits});
  const int shift = bits - taken;
  const std::uint64_t bucket_mask = (std::uint64_t{1} << taken) - 1;
  const auto bucket_of = [&](std::uint64_t key) { return key >> shift & bucket_mask; };

  std::array<std::size_t, (std::size_t{1} << kMostBits) + 1> ends;
  const std::size_t buckets = std::size_t{1} << taken;
  std::fill_n(ends.begin(), buckets + 1, std::size_t{0});
  for (const std::uint64_t key : keys) ++ends[bucket_of(key) + 1];
  for (std::size_t i = 0; i < buckets; ++i) ends[i + 1] += ends[i];
  // Each entry moves from the start of its bucket to its end, where the next one starts.
  for (const std::uint64_t key : keys) other[ends[bucket_of(key)]++] = key;
  std::copy(other.begin(), other.end(), keys.begin());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < buckets; ++i) {
    const std::size_t size = ends[i] - begin;
    sort_by_upper_bits(keys.subspan(begin, size), other.subspan(begin, size), shift);
    begin = ends[i];
  }
}

}  // namespace

void make_shingle_set(std::vector<std::uint64_t>& shingles) {
  if (shingles.size() < kFewKeys) {
    std::sort(shingles.begin(), shingles.end());
  } else {
    const auto scratch = std::make_unique_for_overwrite<std::uint64_t[]>(shingles.size());
    sort_by_upper_bits(shingles, {scratch.get(), shingles.size()}, 64);
  }
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
}

}  // namespace copydesk
