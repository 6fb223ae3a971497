#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <span>

#include "copydesk/lsh/banding.h"

namespace copydesk {

// One 64-bit key per band: XXH3 of the band's slots, seeded with the band's number. With b bits of
// it, a band of N documents holds N^2 / 2^(b + 1) pairs that share a key by chance. REQUIRES:
// slots.size() >= banding.bands * banding.rows, keys.size() == banding.bands.
void compute_band_keys(std::span<const std::uint32_t> slots, const Banding& banding,
                       std::span<std::uint64_t> keys);

}  // namespace copydesk
