#include "copydesk/lsh/band_keys.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cassert>

namespace copydesk {

void compute_band_keys(std::span<const std::uint32_t> slots, const Banding& banding,
                       std::span<std::uint64_t> keys) {
  assert(slots.size() >= banding.bands * banding.rows && keys.size() == banding.bands);
  const std::size_t band_bytes = banding.rows * sizeof(std::uint32_t);
  for (std::size_t band = 0; band < banding.bands; ++band) {
    keys[band] = XXH3_64bits_withSeed(slots.data() + band * banding.rows, band_bytes, band);
  }
}

}  // namespace copydesk
