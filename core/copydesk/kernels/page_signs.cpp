// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/page_signs.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/page_signs.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace copydesk {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// One place, by the byte there and the two behind it.
inline unsigned signs_at(std::uint8_t a, std::uint8_t b, std::uint8_t c) {
  const unsigned small_a = a | 0x20u, small_b = b | 0x20u, small_c = c | 0x20u;
  unsigned signs = 0;
  if (a == '@') signs |= kMailSign;
  if ((a == ':' && b == '/') || (small_a == 'w' && small_b == 'w' && small_c == 'w')) {
    signs |= kAddressSign;
  }
  if ((a == 0xC2 && b == 0xA9) || (small_a == 'p' && small_b == 'y' && small_c == 'r') ||
      (a == '(' && small_b == 'c' && c == ')')) {
    signs |= kCopyrightSign;
  }
  if ((a >= 0x0B && a <= 0x0D) || (a == 0xC2 && b == 0x85) ||
      (a == 0xE2 && b == 0x80 && (c & 0xFE) == 0xA8)) {
    signs |= kOtherBreak;
  }
  return signs;
}

void page_signs_kernel(const char* text, std::size_t size, std::uint8_t* stretches) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text);
  const hn::ScalableTag<std::uint8_t> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const auto is = [&](V bytes_of, unsigned c) {
    return hn::Eq(bytes_of, hn::Set(d, static_cast<std::uint8_t>(c)));
  };
  const V small = hn::Set(d, 0x20);
  for (std::size_t from = 0; from < size; from += kPageStretch) {
    const std::size_t end = std::min(size, from + kPageStretch);
    V mail = hn::Zero(d), address = hn::Zero(d), copyright = hn::Zero(d), breaks = hn::Zero(d);
    std::size_t i = from;
    for (; i + lanes <= end && i + lanes + 2 <= size; i += lanes) {
      const V a = hn::LoadU(d, bytes + i), b = hn::LoadU(d, bytes + i + 1);
      const V c = hn::LoadU(d, bytes + i + 2);
      const V small_a = hn::Or(a, small), small_b = hn::Or(b, small), small_c = hn::Or(c, small);
      const auto add = [&](V& found, auto mask) {
        found = hn::Or(found, hn::VecFromMask(d, mask));
      };
      const auto is_latin = is(a, 0xC2);
      add(mail, is(a, '@'));
      add(address, hn::And(is(a, ':'), is(b, '/')));
      add(address, hn::And(hn::And(is(small_a, 'w'), is(small_b, 'w')), is(small_c, 'w')));
      add(copyright, hn::And(is_latin, is(b, 0xA9)));
      add(copyright, hn::And(hn::And(is(small_a, 'p'), is(small_b, 'y')), is(small_c, 'r')));
      add(copyright, hn::And(hn::And(is(a, '('), is(small_b, 'c')), is(c, ')')));
      // By one wrapping subtraction and one minimum: before AVX-512, bytes compare as signed
      // numbers.
      const V offset = hn::Sub(a, hn::Set(d, 0x0B));
      add(breaks, hn::Eq(hn::Min(offset, hn::Set(d, 2)), offset));
      add(breaks, hn::And(is_latin, is(b, 0x85)));
      add(breaks,
          hn::And(hn::And(is(a, 0xE2), is(b, 0x80)), is(hn::And(c, hn::Set(d, 0xFE)), 0xA8)));
    }
    const auto any = [&](V found) { return !hn::AllTrue(d, hn::Eq(found, hn::Zero(d))); };
    unsigned signs = (any(mail) ? unsigned{kMailSign} : 0u) |
                     (any(address) ? unsigned{kAddressSign} : 0u) |
                     (any(copyright) ? unsigned{kCopyrightSign} : 0u) |
                     (any(breaks) ? unsigned{kOtherBreak} : 0u);
    for (; i < end; ++i) {
      const std::uint8_t b = i + 1 < size ? bytes[i + 1] : std::uint8_t{0};
      signs |= signs_at(bytes[i], b, i + 2 < size ? bytes[i + 2] : std::uint8_t{0});
    }
    stretches[from / kPageStretch] = static_cast<std::uint8_t>(signs);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace copydesk
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(page_signs_kernel);

void page_signs(const char* text, std::size_t size, std::uint8_t* stretches) {
  HWY_DYNAMIC_DISPATCH(page_signs_kernel)(text, size, stretches);
}

}  // namespace copydesk
#endif
