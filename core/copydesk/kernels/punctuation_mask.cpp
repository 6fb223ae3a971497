// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/punctuation_mask.h"

#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/punctuation_mask.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace copydesk {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

inline PunctuationMask mask_bytes(const std::uint8_t* text) {
  PunctuationMask mask{};
  for (unsigned i = 0; i < 64; ++i) {
    const std::uint8_t c = text[i];
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (c == ' ' || (c >= '\t' && c <= '\r')) mask.spaces |= bit;
    if (c == '\n') mask.breaks |= bit;
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == ';') mask.terminators |= bit;
    if (c == '"' || c == '(' || c == ')' || c == '[' || c == ']') mask.marks |= bit;
    if (c >= '0' && c <= '9') mask.digits |= bit;
    if (c >= 0xC0) mask.leads |= bit;
    if (c >= 0x80 && c < 0xC0) mask.tails |= bit;
  }
  return mask;
}

#else

using Bytes = hn::ScalableTag<std::uint8_t>;

// By one wrapping subtraction and one minimum: before AVX-512, bytes compare as signed numbers.
template <class V>
HWY_INLINE hn::Mask<Bytes> in_range(V bytes, std::uint8_t first, std::uint8_t count) {
  const Bytes d;
  const V offset = hn::Sub(bytes, hn::Set(d, first));
  return hn::Eq(hn::Min(offset, hn::Set(d, static_cast<std::uint8_t>(count - 1))), offset);
}

template <class V>
HWY_INLINE hn::Mask<Bytes> is(V bytes, char c) {
  return hn::Eq(bytes, hn::Set(Bytes(), static_cast<std::uint8_t>(c)));
}

HWY_INLINE PunctuationMask mask_bytes(const std::uint8_t* text) {
  const Bytes d;
  constexpr std::size_t kLanes = hn::MaxLanes(Bytes());
  // The fields of the mask, in their order.
  alignas(8) std::uint8_t bits[7][8];
  for (std::size_t i = 0; i < 64; i += kLanes) {
    const auto c = hn::LoadU(d, text + i);
    hn::StoreMaskBits(d, hn::Or(is(c, ' '), in_range(c, '\t', 5)), bits[0] + i / 8);
    hn::StoreMaskBits(d, is(c, '\n'), bits[1] + i / 8);
    hn::StoreMaskBits(
        d, hn::Or(hn::Or(is(c, '.'), is(c, '!')), hn::Or(is(c, '?'), in_range(c, ':', 2))),
        bits[2] + i / 8);
    hn::StoreMaskBits(
        d, hn::Or(hn::Or(is(c, '"'), in_range(c, '(', 2)), hn::Or(is(c, '['), is(c, ']'))),
        bits[3] + i / 8);
    hn::StoreMaskBits(d, in_range(c, '0', 10), bits[4] + i / 8);
    hn::StoreMaskBits(d, in_range(c, 0xC0, 0x40), bits[5] + i / 8);
    hn::StoreMaskBits(d, in_range(c, 0x80, 0x40), bits[6] + i / 8);
  }
  PunctuationMask mask;
  static_assert(sizeof mask == sizeof bits);
  std::memcpy(&mask, bits, sizeof mask);
  return mask;
}

#endif

void punctuation_mask_kernel(const char* text, std::size_t size, PunctuationMask* masks) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(text);
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) masks[i / 64] = mask_bytes(from + i);
  if (i == size) return;
  alignas(64) std::uint8_t tail[64] = {};
  std::memcpy(tail, from + i, size - i);
  masks[i / 64] = mask_bytes(tail);
}

}  // namespace HWY_NAMESPACE
}  // namespace copydesk
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(punctuation_mask_kernel);

void punctuation_mask(const char* text, std::size_t size, PunctuationMask* masks) {
  HWY_DYNAMIC_DISPATCH(punctuation_mask_kernel)(text, size, masks);
}

}  // namespace copydesk
#endif
