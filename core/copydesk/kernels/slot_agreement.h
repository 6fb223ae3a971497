#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// In how many slots a sketch agrees with each of many others. Sketches are rows of one array, in
// slots of 32 bits or packed to 16 or 8 (pack_slots in sketch/similarity_estimate.h): compared from
// memory, the bytes of a row are what it costs.

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// counts[r] = slots of row r equal to those of `query`; row r is rows[r * query.size()] and the
// slots that follow it, for r in [0, counts.size()). Rows need no alignment.
// REQUIRES: query.size() < 65536.
void count_equal_slots(std::span<const std::uint8_t> query, const std::uint8_t* rows,
                       std::span<std::uint16_t> counts);
void count_equal_slots(std::span<const std::uint16_t> query, const std::uint16_t* rows,
                       std::span<std::uint16_t> counts);
void count_equal_slots(std::span<const std::uint32_t> query, const std::uint32_t* rows,
                       std::span<std::uint16_t> counts);

// The same for the rows listed: counts[i] is of row row_indices[i]. Rows are prefetched.
// REQUIRES: query.size() < 65536, row_indices.size() == counts.size().
void count_equal_slots(std::span<const std::uint8_t> query, const std::uint8_t* rows,
                       std::span<const std::uint32_t> row_indices, std::span<std::uint16_t> counts);
void count_equal_slots(std::span<const std::uint16_t> query, const std::uint16_t* rows,
                       std::span<const std::uint32_t> row_indices, std::span<std::uint16_t> counts);
void count_equal_slots(std::span<const std::uint32_t> query, const std::uint32_t* rows,
                       std::span<const std::uint32_t> row_indices, std::span<std::uint16_t> counts);

}  // namespace copydesk
