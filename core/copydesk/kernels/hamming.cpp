// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/hamming.h"

#include <algorithm>
#include <cassert>

// The instruction set beyond AVX-512's first has a population count of vectors.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/hamming.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace copydesk::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes64 = hn::ScalableTag<std::uint64_t>;
using Vector64 = hn::Vec<Lanes64>;

// A query of 64 bits, compared with one vector of fingerprints at a time.
struct Query64 {
  using Fingerprint = std::uint64_t;
  std::uint64_t bits;

  // Distances of the fingerprints that begin at `from`, one a lane.
  HWY_INLINE Vector64 distances(const std::uint64_t* from) const {
    const Lanes64 d;
    return hn::PopulationCount(hn::Xor(hn::LoadU(d, from), hn::Set(d, bits)));
  }

  std::size_t distance(const std::uint64_t& fingerprint) const {
    return hwy::PopCount(fingerprint ^ bits);
  }
};

// A query of 128 bits; fingerprints lie low, high, low, high in memory.
struct Query128 {
  using Fingerprint = Fingerprint128;
  Fingerprint128 bits;

  HWY_INLINE Vector64 distances(const Fingerprint128* from) const {
    const Lanes64 d;
#if HWY_TARGET == HWY_SCALAR
    return hn::Set(d, distance(*from));
#else
    const std::uint64_t* words = &from->low;
    const Vector64 query = hn::OddEven(hn::Set(d, bits.high), hn::Set(d, bits.low));
    const Vector64 first = hn::PopulationCount(hn::Xor(hn::LoadU(d, words), query));
    const Vector64 second = hn::PopulationCount(hn::Xor(hn::LoadU(d, words + hn::Lanes(d)), query));
    return hn::Add(hn::ConcatEven(d, second, first), hn::ConcatOdd(d, second, first));
#endif
  }

  std::size_t distance(const Fingerprint128& fingerprint) const {
    return hwy::PopCount(fingerprint.low ^ bits.low) + hwy::PopCount(fingerprint.high ^ bits.high);
  }
};

template <class Query>
HWY_INLINE void write_distances(const Query& query,
                                std::span<const typename Query::Fingerprint> fingerprints,
                                std::span<std::uint8_t> distances) {
  const Lanes64 d;
  const hn::Rebind<std::uint8_t, Lanes64> d8;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= fingerprints.size(); i += lanes) {
    hn::StoreU(hn::TruncateTo(d8, query.distances(&fingerprints[i])), d8, distances.data() + i);
  }
  for (; i < fingerprints.size(); ++i) {
    distances[i] = static_cast<std::uint8_t>(query.distance(fingerprints[i]));
  }
}

// Hits are rare, so a block of vectors is passed with one branch when it holds none.
template <class Query>
HWY_INLINE std::size_t write_near(const Query& query,
                                  std::span<const typename Query::Fingerprint> fingerprints,
                                  std::size_t distance, std::span<std::uint32_t> indices) {
  constexpr std::size_t kVectors = 4;
  const Lanes64 d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t block = kVectors * lanes;
  const Vector64 limit = hn::Set(d, distance);
  std::size_t found = 0;
  std::size_t i = 0;
  const auto look_closer = [&](std::size_t end) {
    for (; i < end; ++i) {
      if (query.distance(fingerprints[i]) > distance) continue;
      indices[found++] = static_cast<std::uint32_t>(i);
    }
  };
  while (i + block <= fingerprints.size()) {
    const auto* at = &fingerprints[i];
    const Vector64 nearest =
        hn::Min(hn::Min(query.distances(at), query.distances(at + lanes)),
                hn::Min(query.distances(at + 2 * lanes), query.distances(at + 3 * lanes)));
    if (hn::AllTrue(d, hn::Gt(nearest, limit))) {
      i += block;
    } else {
      look_closer(i + block);
    }
  }
  look_closer(fingerprints.size());
  return found;
}

// Two sums, so that no vector waits for the one before it.
std::size_t differing_bits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  const Lanes64 d;
  const std::size_t lanes = hn::Lanes(d);
  const auto at = [&](std::size_t i) {
    return hn::PopulationCount(hn::Xor(hn::LoadU(d, a.data() + i), hn::LoadU(d, b.data() + i)));
  };
  Vector64 even = hn::Zero(d);
  Vector64 odd = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 2 * lanes <= a.size(); i += 2 * lanes) {
    even = hn::Add(even, at(i));
    odd = hn::Add(odd, at(i + lanes));
  }
  std::size_t count = hn::GetLane(hn::SumOfLanes(d, hn::Add(even, odd)));
  for (; i < a.size(); ++i) count += hwy::PopCount(a[i] ^ b[i]);
  return count;
}

void distances_64(std::uint64_t query, std::span<const std::uint64_t> fingerprints,
                  std::span<std::uint8_t> distances) {
  write_distances(Query64{query}, fingerprints, distances);
}
void distances_128(const Fingerprint128& query, std::span<const Fingerprint128> fingerprints,
                   std::span<std::uint8_t> distances) {
  write_distances(Query128{query}, fingerprints, distances);
}
std::size_t near_64(std::uint64_t query, std::span<const std::uint64_t> fingerprints,
                    std::size_t distance, std::span<std::uint32_t> indices) {
  return write_near(Query64{query}, fingerprints, distance, indices);
}
std::size_t near_128(const Fingerprint128& query, std::span<const Fingerprint128> fingerprints,
                     std::size_t distance, std::span<std::uint32_t> indices) {
  return write_near(Query128{query}, fingerprints, distance, indices);
}

}  // namespace
}  // namespace copydesk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(distances_64);
HWY_EXPORT(distances_128);
HWY_EXPORT(near_64);
HWY_EXPORT(near_128);
HWY_EXPORT(differing_bits);

void hamming_distances(std::uint64_t query, std::span<const std::uint64_t> fingerprints,
                       std::span<std::uint8_t> distances) {
  assert(distances.size() == fingerprints.size());
  HWY_DYNAMIC_DISPATCH(distances_64)(query, fingerprints, distances);
}

void hamming_distances(const Fingerprint128& query, std::span<const Fingerprint128> fingerprints,
                       std::span<std::uint8_t> distances) {
  assert(distances.size() == fingerprints.size());
  HWY_DYNAMIC_DISPATCH(distances_128)(query, fingerprints, distances);
}

std::size_t find_within_distance(std::uint64_t query, std::span<const std::uint64_t> fingerprints,
                                 std::size_t distance, std::span<std::uint32_t> indices) {
  assert(indices.size() >= fingerprints.size());
  return HWY_DYNAMIC_DISPATCH(near_64)(query, fingerprints, distance, indices);
}

std::size_t find_within_distance(const Fingerprint128& query,
                                 std::span<const Fingerprint128> fingerprints, std::size_t distance,
                                 std::span<std::uint32_t> indices) {
  assert(indices.size() >= fingerprints.size());
  return HWY_DYNAMIC_DISPATCH(near_128)(query, fingerprints, distance, indices);
}

std::size_t count_differing_bits(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  assert(a.size() == b.size());
  return HWY_DYNAMIC_DISPATCH(differing_bits)(a, b);
}

}  // namespace copydesk
#endif  // HWY_ONCE
