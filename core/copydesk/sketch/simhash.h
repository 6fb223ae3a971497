#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// SimHash (Charikar 2002; Manku, Jain, Das Sarma 2007): a bag of hashes to a fingerprint of 64 or
// 128 bits. The share of equal bits of two fingerprints grows as the angle between the bags
// shrinks.

#include <cstddef>
#include <cstdint>
#include <span>

#include "copydesk/kernels/hamming.h"

namespace copydesk {

// A bit of the fingerprint is set when more than half of `features` have it set. Features are
// well-mixed hashes; repeats count, order does not. No features give 0.
[[nodiscard]] std::uint64_t simhash_64(std::span<const std::uint64_t> features);

// The lower half is simhash_64; the upper half is that of the features hashed once more.
[[nodiscard]] Fingerprint128 simhash_128(std::span<const std::uint64_t> features);

// features[i] counts weights[i] times; equal to repeating it so often.
// REQUIRES: as many weights as features, of a sum below 2^32.
[[nodiscard]] std::uint64_t simhash_64(std::span<const std::uint64_t> features,
                                       std::span<const std::uint32_t> weights);
[[nodiscard]] Fingerprint128 simhash_128(std::span<const std::uint64_t> features,
                                         std::span<const std::uint32_t> weights);

// A weight for a feature that `frequency` of `documents` documents have, in sixteenths:
// log2((documents + 1) / (frequency + 1/2)), each logarithm rounded down, not below 0; at most
// 1,040. Computed in integers: the same on every machine.
[[nodiscard]] std::uint32_t idf_weight(std::uint64_t documents, std::uint64_t frequency);

// The probability that the fingerprints of two bags of features, of `cosine` in [0, 1] as
// (weighted) count vectors, differ in at most `distance` of `bits` bits: each bit differs with
// probability acos(cosine) / pi (Charikar 2002), and bits are taken as independent.
[[nodiscard]] double simhash_probability(std::size_t bits, std::size_t distance, double cosine);

}  // namespace copydesk
