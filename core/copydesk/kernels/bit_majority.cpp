// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/bit_majority.h"

#include <algorithm>
#include <bit>
#include <cassert>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/bit_majority.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Plain votes are counted bit-sliced: plane p of a counter holds bit p of 64 counts at once. Seven
// carry-save adders turn eight words into one carry of weight eight (Harley and Seal), which then
// ripples into the upper planes; each lane of a vector is a counter of its own. The counts are
// never written out as numbers: the comparison with half of the words works on planes too.
HWY_BEFORE_NAMESPACE();
namespace copydesk::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes64 = hn::ScalableTag<std::uint64_t>;
using Vector64 = hn::Vec<Lanes64>;
using Lanes32 = hn::ScalableTag<std::uint32_t>;
using Vector32 = hn::Vec<Lanes32>;

constexpr std::size_t kPlanes = 64;  // enough for any number of words
constexpr std::size_t kStride = hn::MaxLanes(Lanes64());

// Adds three planes of equal weight: the sum stays in `a`, the carry of twice the weight is
// returned.
HWY_INLINE Vector64 add_planes(Vector64& a, Vector64 b, Vector64 c) {
  const Vector64 half = hn::Xor(a, b);
  const Vector64 carry = hn::Or(hn::And(a, b), hn::And(half, c));
  a = hn::Xor(half, c);
  return carry;
}

// Adds `carry`, of the weight of plane `from`, to the counter in `planes`, kStride words each.
HWY_INLINE void ripple(Vector64 carry, std::size_t from, std::uint64_t* planes) {
  const Lanes64 d;
  for (std::size_t p = from; !hn::AllTrue(d, hn::Eq(carry, hn::Zero(d))); ++p) {
    std::uint64_t* const at = planes + p * kStride;
    const Vector64 plane = hn::Load(d, at);
    hn::Store(hn::Xor(plane, carry), d, at);
    carry = hn::And(plane, carry);
  }
}

// Bits of which the bit-sliced counts exceed `limit`.
std::uint64_t exceeding(const std::uint64_t* planes, std::size_t plane_count, std::uint64_t limit) {
  std::uint64_t greater = 0;
  std::uint64_t equal = ~std::uint64_t{0};
  for (std::size_t p = plane_count; p-- > 0;) {
    const std::uint64_t limit_bit = std::uint64_t{0} - ((limit >> p) & 1);
    greater |= equal & planes[p] & ~limit_bit;
    equal &= ~(planes[p] ^ limit_bit);
  }
  return greater;
}

std::uint64_t majority(std::span<const std::uint64_t> words) {
  const Lanes64 d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t n = words.size();
  // Planes that counts of n / lanes words, and of n, can reach.
  const auto lane_planes = static_cast<std::size_t>(std::bit_width(n / lanes));
  const auto all_planes = static_cast<std::size_t>(std::bit_width(n));
  HWY_ALIGN std::uint64_t planes[kPlanes * kStride];
  std::fill_n(planes, lane_planes * kStride, std::uint64_t{0});
  Vector64 ones = hn::Zero(d), twos = hn::Zero(d), fours = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 8 * lanes <= n; i += 8 * lanes) {
    const std::uint64_t* at = words.data() + i;
    const auto load = [=](std::size_t v) { return hn::LoadU(d, at + v * lanes); };
    const Vector64 two_0 = add_planes(ones, load(0), load(1));
    const Vector64 two_1 = add_planes(ones, load(2), load(3));
    const Vector64 two_2 = add_planes(ones, load(4), load(5));
    const Vector64 two_3 = add_planes(ones, load(6), load(7));
    const Vector64 four_0 = add_planes(twos, two_0, two_1);
    const Vector64 four_1 = add_planes(twos, two_2, two_3);
    ripple(add_planes(fours, four_0, four_1), 3, planes);
  }
  for (; i + lanes <= n; i += lanes) ripple(hn::LoadU(d, words.data() + i), 0, planes);
  ripple(ones, 0, planes);
  ripple(twos, 1, planes);
  ripple(fours, 2, planes);

  // The counters of all lanes and the words left over, into one.
  std::uint64_t counter[kPlanes];
  std::fill_n(counter, all_planes, std::uint64_t{0});
  const auto add = [&counter](std::uint64_t carry, std::size_t plane) {
    for (; carry != 0; ++plane) {
      const std::uint64_t sum = counter[plane] ^ carry;
      carry &= counter[plane];
      counter[plane] = sum;
    }
  };
  for (std::size_t p = 0; p < lane_planes; ++p) {
    for (std::size_t lane = 0; lane < lanes; ++lane) add(planes[p * kStride + lane], p);
  }
  for (; i < n; ++i) add(words[i], 0);
  return exceeding(counter, all_planes, n / 2);
}

std::uint64_t weighted_majority(std::span<const std::uint64_t> words,
                                std::span<const std::uint32_t> weights) {
  const Lanes32 d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t n = words.size();
  HWY_ALIGN std::uint32_t votes[64 + 2 * kStride];
  HWY_ALIGN std::uint32_t masks[64 + 2 * kStride];
  for (std::size_t b = 0; b < 64; ++b) masks[b] = 1U << (b % 32);
  // Counters of 32 bits of a word (half of it), or of one vector if that is longer, at a time.
  const std::size_t registers = std::min<std::size_t>(2, std::max<std::size_t>(1, 32 / lanes));
  for (std::size_t b = 0; b < 64; b += registers * lanes) {
    const int shift = b < 32 ? 0 : 32;
    const Vector32 mask_0 = hn::Load(d, masks + b);
    const Vector32 mask_1 = hn::Load(d, masks + b + (registers - 1) * lanes);
    Vector32 votes_0 = hn::Zero(d), votes_1 = hn::Zero(d);
    for (std::size_t i = 0; i < n; ++i) {
      const Vector32 half = hn::Set(d, static_cast<std::uint32_t>(words[i] >> shift));
      const Vector32 weight = hn::Set(d, weights[i]);
      votes_0 = hn::Add(votes_0, hn::IfThenElseZero(hn::TestBit(half, mask_0), weight));
      votes_1 = hn::Add(votes_1, hn::IfThenElseZero(hn::TestBit(half, mask_1), weight));
    }
    hn::Store(votes_1, d, votes + b + (registers - 1) * lanes);
    hn::Store(votes_0, d, votes + b);
  }
  std::uint64_t total = 0;
  for (const std::uint32_t weight : weights) total += weight;
  std::uint64_t result = 0;
  for (std::size_t b = 0; b < 64; ++b) {
    result |= std::uint64_t{votes[b] > total / 2 ? 1U : 0U} << b;
  }
  return result;
}

}  // namespace
}  // namespace copydesk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(majority);
HWY_EXPORT(weighted_majority);

std::uint64_t bit_majority(std::span<const std::uint64_t> words) {
  return HWY_DYNAMIC_DISPATCH(majority)(words);
}

std::uint64_t bit_majority(std::span<const std::uint64_t> words,
                           std::span<const std::uint32_t> weights) {
  assert(words.size() == weights.size());
  return HWY_DYNAMIC_DISPATCH(weighted_majority)(words, weights);
}

}  // namespace copydesk
#endif  // HWY_ONCE
