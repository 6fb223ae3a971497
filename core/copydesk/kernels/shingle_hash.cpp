// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/shingle_hash.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/shingle_hash.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

// The base is odd and so has an inverse modulo 2^64. With K the base and d its inverse,
//   sum over j of t[i + j] * K^(n-1-j)  =  K^(i+n-1) * sum over j of t[i + j] * d^(i+j),
// so each token is weighted once, for all its windows, and each sum scaled once: three
// multiplications for each window with the one of the mixing, however large the window is. Powers
// come from tables, which is why the work is done in blocks.

#ifndef COPYDESK_KERNELS_SHINGLE_HASH_POWERS_
#define COPYDESK_KERNELS_SHINGLE_HASH_POWERS_
namespace copydesk {
namespace {

constexpr std::size_t kBlockTokens = 256;

// Newton's iteration doubles the number of right bits; an odd number is its own inverse modulo 8.
constexpr std::uint64_t invert(std::uint64_t odd) {
  std::uint64_t inverse = odd;
  for (int right_bits = 3; right_bits < 64; right_bits *= 2) inverse *= 2 - odd * inverse;
  return inverse;
}

struct Powers {
  alignas(64) std::uint64_t of_base[kBlockTokens];
  alignas(64) std::uint64_t of_inverse[kBlockTokens];
  constexpr Powers() : of_base{}, of_inverse{} {
    of_base[0] = of_inverse[0] = 1;
    for (std::size_t i = 1; i < kBlockTokens; ++i) {
      of_base[i] = of_base[i - 1] * kShingleBase;
      of_inverse[i] = of_inverse[i - 1] * invert(kShingleBase);
    }
  }
};
constexpr Powers kPowers;

}  // namespace
}  // namespace copydesk
#endif

HWY_BEFORE_NAMESPACE();
namespace copydesk {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Two lanes without a multiplication of 64 bits are slower than none.
inline constexpr bool kHasWideMultiply =
    HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_SSSE3 && HWY_TARGET != HWY_SSE4;

// Up to this size and number of windows, adding up each afresh is faster (Horner's rule).
inline constexpr std::size_t kLargestFresh = 2;
inline constexpr std::size_t kFewWindows = 32;

using Lanes = hn::ScalableTag<std::uint64_t>;

template <class V>
HWY_INLINE V mix_lanes(V sum) {
  const Lanes d;
  sum = hn::Xor(sum, hn::ShiftRight<32>(sum));
  sum = hn::Mul(sum, hn::Set(d, std::uint64_t{0xD6E8FEB86659FD93u}));
  return hn::Xor(sum, hn::ShiftRight<29>(sum));
}

// Windows [0, windows) of `tokens`, of which there are windows + size - 1 <= kBlockTokens.
void sum_afresh(const std::uint64_t* tokens, std::size_t windows, std::size_t size,
                std::uint64_t* out) {
  const Lanes d;
  const std::size_t lanes = hn::Lanes(d);
  const auto base = hn::Set(d, kShingleBase);
  std::size_t i = 0;
  for (; kHasWideMultiply && i + lanes <= windows; i += lanes) {
    auto sum = hn::LoadU(d, tokens + i);
    for (std::size_t j = 1; j < size; ++j) {
      sum = hn::Add(hn::Mul(sum, base), hn::LoadU(d, tokens + i + j));
    }
    hn::StoreU(mix_lanes(sum), d, out + i);
  }
  for (; i < windows; ++i) {
    std::uint64_t sum = tokens[i];
    for (std::size_t j = 1; j < size; ++j) sum = sum * kShingleBase + tokens[i + j];
    out[i] = mix_shingle(sum);
  }
}

// A window size known to the compiler, or 0: then windows are differences of running sums.
template <std::size_t kSize>
HWY_INLINE void hash_block(const std::uint64_t* tokens, std::size_t windows, std::size_t size,
                           std::uint64_t* out) {
  const Lanes d;
  const std::size_t lanes = hn::Lanes(d);
  if constexpr (kSize != 0) size = kSize;
  const std::size_t count = windows + size - 1;
  alignas(64) std::uint64_t weighted[kBlockTokens + 1];
  std::size_t i = 0;
  for (; kHasWideMultiply && i + lanes <= count; i += lanes) {
    const auto token = hn::LoadU(d, tokens + i);
    hn::StoreU(hn::Mul(token, hn::Load(d, kPowers.of_inverse + i)), d, weighted + i);
  }
  for (; i < count; ++i) weighted[i] = tokens[i] * kPowers.of_inverse[i];
  if constexpr (kSize == 0) {
    std::uint64_t running = 0;
    for (i = 0; i < count; ++i) {
      const std::uint64_t next = running + weighted[i];
      weighted[i] = running;
      running = next;
    }
    weighted[count] = running;
  }
  const std::uint64_t* const scales = kPowers.of_base + size - 1;
  for (i = 0; kHasWideMultiply && i + lanes <= windows; i += lanes) {
    auto sum = hn::LoadU(d, weighted + i);
    if constexpr (kSize == 0) {
      sum = hn::Sub(hn::LoadU(d, weighted + i + size), sum);
    } else {
      for (std::size_t j = 1; j < kSize; ++j) sum = hn::Add(sum, hn::LoadU(d, weighted + i + j));
    }
    hn::StoreU(mix_lanes(hn::Mul(sum, hn::LoadU(d, scales + i))), d, out + i);
  }
  for (; i < windows; ++i) {
    std::uint64_t sum = weighted[i];
    if constexpr (kSize == 0) {
      sum = weighted[i + size] - sum;
    } else {
      for (std::size_t j = 1; j < kSize; ++j) sum += weighted[i + j];
    }
    out[i] = mix_shingle(sum * scales[i]);
  }
}

template <std::size_t kSize>
void hash_all(const std::uint64_t* tokens, std::size_t windows, std::size_t size,
              std::uint64_t* out) {
  const std::size_t at_once = kBlockTokens - size + 1;
  for (std::size_t begin = 0; begin < windows; begin += at_once) {
    hash_block<kSize>(tokens + begin, std::min(at_once, windows - begin), size, out + begin);
  }
}

void hash_shingles_kernel(const std::uint64_t* tokens, std::size_t count, std::size_t size,
                          std::uint64_t* out) {
  if (count < size) return;
  const std::size_t windows = count - size + 1;
  if (size <= kLargestFresh || (kHasWideMultiply && windows < kFewWindows)) {
    sum_afresh(tokens, windows, size, out);
  } else if (size == 3) {
    hash_all<3>(tokens, windows, size, out);
  } else if (size == 5) {
    hash_all<5>(tokens, windows, size, out);
  } else {
    hash_all<0>(tokens, windows, size, out);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace copydesk
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(hash_shingles_kernel);

void hash_shingles(const std::uint64_t* tokens, std::size_t count, std::size_t size,
                   std::uint64_t* out) {
  HWY_DYNAMIC_DISPATCH(hash_shingles_kernel)(tokens, count, size, out);
}

}  // namespace copydesk
#endif
