// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/word_mask.h"

#include <algorithm>
#include <bit>
#include <cstring>

// The instruction set beyond AVX-512's first compresses bytes.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/word_mask.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#ifndef COPYDESK_KERNELS_WORD_MASK_TABLE_
#define COPYDESK_KERNELS_WORD_MASK_TABLE_
namespace copydesk {
namespace {

// The places of the bits of a byte, in ascending order.
struct BitPlaces {
  std::uint8_t places[256][8] = {};
  constexpr BitPlaces() {
    for (unsigned byte = 0; byte < 256; ++byte) {
      unsigned count = 0;
      for (unsigned bit = 0; bit < 8; ++bit) {
        if ((byte >> bit & 1) != 0) places[byte][count++] = static_cast<std::uint8_t>(bit);
      }
    }
  }
};
[[maybe_unused]] alignas(64) constexpr BitPlaces kBitPlaces;

}  // namespace
}  // namespace copydesk
#endif

HWY_BEFORE_NAMESPACE();
namespace copydesk {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

// Without vectors: 64 bytes, of which every one is looked at.
inline std::uint64_t lower_and_mask(const std::uint8_t* text, std::uint8_t* lower,
                                    std::uint8_t& seen) {
  std::uint64_t bits = 0;
  for (unsigned i = 0; i < 64; ++i) {
    const std::uint8_t byte = text[i];
    const bool upper = static_cast<std::uint8_t>(byte - 'A') < 26;
    const std::uint8_t low = static_cast<std::uint8_t>(byte | (upper ? 0x20 : 0));
    const bool word = static_cast<std::uint8_t>(low - 'a') < 26 ||
                      static_cast<std::uint8_t>(low - '0') < 10 || low >= 0x80;
    lower[i] = low;
    seen = static_cast<std::uint8_t>(seen | byte);
    bits |= std::uint64_t{word} << i;
  }
  return bits;
}

inline std::uint8_t nothing_seen() {
  return 0;
}

inline bool has_high(std::uint8_t seen) {
  return seen >= 0x80;
}

inline void mask_characters(const std::uint8_t* text, std::uint64_t& starts, std::uint64_t& high) {
  starts = high = 0;
  for (unsigned i = 0; i < 64; ++i) {
    starts |= std::uint64_t{(text[i] & 0xC0) != 0x80} << i;
    high |= std::uint64_t{text[i] >= 0x80} << i;
  }
}

constexpr std::size_t kCodesAtOnce = 16;

// REQUIRES: two more bytes than kCodesAtOnce are readable.
inline void decode_all(const std::uint8_t* text, std::uint16_t* codes) {
  for (std::size_t i = 0; i < kCodesAtOnce; ++i) {
    const unsigned lead = text[i], second = text[i + 1] & 0x3F, third = text[i + 2] & 0x3F;
    const unsigned code = lead < 0xC0   ? lead
                          : lead < 0xE0 ? (lead & 0x1F) << 6 | second
                          : lead < 0xF0 ? (lead & 0x0F) << 12 | second << 6 | third
                                        : kLongCharacter;
    codes[i] = static_cast<std::uint16_t>(code);
  }
}

#else

using Bytes = hn::ScalableTag<std::uint8_t>;

// Bytes from `first` on, `count` of them, are found by one wrapping subtraction and one minimum,
// because instruction sets before AVX-512 compare bytes only as signed numbers.
template <class V>
HWY_INLINE hn::Mask<Bytes> in_range(V bytes, std::uint8_t first, std::uint8_t count) {
  const Bytes d;
  const V offset = hn::Sub(bytes, hn::Set(d, first));
  return hn::Eq(hn::Min(offset, hn::Set(d, static_cast<std::uint8_t>(count - 1))), offset);
}

template <class V>
HWY_INLINE std::uint64_t lower_and_mask(const std::uint8_t* text, std::uint8_t* lower, V& seen) {
  const Bytes d;
  constexpr std::size_t kLanes = hn::MaxLanes(Bytes());
  alignas(8) std::uint8_t bits[8];
  for (std::size_t i = 0; i < 64; i += kLanes) {
    const V bytes = hn::LoadU(d, text + i);
    const V low =
        hn::Or(bytes, hn::IfThenElseZero(in_range(bytes, 'A', 26), hn::Set(d, std::uint8_t{0x20})));
    const auto word =
        hn::Or(in_range(low, 'a', 26), hn::Or(in_range(low, '0', 10), in_range(low, 0x80, 0x80)));
    seen = hn::Or(seen, bytes);
    hn::StoreU(low, d, lower + i);
    hn::StoreMaskBits(d, word, bits + i / 8);
  }
  std::uint64_t result;
  std::memcpy(&result, bits, sizeof(result));
  return result;
}

HWY_INLINE hn::Vec<Bytes> nothing_seen() {
  return hn::Zero(Bytes());
}

template <class V>
HWY_INLINE bool has_high(V seen) {
  return !hn::AllFalse(Bytes(), in_range(seen, 0x80, 0x80));
}

HWY_INLINE void mask_characters(const std::uint8_t* text, std::uint64_t& starts,
                                std::uint64_t& high) {
  const Bytes d;
  constexpr std::size_t kLanes = hn::MaxLanes(Bytes());
  alignas(8) std::uint8_t start_bits[8];
  alignas(8) std::uint8_t high_bits[8];
  for (std::size_t i = 0; i < 64; i += kLanes) {
    const auto bytes = hn::LoadU(d, text + i);
    hn::StoreMaskBits(d, hn::Not(in_range(bytes, 0x80, 0x40)), start_bits + i / 8);
    hn::StoreMaskBits(d, in_range(bytes, 0x80, 0x80), high_bits + i / 8);
  }
  std::memcpy(&starts, start_bits, sizeof(starts));
  std::memcpy(&high, high_bits, sizeof(high));
}

// Vectors of at most 32 bytes, since those are easy to interleave in order.
using SomeBytes = hn::CappedTag<std::uint8_t, 32>;
constexpr std::size_t kCodesAtOnce = hn::MaxLanes(SomeBytes());

// Takes every byte for a first one, because that is cheaper than to pick these out: upper and lower
// halves of the code points of one, two and three bytes, of which the lead selects.
// REQUIRES: as above.
HWY_INLINE void decode_all(const std::uint8_t* text, std::uint16_t* codes) {
  const SomeBytes d;
  const hn::Repartition<std::uint16_t, SomeBytes> d_codes;
  const auto lead = hn::LoadU(d, text);
  const auto second = hn::LoadU(d, text + 1);
  const auto third = hn::LoadU(d, text + 2);
  const auto at_least = [&](unsigned bound) {
    return hn::Eq(hn::Max(lead, hn::Set(d, static_cast<std::uint8_t>(bound))), lead);
  };
  const auto masked = [&](auto bytes, unsigned bits) {
    return hn::And(bytes, hn::Set(d, static_cast<std::uint8_t>(bits)));
  };
  const auto is_two = at_least(0xC0), is_three = at_least(0xE0), is_four = at_least(0xF0);
  const auto low_of_two = hn::Or(hn::ShiftLeft<6>(lead), masked(second, 0x3F));
  const auto low_of_three = hn::Or(hn::ShiftLeft<6>(second), masked(third, 0x3F));
  const auto high_of_two = masked(hn::ShiftRight<2>(lead), 0x07);
  const auto high_of_three =
      hn::Or(hn::ShiftLeft<4>(lead), masked(hn::ShiftRight<2>(second), 0x0F));
  auto low = hn::IfThenElse(is_three, low_of_three, hn::IfThenElse(is_two, low_of_two, lead));
  auto high = hn::IfThenElse(is_three, high_of_three, hn::IfThenElseZero(is_two, high_of_two));
  low = hn::IfThenZeroElse(is_four, low);
  high = hn::IfThenElse(is_four, hn::Set(d, std::uint8_t{kLongCharacter >> 8}), high);
  // Interleaves within blocks of 16 bytes.
  const auto front = hn::BitCast(d_codes, hn::InterleaveLower(d, low, high));
  const auto back = hn::BitCast(d_codes, hn::InterleaveUpper(d, low, high));
  if constexpr (kCodesAtOnce == 16) {
    hn::StoreU(front, d_codes, codes);
    hn::StoreU(back, d_codes, codes + kCodesAtOnce / 2);
  } else {
    hn::StoreU(hn::ConcatLowerLower(d_codes, back, front), d_codes, codes);
    hn::StoreU(hn::ConcatUpperUpper(d_codes, back, front), d_codes, codes + kCodesAtOnce / 2);
  }
}

#endif

void character_codes_kernel(const char* text, std::size_t size, std::size_t count,
                            std::uint16_t* codes) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(text);
  std::size_t i = 0;
  for (; i < count && i + kCodesAtOnce + 2 <= size; i += kCodesAtOnce) {
    decode_all(from + i, codes + i);
  }
  if (i >= count) return;
  // At most kCodesAtOnce + 1 bytes of the text are left.
  std::uint8_t last[2 * kCodesAtOnce + 2] = {};
  std::memcpy(last, from + i, size - i);
  for (const std::uint8_t* rest = last; i < count; i += kCodesAtOnce, rest += kCodesAtOnce) {
    decode_all(rest, codes + i);
  }
}

// With `is_ascii`, gives up soon after a byte beyond ASCII.
HWY_INLINE bool mask_words(const char* text, std::size_t size, char* lower, std::uint64_t* mask,
                           bool is_ascii) {
  constexpr std::size_t kBytesAtOnce = 512;
  const auto* from = reinterpret_cast<const std::uint8_t*>(text);
  auto* to = reinterpret_cast<std::uint8_t*>(lower);
  auto seen = nothing_seen();
  std::size_t i = 0;
  while (i + 64 <= size) {
    const std::size_t end = std::min(i + kBytesAtOnce, size);
    for (; i + 64 <= end; i += 64) mask[i / 64] = lower_and_mask(from + i, to + i, seen);
    if (is_ascii && has_high(seen)) return false;
  }
  alignas(64) std::uint8_t tail[64] = {};
  if (i < size) std::memcpy(tail, from + i, size - i);
  mask[i / 64] = lower_and_mask(tail, tail, seen);
  if (i < size) std::memcpy(to + i, tail, size - i);
  return !is_ascii || !has_high(seen);
}

void word_mask_kernel(const char* text, std::size_t size, char* lower, std::uint64_t* mask) {
  mask_words(text, size, lower, mask, false);
}

bool ascii_word_mask_kernel(const char* text, std::size_t size, char* lower, std::uint64_t* mask) {
  return mask_words(text, size, lower, mask, true);
}

void character_masks_kernel(const char* text, std::size_t size, std::uint64_t* starts,
                            std::uint64_t* high) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(text);
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) mask_characters(from + i, starts[i / 64], high[i / 64]);
  if (i == size) return;
  alignas(64) std::uint8_t tail[64] = {};
  std::memcpy(tail, from + i, size - i);
  mask_characters(tail, starts[i / 64], high[i / 64]);
  starts[i / 64] &= (std::uint64_t{1} << (size - i)) - 1;
}

// Stores base + i for every bit i of `bits`, and undefined numbers behind them; returns how many
// there are. No branch depends on the bits: how many words 64 bytes hold is anybody's guess.
#if HWY_TARGET == HWY_AVX3_DL

HWY_INLINE __m512i places_of_bytes() {
  return hn::Iota(hn::ScalableTag<std::uint8_t>(), 0).raw;
}

HWY_INLINE std::size_t store_positions(std::uint64_t bits, std::uint32_t base, std::uint16_t* out) {
  const __m512i places = _mm512_maskz_compress_epi8(bits, places_of_bytes());
  const __m512i first = _mm512_set1_epi16(static_cast<short>(base));
  const auto store = [&](__m256i part, std::uint16_t* to) {
    _mm512_storeu_si512(to, _mm512_add_epi16(_mm512_cvtepu8_epi16(part), first));
  };
  store(_mm512_castsi512_si256(places), out);
  store(_mm512_extracti64x4_epi64(places, 1), out + 32);
  return static_cast<std::size_t>(_mm_popcnt_u64(bits));
}

#elif HWY_TARGET == HWY_SCALAR

inline std::size_t store_positions(std::uint64_t bits, std::uint32_t base, std::uint16_t* out) {
  std::size_t count = 0;
  for (; bits != 0; bits &= bits - 1) {
    out[count++] = static_cast<std::uint16_t>(base + static_cast<unsigned>(std::countr_zero(bits)));
  }
  return count;
}

#else

// Eight bits at a time: a table knows their places, and where they go follows from the numbers of
// bits in front, which one multiplication adds up.
HWY_INLINE std::size_t store_positions(std::uint64_t bits, std::uint32_t base, std::uint16_t* out) {
  const hn::Full128<std::uint16_t> d;
  const hn::Full64<std::uint8_t> d_places;
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  std::uint64_t counts = bits - (bits >> 1 & 0x55 * kOnes);
  counts = (counts & 0x33 * kOnes) + (counts >> 2 & 0x33 * kOnes);
  counts = (counts + (counts >> 4)) & 0x0F * kOnes;
  const std::uint64_t ends = counts * kOnes;
  const std::uint64_t begins = ends << 8;
  auto first = hn::Set(d, static_cast<std::uint16_t>(base));
  const auto step = hn::Set(d, std::uint16_t{8});
#pragma GCC unroll 8
  for (unsigned i = 0; i < 64; i += 8) {
    const auto places = hn::LoadU(d_places, kBitPlaces.places[bits >> i & 0xFF]);
    hn::StoreU(hn::Add(hn::PromoteTo(d, places), first), d, out + (begins >> i & 0xFF));
    first = hn::Add(first, step);
  }
  return ends >> 56;
}

#endif

std::size_t word_bounds_kernel(const std::uint64_t* mask, std::size_t words, bool& inside,
                               std::uint16_t* bounds) {
  std::uint64_t carry = inside ? 1 : 0;
  std::size_t count = 0;
  for (std::size_t w = 0; w < words; ++w) {
    const std::uint64_t bits = mask[w];
    const std::uint64_t edges = bits ^ (bits << 1 | carry);
    carry = bits >> 63;
    count += store_positions(edges, static_cast<std::uint32_t>(w * 64), bounds + count);
  }
  inside = carry != 0;
  return count;
}

std::size_t bit_positions_kernel(const std::uint64_t* mask, std::size_t words,
                                 std::uint16_t* positions) {
  std::size_t count = 0;
  for (std::size_t w = 0; w < words; ++w) {
    // Where positions come from a table, it pays to skip what has none.
    if (HWY_TARGET != HWY_AVX3_DL && mask[w] == 0) continue;
    count += store_positions(mask[w], static_cast<std::uint32_t>(w * 64), positions + count);
  }
  return count;
}

}  // namespace HWY_NAMESPACE
}  // namespace copydesk
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(word_mask_kernel);
HWY_EXPORT(ascii_word_mask_kernel);
HWY_EXPORT(word_bounds_kernel);
HWY_EXPORT(bit_positions_kernel);
HWY_EXPORT(character_codes_kernel);
HWY_EXPORT(character_masks_kernel);

void word_mask(const char* text, std::size_t size, char* lower, std::uint64_t* mask) {
  HWY_DYNAMIC_DISPATCH(word_mask_kernel)(text, size, lower, mask);
}

bool ascii_word_mask(const char* text, std::size_t size, char* lower, std::uint64_t* mask) {
  return HWY_DYNAMIC_DISPATCH(ascii_word_mask_kernel)(text, size, lower, mask);
}

std::size_t bit_positions(const std::uint64_t* mask, std::size_t words, std::uint16_t* positions) {
  return HWY_DYNAMIC_DISPATCH(bit_positions_kernel)(mask, words, positions);
}

void character_masks(const char* text, std::size_t size, std::uint64_t* starts,
                     std::uint64_t* high) {
  HWY_DYNAMIC_DISPATCH(character_masks_kernel)(text, size, starts, high);
}

void character_codes(const char* text, std::size_t size, std::size_t count, std::uint16_t* codes) {
  HWY_DYNAMIC_DISPATCH(character_codes_kernel)(text, size, count, codes);
}

std::size_t word_bounds(const std::uint64_t* mask, std::size_t words, bool& inside,
                        std::uint16_t* bounds) {
  return HWY_DYNAMIC_DISPATCH(word_bounds_kernel)(mask, words, inside, bounds);
}

}  // namespace copydesk
#endif
