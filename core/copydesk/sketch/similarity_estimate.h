#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From agreeing slots to Jaccard similarity and back. The estimates propose and filter pairs; what
// is removed is decided by exact comparison. Sketches of 128 slots of 32 bits that agree in 96
// stand for a similarity of .75.

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// Jaccard similarity of two sets whose sketches agree in `equal` of `slots` slots of 32 bits.
// REQUIRES: 0 < slots, equal <= slots.
[[nodiscard]] double estimate_jaccard(std::size_t equal, std::size_t slots);

// The same for sketches packed to 8 bits a slot, of which one in 256 agrees by chance; in [0, 1].
[[nodiscard]] double estimate_jaccard_packed(std::size_t equal, std::size_t slots);

// The number of agreeing slots to ask for: the greatest m such that a pair of sets at `jaccard`
// agrees in fewer than m of `slots` slots with a probability of at most `tail`. Exact for MinHash;
// on the safe side for the fast similarity sketch, whose agreement varies less, and for packed
// slots, which agree more often.
// REQUIRES: 0 < slots, jaccard in [0, 1], tail in [0, 1).
[[nodiscard]] std::size_t minimum_agreement(std::size_t slots, double jaccard, double tail);

// The opposite bound, for packed slots: a pair at `jaccard` agrees in this many of `slots` slots or
// more with a probability of at most `tail`, so a pair that does is more similar than that; slots +
// 1 where no agreement is that telling.
[[nodiscard]] std::size_t sure_agreement(std::size_t slots, double jaccard, double tail);

// Eight well-mixed bits of each slot: equal slots stay equal, others agree with probability 1/256.
// REQUIRES: packed.size() == slots.size().
void pack_slots(std::span<const std::uint32_t> slots, std::span<std::uint8_t> packed);

}  // namespace copydesk
