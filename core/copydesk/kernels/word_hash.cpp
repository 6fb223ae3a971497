// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/word_hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/kernels/token_hash.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/word_hash.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

// Not vectorized: no instruction set multiplies lanes of 64 bits to 128. Compiled for each all the
// same, because from AVX2 on there is a multiplication that leaves its operands alone.

#ifndef COPYDESK_KERNELS_LONG_WORD_
#define COPYDESK_KERNELS_LONG_WORD_
namespace copydesk {
namespace {

[[gnu::noinline]] std::uint64_t hash_longer_word(const char* word, std::size_t size) {
  return size <= kMiddleToken ? hash_middle_token(word, size) : XXH3_64bits(word, size);
}

}  // namespace
}  // namespace copydesk
#endif

HWY_BEFORE_NAMESPACE();
namespace copydesk {
namespace HWY_NAMESPACE {

// A template over the length: the branch on it is predicted where most words are not longer.
template <WordLength kLength>
HWY_INLINE void hash_all(const char* text, const std::uint16_t* bounds, std::size_t count,
                         std::uint64_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    const char* const word = text + bounds[2 * i];
    const std::size_t size = std::size_t{bounds[2 * i + 1]} - bounds[2 * i];
    if (kLength == WordLength::kMostlyTiny && size <= kTinyToken) {
      out[i] = hash_tiny_token(word, size);
    } else if (kLength == WordLength::kMostlyShort && size <= kShortToken) {
      out[i] = hash_short_token(word, size);
    } else if (kLength == WordLength::kMostlyLong && size <= kMiddleToken) {
      out[i] = hash_middle_token(word, size);
    } else {
      out[i] = hash_longer_word(word, size);
    }
  }
}

void hash_words_kernel(const char* text, const std::uint16_t* bounds, std::size_t count,
                       WordLength length, std::uint64_t* out) {
  switch (length) {
    case WordLength::kMostlyTiny:
      return hash_all<WordLength::kMostlyTiny>(text, bounds, count, out);
    case WordLength::kMostlyShort:
      return hash_all<WordLength::kMostlyShort>(text, bounds, count, out);
    case WordLength::kMostlyLong:
      return hash_all<WordLength::kMostlyLong>(text, bounds, count, out);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace copydesk
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(hash_words_kernel);

void hash_words(const char* text, const std::uint16_t* bounds, std::size_t count, WordLength length,
                std::uint64_t* out) {
  HWY_DYNAMIC_DISPATCH(hash_words_kernel)(text, bounds, count, length, out);
}

}  // namespace copydesk
#endif
