#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From a sketch to the keys by which documents meet: of each band of slots one number, equal where
// all slots of the band are. Different slots give equal keys by chance only: with b bits of the
// keys, a band of N documents holds N^2 / 2^(b + 1) such pairs, 4,500 for 100 million documents and
// 40 bits.

#include <cstdint>
#include <span>

#include "copydesk/lsh/banding.h"

namespace copydesk {

// One 64-bit key per band: XXH3 of the band's slots, seeded with the band's number. REQUIRES:
// slots.size() >= banding.bands * banding.rows, keys.size() == banding.bands.
void compute_band_keys(std::span<const std::uint32_t> slots, const Banding& banding,
                       std::span<std::uint64_t> keys);

}  // namespace copydesk
