// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <span>

#include "copydesk/shingle/shingler.h"

namespace copydesk {
namespace {

using Keys = std::span<std::uint64_t>;

// Below this size moving keys one by one is faster than counting them.
constexpr std::size_t kFewKeys = 12;
// Lists of at most this size are put in order by one distribution; longer ones are cut into such.
constexpr std::size_t kManyKeys = 4096;
// Moves for each key, from which on the upper bits tell the keys apart too badly.
constexpr std::size_t kMostMoves = 4;

// False, with the keys in some order, if it takes more than `most_moves` moves.
bool insertion_sort(Keys keys, std::size_t most_moves) {
  std::size_t moves = 0;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const std::uint64_t key = keys[i];
    if (keys[i - 1] <= key) continue;
    std::size_t place = i;
    for (; place > 0 && keys[place - 1] > key; --place) keys[place] = keys[place - 1];
    keys[place] = key;
    moves += i - place;
    if (moves > most_moves) return false;
  }
  return true;
}

// Distributes `keys` to `sorted` by `taken` of their bits from `shift` on. `ends` has room for 2^taken
// entries and receives the end of each bucket.
template <class Count>
void distribute(Keys keys, Keys sorted, int shift, int taken, Count* ends) {
  const std::size_t buckets = std::size_t{1} << taken;
  const std::uint64_t bucket_mask = buckets - 1;
  std::fill_n(ends, buckets, Count{0});
  for (const std::uint64_t key : keys) ++ends[key >> shift & bucket_mask];
  std::size_t before = 0;
  for (std::size_t i = 0; i < buckets; ++i) {
    const std::size_t count = ends[i];
    ends[i] = static_cast<Count>(before);
    before += count;
  }
  // Each entry moves from the start of its bucket to its end.
  for (const std::uint64_t key : keys) sorted[ends[key >> shift & bucket_mask]++] = key;
}

// Sorts keys that are equal in the upper 64 - `bits` bits into `sorted`, which is of the same size.
// Hashes fall evenly by their upper bits: with twice as many buckets as keys, most stand where they
// belong, and few of the comparisons that remain come out otherwise than the processor expects.
void sort_by_upper_bits(Keys keys, Keys sorted, int bits) {
  const std::size_t size = keys.size();
  const int width = static_cast<int>(std::bit_width(size));
  if (size < kFewKeys || bits == 0) {
    std::copy(keys.begin(), keys.end(), sorted.begin());
    insertion_sort(sorted, size * size);
  } else if (size <= kManyKeys) {
    std::array<std::uint16_t, 4 * kManyKeys> ends;
    const int taken = std::min(width + 1, bits);
    distribute(keys, sorted, bits - taken, taken, ends.data());
    if (!insertion_sort(sorted, kMostMoves * size)) std::sort(sorted.begin(), sorted.end());
  } else {
    constexpr int kMostTaken = 12;
    std::array<std::size_t, std::size_t{1} << kMostTaken> ends;
    const int taken =
        std::min({width - static_cast<int>(std::bit_width(kManyKeys)) + 2, kMostTaken, bits});
    distribute(keys, sorted, bits - taken, taken, ends.data());
    std::size_t begin = 0;
    for (std::size_t i = 0; i < std::size_t{1} << taken; ++i) {
      const Keys part = sorted.subspan(begin, ends[i] - begin);
      const Keys free = keys.subspan(begin, part.size());
      sort_by_upper_bits(part, free, bits - taken);
      std::copy(free.begin(), free.end(), part.begin());
      begin = ends[i];
    }
  }
}

}  // namespace

void make_shingle_set(std::vector<std::uint64_t>& shingles) {
  const std::size_t size = shingles.size();
  const auto sorted = std::make_unique_for_overwrite<std::uint64_t[]>(size);
  sort_by_upper_bits(shingles, {sorted.get(), size}, 64);
  shingles.resize(static_cast<std::size_t>(
      std::unique_copy(sorted.get(), sorted.get() + size, shingles.begin()) - shingles.begin()));
}

}  // namespace copydesk
