#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Classic MinHash with 32-bit slots: slot i keeps the smallest value of permutation i over all
// elements of a set (Broder 1997).

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// Permutation i of 32-bit values is x -> (x ^ masks[i]) * multipliers[i] modulo 2^32.
struct MinHashPermutations {
  std::span<const std::uint32_t> masks;
  std::span<const std::uint32_t> multipliers;  // all odd
};

// Lowers every slot to the smallest value of its permutation over `elements`, which are mixed to 32
// bits first. A sketch begins with all slots 0xFFFFFFFF; elements may come in any number of calls,
// in any order, with repeats. Same slots on every instruction set.
// REQUIRES: masks, multipliers and slots have the same size, a multiple of 8 and at least 16.
void minhash_update(std::span<const std::uint64_t> elements,
                    const MinHashPermutations& permutations, std::span<std::uint32_t> slots);

}  // namespace copydesk
