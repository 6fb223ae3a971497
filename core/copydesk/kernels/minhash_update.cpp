// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/minhash_update.h"

#include <algorithm>
#include <cassert>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/minhash_update.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// The elements of a chunk are mixed to 32 bits once; then each block of slots keeps its minima in
// eight registers while the chunk passes. x -> (x ^ b) * a with odd a is a permutation, costs one
// multiplication, and is as accurate as a linear function modulo a prime when x is well mixed.
HWY_BEFORE_NAMESPACE();
namespace copydesk::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes32 = hn::ScalableTag<std::uint32_t>;
using Vector32 = hn::Vec<Lanes32>;

constexpr std::size_t kChunk = 1024;
constexpr std::size_t kRegisters = 8;

// Both halves of an element, through the finalizer "lowbias32" (C. Wellons, hash-prospector).
void mix_elements(const std::uint64_t* elements, std::size_t count, std::uint32_t* mixed) {
  for (std::size_t i = 0; i < count; ++i) {
    auto x = static_cast<std::uint32_t>(elements[i]) +
             static_cast<std::uint32_t>(elements[i] >> 32) * 0x9E3779B9U;
    x = (x ^ (x >> 16)) * 0x7FEB352DU;
    x = (x ^ (x >> 15)) * 0x846CA68BU;
    mixed[i] = x ^ (x >> 16);
  }
}

HWY_INLINE Vector32 permute(Vector32 x, Vector32 mask, Vector32 multiplier) {
  return hn::Mul(hn::Xor(x, mask), multiplier);
}

// One vector of slots; `at` may overlap slots already lowered, a minimum taken twice is the same.
HWY_INLINE void lower_vector(const std::uint32_t* mixed, std::size_t count,
                             const MinHashPermutations& permutations, std::uint32_t* slots,
                             std::size_t at) {
  const Lanes32 d;
  const Vector32 mask = hn::LoadU(d, permutations.masks.data() + at);
  const Vector32 multiplier = hn::LoadU(d, permutations.multipliers.data() + at);
  Vector32 smallest = hn::LoadU(d, slots + at);
  for (std::size_t i = 0; i < count; ++i) {
    smallest = hn::Min(smallest, permute(hn::Set(d, mixed[i]), mask, multiplier));
  }
  hn::StoreU(smallest, d, slots + at);
}

HWY_INLINE void lower_block(const std::uint32_t* mixed, std::size_t count,
                            const MinHashPermutations& permutations, std::uint32_t* slots,
                            std::size_t at) {
  const Lanes32 d;
  const std::size_t lanes = hn::Lanes(d);
  const std::uint32_t* masks = permutations.masks.data() + at;
  const std::uint32_t* multipliers = permutations.multipliers.data() + at;
  std::uint32_t* out = slots + at;
  Vector32 s0 = hn::LoadU(d, out), s1 = hn::LoadU(d, out + lanes),
           s2 = hn::LoadU(d, out + 2 * lanes), s3 = hn::LoadU(d, out + 3 * lanes),
           s4 = hn::LoadU(d, out + 4 * lanes), s5 = hn::LoadU(d, out + 5 * lanes),
           s6 = hn::LoadU(d, out + 6 * lanes), s7 = hn::LoadU(d, out + 7 * lanes);
  const auto mask = [=](std::size_t r) { return masks + r * lanes; };
  const auto multiplier = [=](std::size_t r) { return multipliers + r * lanes; };
  for (std::size_t i = 0; i < count; ++i) {
    const Vector32 x = hn::Set(d, mixed[i]);
    s0 = hn::Min(s0, permute(x, hn::LoadU(d, mask(0)), hn::LoadU(d, multiplier(0))));
    s1 = hn::Min(s1, permute(x, hn::LoadU(d, mask(1)), hn::LoadU(d, multiplier(1))));
    s2 = hn::Min(s2, permute(x, hn::LoadU(d, mask(2)), hn::LoadU(d, multiplier(2))));
    s3 = hn::Min(s3, permute(x, hn::LoadU(d, mask(3)), hn::LoadU(d, multiplier(3))));
    s4 = hn::Min(s4, permute(x, hn::LoadU(d, mask(4)), hn::LoadU(d, multiplier(4))));
    s5 = hn::Min(s5, permute(x, hn::LoadU(d, mask(5)), hn::LoadU(d, multiplier(5))));
    s6 = hn::Min(s6, permute(x, hn::LoadU(d, mask(6)), hn::LoadU(d, multiplier(6))));
    s7 = hn::Min(s7, permute(x, hn::LoadU(d, mask(7)), hn::LoadU(d, multiplier(7))));
  }
  hn::StoreU(s0, d, out), hn::StoreU(s1, d, out + lanes);
  hn::StoreU(s2, d, out + 2 * lanes), hn::StoreU(s3, d, out + 3 * lanes);
  hn::StoreU(s4, d, out + 4 * lanes), hn::StoreU(s5, d, out + 5 * lanes);
  hn::StoreU(s6, d, out + 6 * lanes), hn::StoreU(s7, d, out + 7 * lanes);
}

void lower_slots(std::span<const std::uint64_t> elements, const MinHashPermutations& permutations,
                 std::span<std::uint32_t> slots) {
  const Lanes32 d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t k = slots.size();
  std::uint32_t mixed[kChunk];
  for (std::size_t begin = 0; begin < elements.size(); begin += kChunk) {
    const std::size_t count = std::min(kChunk, elements.size() - begin);
    mix_elements(elements.data() + begin, count, mixed);
    std::size_t at = 0;
    for (; at + kRegisters * lanes <= k; at += kRegisters * lanes) {
      lower_block(mixed, count, permutations, slots.data(), at);
    }
    for (; at < k; at += lanes) {
      lower_vector(mixed, count, permutations, slots.data(), std::min(at, k - lanes));
    }
  }
}

}  // namespace
}  // namespace copydesk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(lower_slots);

void minhash_update(std::span<const std::uint64_t> elements,
                    const MinHashPermutations& permutations, std::span<std::uint32_t> slots) {
  assert(slots.size() >= 16 && slots.size() % 8 == 0);
  assert(permutations.masks.size() == slots.size());
  assert(permutations.multipliers.size() == slots.size());
  HWY_DYNAMIC_DISPATCH(lower_slots)(elements, permutations, slots);
}

}  // namespace copydesk
#endif  // HWY_ONCE
