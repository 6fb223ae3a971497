// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/slot_agreement.h"

#include <algorithm>
#include <cassert>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/slot_agreement.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace copydesk::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Rows ahead of the one compared; their cache lines are asked for.
constexpr std::size_t kPrefetchRows = 8;

// Sum of all lanes of per-lane counts, at most 255 each.
template <class D>
HWY_INLINE std::size_t sum_counts(D d, hn::Vec<D> counts) {
#if HWY_TARGET == HWY_SCALAR
  (void)d;
  return hn::GetLane(counts);
#else
  if constexpr (sizeof(hn::TFromD<D>) == 4) {
    return hn::GetLane(hn::SumOfLanes(d, counts));
  } else {
    const hn::Repartition<std::uint8_t, D> d8;
    const hn::Repartition<std::uint64_t, D> d64;
    const auto sums = hn::SumsOf8(hn::BitCast(d8, counts));
    return static_cast<std::size_t>(hn::GetLane(hn::SumOfLanes(d64, sums)));
  }
#endif
}

// Equal slots among the first `size / lanes * lanes`. Where masks are registers of their own
// (AVX-512) they are counted; elsewhere equal lanes are -1 and are subtracted from counters.
template <class D, typename Slot = hn::TFromD<D>>
HWY_INLINE std::size_t count_whole_vectors(D d, const Slot* a, const Slot* b, std::size_t size) {
  const std::size_t lanes = hn::Lanes(d);
  std::size_t count = 0;
#if HWY_TARGET <= HWY_AVX3
#pragma GCC unroll 8
  for (std::size_t i = 0; i + lanes <= size; i += lanes) {
    count += hn::CountTrue(d, hn::Eq(hn::LoadU(d, a + i), hn::LoadU(d, b + i)));
  }
#else
  constexpr std::size_t kMaxVectors = 255;
  for (std::size_t begin = 0; begin + lanes <= size; begin += kMaxVectors * lanes) {
    const std::size_t end = std::min(size, begin + kMaxVectors * lanes);
    auto counts = hn::Zero(d);
#pragma GCC unroll 8
    for (std::size_t i = begin; i + lanes <= end; i += lanes) {
      counts =
          hn::Sub(counts, hn::VecFromMask(d, hn::Eq(hn::LoadU(d, a + i), hn::LoadU(d, b + i))));
    }
    count += sum_counts(d, counts);
  }
#endif
  return count;
}

template <typename Slot>
HWY_INLINE std::uint16_t count_equal(const Slot* a, const Slot* b, std::size_t size) {
  const hn::ScalableTag<Slot> d;
  std::size_t count = count_whole_vectors(d, a, b, size);
  std::size_t done = size / hn::Lanes(d) * hn::Lanes(d);
  if (done == size) return static_cast<std::uint16_t>(count);
#if HWY_TARGET != HWY_SCALAR
  const hn::FixedTag<Slot, 16 / sizeof(Slot)> d128;
  count += count_whole_vectors(d128, a + done, b + done, size - done);
  done = size / hn::Lanes(d128) * hn::Lanes(d128);
#endif
  for (; done < size; ++done) count += a[done] == b[done] ? 1 : 0;
  return static_cast<std::uint16_t>(count);
}

template <typename Slot>
HWY_INLINE void count_rows(std::span<const Slot> query, const Slot* rows,
                           std::span<std::uint16_t> counts) {
  for (std::size_t r = 0; r < counts.size(); ++r) {
    counts[r] = count_equal(query.data(), rows + r * query.size(), query.size());
  }
}

template <typename Slot>
HWY_INLINE void prefetch_row(const Slot* row, std::size_t size) {
  constexpr std::size_t kLineSlots = 64 / sizeof(Slot);
  for (std::size_t i = 0; i < size; i += kLineSlots) hwy::Prefetch(row + i);
}

template <typename Slot>
HWY_INLINE void count_listed(std::span<const Slot> query, const Slot* rows,
                             std::span<const std::uint32_t> row_indices,
                             std::span<std::uint16_t> counts) {
  const std::size_t size = query.size();
  const std::size_t n = row_indices.size();
  for (std::size_t i = 0; i < std::min(kPrefetchRows, n); ++i) {
    prefetch_row(rows + row_indices[i] * size, size);
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kPrefetchRows < n) prefetch_row(rows + row_indices[i + kPrefetchRows] * size, size);
    counts[i] = count_equal(query.data(), rows + row_indices[i] * size, size);
  }
}

void count_rows_8(std::span<const std::uint8_t> query, const std::uint8_t* rows,
                  std::span<std::uint16_t> counts) {
  count_rows(query, rows, counts);
}
void count_rows_16(std::span<const std::uint16_t> query, const std::uint16_t* rows,
                   std::span<std::uint16_t> counts) {
  count_rows(query, rows, counts);
}
void count_rows_32(std::span<const std::uint32_t> query, const std::uint32_t* rows,
                   std::span<std::uint16_t> counts) {
  count_rows(query, rows, counts);
}
void count_listed_8(std::span<const std::uint8_t> query, const std::uint8_t* rows,
                    std::span<const std::uint32_t> row_indices, std::span<std::uint16_t> counts) {
  count_listed(query, rows, row_indices, counts);
}
void count_listed_16(std::span<const std::uint16_t> query, const std::uint16_t* rows,
                     std::span<const std::uint32_t> row_indices, std::span<std::uint16_t> counts) {
  count_listed(query, rows, row_indices, counts);
}
void count_listed_32(std::span<const std::uint32_t> query, const std::uint32_t* rows,
                     std::span<const std::uint32_t> row_indices, std::span<std::uint16_t> counts) {
  count_listed(query, rows, row_indices, counts);
}

}  // namespace
}  // namespace copydesk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(count_rows_8);
HWY_EXPORT(count_rows_16);
HWY_EXPORT(count_rows_32);
HWY_EXPORT(count_listed_8);
HWY_EXPORT(count_listed_16);
HWY_EXPORT(count_listed_32);

void count_equal_slots(std::span<const std::uint8_t> query, const std::uint8_t* rows,
                       std::span<std::uint16_t> counts) {
  HWY_DYNAMIC_DISPATCH(count_rows_8)(query, rows, counts);
}

void count_equal_slots(std::span<const std::uint16_t> query, const std::uint16_t* rows,
                       std::span<std::uint16_t> counts) {
  HWY_DYNAMIC_DISPATCH(count_rows_16)(query, rows, counts);
}

void count_equal_slots(std::span<const std::uint32_t> query, const std::uint32_t* rows,
                       std::span<std::uint16_t> counts) {
  HWY_DYNAMIC_DISPATCH(count_rows_32)(query, rows, counts);
}

void count_equal_slots(std::span<const std::uint8_t> query, const std::uint8_t* rows,
                       std::span<const std::uint32_t> row_indices,
                       std::span<std::uint16_t> counts) {
  assert(row_indices.size() == counts.size());
  HWY_DYNAMIC_DISPATCH(count_listed_8)(query, rows, row_indices, counts);
}

void count_equal_slots(std::span<const std::uint16_t> query, const std::uint16_t* rows,
                       std::span<const std::uint32_t> row_indices,
                       std::span<std::uint16_t> counts) {
  assert(row_indices.size() == counts.size());
  HWY_DYNAMIC_DISPATCH(count_listed_16)(query, rows, row_indices, counts);
}

void count_equal_slots(std::span<const std::uint32_t> query, const std::uint32_t* rows,
                       std::span<const std::uint32_t> row_indices,
                       std::span<std::uint16_t> counts) {
  assert(row_indices.size() == counts.size());
  HWY_DYNAMIC_DISPATCH(count_listed_32)(query, rows, row_indices, counts);
}

}  // namespace copydesk
#endif  // HWY_ONCE
