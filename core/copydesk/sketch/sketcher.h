#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Shingle sets to sketches of k slots of 32 bits. The share of equal slots of two sketches
// estimates the Jaccard similarity of the two sets without bias.
//
// Example:
//   const std::vector<std::uint64_t> a = {1, 2, 3}, b = {3, 2, 1, 1};
//   std::vector<std::uint32_t> slots_of_a(128), slots_of_b(128);
//   Sketcher sketcher(SketchOptions{});
//   sketcher.sketch(a, slots_of_a);
//   sketcher.sketch(b, slots_of_b);
//   assert(slots_of_a == slots_of_b);

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

enum class SketchKind {
  kFastSimilarity,  // Fast Similarity Sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017), the
                    // default
  kMinHash,         // classic MinHash with one multiply-xor permutation per slot (Broder 1997)
};

struct SketchOptions {
  SketchKind kind = SketchKind::kFastSimilarity;
  std::size_t slots = 128;  // k, a multiple of 8 in [16, 1024]
  std::uint64_t seed = 0;
};

// Reuses its buffers from call to call; one object per thread.
class Sketcher {
 public:
  // Throws Error{kInvalidOption} when options are out of range.
  explicit Sketcher(const SketchOptions& options);

  // Writes the sketch of the set of `shingles` (order and repeats do not matter) to `slots`.
  // REQUIRES: slots.size() == options.slots. An empty set gives all slots 0xFFFFFFFF.
  void sketch(std::span<const std::uint64_t> shingles, std::span<std::uint32_t> slots);

 private:
  SketchOptions options_;
  std::vector<std::uint32_t> masks_, multipliers_;  // of the MinHash permutations; else empty
};

}  // namespace copydesk
