#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Hashes of the words of a text whose bounds word_bounds found: token after token, without a branch
// on lengths that a processor could not predict.

#include <cstddef>
#include <cstdint>

namespace copydesk {

// Bytes that must be readable behind the first byte of every word.
inline constexpr std::size_t kWordReach = 32;

// The words taken for the normal ones: of at most 8 bytes, of at most 16, longer. Faster for these,
// right for all.
enum class WordLength { kMostlyTiny, kMostlyShort, kMostlyLong };

// Writes to out[i] the token hash (docs/text.md) of the bytes [bounds[2 * i], bounds[2 * i + 1]) of
// `text`, for every i in [0, count). Same numbers on every instruction set.
// REQUIRES: no word is empty; kWordReach bytes are readable at the beginning of each.
void hash_words(const char* text, const std::uint16_t* bounds, std::size_t count, WordLength length,
                std::uint64_t* out);

}  // namespace copydesk
