// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/sketcher.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "copydesk/error.h"
#include "copydesk/kernels/fast_similarity_sketch.h"
#include "copydesk/kernels/minhash_update.h"

namespace copydesk {

namespace {

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): fixed for good, sketches on disk depend on it.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

}  // namespace

Sketcher::Sketcher(const SketchOptions& options) : options_(options) {
  if (options.slots < 16 || options.slots > 1024 || options.slots % 8 != 0) {
    throw Error(
        ErrorCode::kInvalidOption,
        fmt::format("a sketch of {} slots: use a multiple of 8 from 16 to 1024", options.slots),
        "slots");
  }
  if (options.kind != SketchKind::kMinHash) return;
  std::uint64_t state = options.seed;
  for (std::size_t i = 0; i < options.slots; ++i) {
    const std::uint64_t random = next_random(state);
    masks_.push_back(static_cast<std::uint32_t>(random >> 32));
    multipliers_.push_back(static_cast<std::uint32_t>(random) | 1);
  }
}

void Sketcher::sketch(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> slots) {
  assert(slots.size() == options_.slots);
  if (options_.kind == SketchKind::kFastSimilarity) {
    fast_similarity_sketch(shingles, options_.seed, slots);
    return;
  }
  std::fill(slots.begin(), slots.end(), 0xFFFFFFFF);
  minhash_update(shingles, {masks_, multipliers_}, slots);
}

}  // namespace copydesk
