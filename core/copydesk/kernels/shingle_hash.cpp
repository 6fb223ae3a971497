// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/shingle_hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/shingle_hash.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

// Because the weights are powers of one number, a window can be summed afresh in vectors or moved
// on by one token (Karp and Rabin 1987) with the same result. Fresh sums cost `size`
// multiplications for each window but have no chain of dependences; beyond a few tokens the moving
// sum wins.

HWY_BEFORE_NAMESPACE();
namespace copydesk {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

inline constexpr std::size_t kLargestFreshSum = 8;

template <class D, class V = hn::Vec<D>>
HWY_INLINE V mix_lanes(D d, V sum) {
  sum = hn::Xor(sum, hn::ShiftRight<32>(sum));
  sum = hn::Mul(sum, hn::Set(d, std::uint64_t{0xD6E8FEB86659FD93u}));
  return hn::Xor(sum, hn::ShiftRight<29>(sum));
}

void sum_afresh(const std::uint64_t* tokens, std::size_t windows, std::size_t size,
                std::uint64_t* out) {
  const hn::ScalableTag<std::uint64_t> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto base = hn::Set(d, kShingleBase);
  std::size_t i = 0;
  for (; i + lanes <= windows; i += lanes) {
    auto sum = hn::LoadU(d, tokens + i);
    for (std::size_t j = 1; j < size; ++j) {
      sum = hn::Add(hn::Mul(sum, base), hn::LoadU(d, tokens + i + j));
    }
    hn::StoreU(mix_lanes(d, sum), d, out + i);
  }
  for (; i < windows; ++i) {
    std::uint64_t sum = tokens[i];
    for (std::size_t j = 1; j < size; ++j) sum = sum * kShingleBase + tokens[i + j];
    out[i] = mix_shingle(sum);
  }
}

void move_sum(const std::uint64_t* tokens, std::size_t windows, std::size_t size,
              std::uint64_t* out) {
  std::uint64_t sum = 0;
  std::uint64_t leaving = 1;  // kShingleBase^size
  for (std::size_t j = 0; j < size; ++j) {
    sum = sum * kShingleBase + tokens[j];
    leaving *= kShingleBase;
  }
  out[0] = mix_shingle(sum);
  for (std::size_t i = 1; i < windows; ++i) {
    sum = sum * kShingleBase + (tokens[i + size - 1] - tokens[i - 1] * leaving);
    out[i] = mix_shingle(sum);
  }
}

void hash_shingles_kernel(const std::uint64_t* tokens, std::size_t count, std::size_t size,
                          std::uint64_t* out) {
  if (count < size) return;
  const std::size_t windows = count - size + 1;
  if (size <= kLargestFreshSum) {
    sum_afresh(tokens, windows, size, out);
  } else {
    move_sum(tokens, windows, size, out);
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
