// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/hamming_pairs.h"

#include <algorithm>
#include <cassert>

// The instruction set beyond AVX-512's first has a population count of vectors.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/hamming_pairs.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// A comparison is three instructions, a load a fourth: so every loaded vector meets four queries.
// Near pairs are rare, so only the least distance of four queries to 32 fingerprints is looked at,
// with one branch; the blocks that hold a near pair are compared once more, pair by pair.
HWY_BEFORE_NAMESPACE();
namespace copydesk::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes64 = hn::ScalableTag<std::uint64_t>;
using Vector64 = hn::Vec<Lanes64>;

constexpr std::size_t kQueries = 4;
constexpr std::size_t kBlock = 32;  // a multiple of the lanes of every instruction set
static_assert(kBlock % hn::MaxLanes(Lanes64()) == 0);

std::size_t distance_of(std::uint64_t x, std::uint64_t y) {
  return hwy::PopCount(x ^ y);
}
std::size_t distance_of(const Fingerprint128& x, const Fingerprint128& y) {
  return hwy::PopCount(x.low ^ y.low) + hwy::PopCount(x.high ^ y.high);
}

#if HWY_TARGET != HWY_SCALAR

// Without an instruction for whole words, bytes are counted and then added up by one instruction
// where there is one; Highway's own count adds in three steps.
HWY_INLINE Vector64 count_bits(Vector64 x) {
#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_SSSE3
  const hn::Repartition<std::uint8_t, Lanes64> d8;
  return hn::SumsOf8(hn::PopulationCount(hn::BitCast(d8, x)));
#else
  return hn::PopulationCount(x);
#endif
}

HWY_INLINE Vector64 broadcast(std::uint64_t query) {
  return hn::Set(Lanes64(), query);
}

// Distances of as many fingerprints as there are lanes, beginning at `from`.
HWY_INLINE Vector64 distances(Vector64 query, const std::uint64_t* from) {
  return count_bits(hn::Xor(hn::LoadU(Lanes64(), from), query));
}

// Fingerprints of 128 bits lie low, high, low, high in memory.
HWY_INLINE Vector64 broadcast(const Fingerprint128& query) {
  const Lanes64 d;
  return hn::OddEven(hn::Set(d, query.high), hn::Set(d, query.low));
}

HWY_INLINE Vector64 distances(Vector64 query, const Fingerprint128* from) {
  const Lanes64 d;
  const std::uint64_t* words = &from->low;
  const Vector64 first = count_bits(hn::Xor(hn::LoadU(d, words), query));
  const Vector64 second = count_bits(hn::Xor(hn::LoadU(d, words + hn::Lanes(d)), query));
  return hn::Add(hn::ConcatEven(d, second, first), hn::ConcatOdd(d, second, first));
}

// Of small numbers. Their upper halves are zero, and not all instruction sets compare 64 bits.
HWY_INLINE Vector64 lesser(Vector64 x, Vector64 y) {
  const Lanes64 d;
  const hn::Repartition<std::uint32_t, Lanes64> d32;
  return hn::BitCast(d, hn::Min(hn::BitCast(d32, x), hn::BitCast(d32, y)));
}

// Whether any of four queries may be near any of the fingerprints at [begin, end). May read up to a
// block of them, and answer for those read.
template <class Fingerprint>
HWY_INLINE bool any_near(const Fingerprint* fingerprints, std::size_t begin, std::size_t end,
                         Vector64 query_0, Vector64 query_1, Vector64 query_2, Vector64 query_3,
                         std::size_t distance) {
  const Lanes64 d;
  const hn::RebindToSigned<Lanes64> di;
  const std::size_t lanes = hn::Lanes(d);
  Vector64 least_0 = hn::Set(d, 255), least_1 = least_0, least_2 = least_0, least_3 = least_0;
  for (std::size_t i = begin; i < end; i += lanes) {
    const Fingerprint* at = fingerprints + i;
    least_0 = lesser(least_0, distances(query_0, at));
    least_1 = lesser(least_1, distances(query_1, at));
    least_2 = lesser(least_2, distances(query_2, at));
    least_3 = lesser(least_3, distances(query_3, at));
  }
  const Vector64 least = lesser(lesser(least_0, least_1), lesser(least_2, least_3));
  const auto limit = hn::Set(di, static_cast<std::int64_t>(distance));
  return !hn::AllTrue(di, hn::Gt(hn::BitCast(di, least), limit));
}

#endif  // HWY_TARGET != HWY_SCALAR

template <class Fingerprint>
HWY_INLINE void append_pairs(std::span<const Fingerprint> fingerprints, const PairRange& range,
                             std::size_t distance, std::vector<IndexPair>& pairs) {
  const auto compare = [&](std::size_t i, std::size_t j) {
    if (distance_of(fingerprints[i], fingerprints[j]) > distance) return;
    pairs.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
  };
  for (std::size_t q = range.first; q < range.last; q += kQueries) {
    const std::size_t end_query = std::min(q + kQueries, range.last);
    for (std::size_t i = q; i < end_query; ++i) {
      for (std::size_t j = i + 1; j < std::min(q + kQueries, range.end); ++j) compare(i, j);
    }
#if HWY_TARGET != HWY_SCALAR
    // A query that is missing is replaced by the last.
    const auto query = [&](std::size_t k) { return fingerprints[std::min(q + k, end_query - 1)]; };
    const Vector64 query_0 = broadcast(query(0)), query_1 = broadcast(query(1));
    const Vector64 query_2 = broadcast(query(2)), query_3 = broadcast(query(3));
#endif
    for (std::size_t begin = q + kQueries; begin < range.end; begin += kBlock) {
      const std::size_t end = std::min(begin + kBlock, range.end);
#if HWY_TARGET != HWY_SCALAR
      const auto near = [&](std::size_t near_end) {
        return any_near(fingerprints.data(), begin, near_end, query_0, query_1, query_2, query_3,
                        distance);
      };
      // The first of the two has a constant number of steps.
      if (end - begin == kBlock) {
        if (!near(begin + kBlock)) continue;
      } else if (fingerprints.size() - begin >= kBlock) {
        if (!near(end)) continue;
      }
#endif
      for (std::size_t i = q; i < end_query; ++i) {
        for (std::size_t j = begin; j < end; ++j) compare(i, j);
      }
    }
  }
}

void append_pairs_64(std::span<const std::uint64_t> fingerprints, const PairRange& range,
                     std::size_t distance, std::vector<IndexPair>& pairs) {
  append_pairs(fingerprints, range, distance, pairs);
}
void append_pairs_128(std::span<const Fingerprint128> fingerprints, const PairRange& range,
                      std::size_t distance, std::vector<IndexPair>& pairs) {
  append_pairs(fingerprints, range, distance, pairs);
}

}  // namespace
}  // namespace copydesk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(append_pairs_64);
HWY_EXPORT(append_pairs_128);

void append_pairs_within_distance(std::span<const std::uint64_t> fingerprints,
                                  const PairRange& range, std::size_t distance,
                                  std::vector<IndexPair>& pairs) {
  assert(range.first <= range.last && range.last <= range.end && range.end <= fingerprints.size());
  HWY_DYNAMIC_DISPATCH(append_pairs_64)(fingerprints, range, distance, pairs);
}

void append_pairs_within_distance(std::span<const Fingerprint128> fingerprints,
                                  const PairRange& range, std::size_t distance,
                                  std::vector<IndexPair>& pairs) {
  assert(range.first <= range.last && range.last <= range.end && range.end <= fingerprints.size());
  HWY_DYNAMIC_DISPATCH(append_pairs_128)(fingerprints, range, distance, pairs);
}

}  // namespace copydesk
#endif  // HWY_ONCE
