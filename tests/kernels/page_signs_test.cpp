// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/page_signs.h"

#include <boost/test/unit_test.hpp>
#include <cctype>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "only_target.h"

namespace copydesk {
namespace {

// Where one of `signs`, in any case of its letters, begins in [begin, end).
bool has_any(const std::string& text, std::size_t begin, std::size_t end,
             const std::vector<std::string_view>& signs) {
  for (std::size_t at = begin; at < end; ++at) {
    for (const std::string_view sign : signs) {
      bool is_here = at + sign.size() <= text.size();
      for (std::size_t i = 0; is_here && i < sign.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        const int small = byte < 0x80 ? std::tolower(byte) : byte;
        is_here = small == static_cast<unsigned char>(sign[i]);
      }
      if (is_here) return true;
    }
  }
  return false;
}

void check_text(const std::string& text) {
  const std::size_t count = (text.size() + kPageStretch - 1) / kPageStretch;
  std::vector<std::uint8_t> found(count + 1, 0xAB);
  page_signs(text.data(), text.size(), found.data());
  BOOST_TEST(found.back() == 0xAB);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = i * kPageStretch;
    const std::size_t end = std::min(text.size(), begin + kPageStretch);
    unsigned expected = 0;
    if (has_any(text, begin, end, {"@"})) expected |= kMailSign;
    if (has_any(text, begin, end, {":/", "www"})) expected |= kAddressSign;
    if (has_any(text, begin, end, {"\u00A9", "pyr", "(c)"})) expected |= kCopyrightSign;
    if (has_any(text, begin, end, {"\v", "\f", "\r", "\u0085", "\u2028", "\u2029"})) {
      expected |= kOtherBreak;
    }
    BOOST_TEST(unsigned{found[i]} == expected);
  }
}

BOOST_AUTO_TEST_SUITE(page_signs_kernel)

// Pieces of signs, so that whole ones, halves and signs across two stretches come up, in texts of
// which most stretches have none.
BOOST_AUTO_TEST_CASE(signs_anywhere_on_every_target) {
  const std::vector<std::string_view> pieces = {
      "@",   ":",   "/",      "www",    "WwW",    "ww",     "copyright", "PYR", "py", "(c)",
      "(C)", "(c",  "\u00A9", "\u00A8", "\u0085", "\u2028", "\u2029",    "\r",  "\v", "\f",
      "\n",  "://", "\u2019", "\u2027", "\u00E9", "w",      "p",         "yr",  "r",  "c)"};
  std::mt19937 random(7);
  for (const std::int64_t target : supported_targets()) {
    const OnlyTarget only(target);
    BOOST_TEST_CONTEXT("target " << hwy::TargetName(target)) {
      for (std::size_t size = 0; size < 700; size += size < 300 ? 1 : 7) {
        std::string text;
        while (text.size() < size) {
          if (random() % 40 == 0) {
            text += pieces[random() % pieces.size()];
          } else {
            text += "abdeo ilmnt"[random() % 11];
          }
        }
        check_text(text);
      }
      for (const std::string_view piece : pieces) {
        for (std::size_t at = 190; at < 330; ++at) {
          check_text(std::string(at, 'e') + std::string(piece));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
