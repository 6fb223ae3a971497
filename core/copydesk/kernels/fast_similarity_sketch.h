#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Fast Similarity Sketching: a set of 64-bit hashes to k slots of 32 bits, such that two sets agree
// in a slot with a probability equal to their Jaccard similarity. Slots are filled partly without
// replacement, so the estimate varies less than with k independent MinHash functions, down to half
// the variance for sets that are not much larger than k.

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// Writes the sketch of the set of `elements` to `slots`. Order and repeats of elements do not
// matter, and the sketch of a union is the slot-wise minimum of the sketches. The empty set gives
// 0xFFFFFFFF everywhere. Same slots on every instruction set.
// REQUIRES: slots.size() is a multiple of 8 in [16, 1024].
void fast_similarity_sketch(std::span<const std::uint64_t> elements, std::uint64_t seed,
                            std::span<std::uint32_t> slots);

}  // namespace copydesk
