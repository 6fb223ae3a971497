// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/punctuation_mask.h"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "only_target.h"

namespace copydesk {
namespace {

std::vector<PunctuationMask> mask_by_byte(const std::string& text) {
  std::vector<PunctuationMask> masks((text.size() + 63) / 64, PunctuationMask{});
  for (std::size_t i = 0; i < text.size(); ++i) {
    PunctuationMask& mask = masks[i / 64];
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    const auto is_one_of = [&](const char* set) {
      return text[i] != '\0' && std::strchr(set, text[i]) != nullptr;
    };
    const auto byte = static_cast<unsigned char>(text[i]);
    if (is_one_of(" \t\n\v\f\r")) mask.spaces |= bit;
    if (is_one_of("\n")) mask.breaks |= bit;
    if (is_one_of(".!?:;")) mask.terminators |= bit;
    if (is_one_of("\"()[]")) mask.marks |= bit;
    if (is_one_of("0123456789")) mask.digits |= bit;
    if (byte >= 0xC0) mask.leads |= bit;
    if (byte >= 0x80 && byte < 0xC0) mask.tails |= bit;
  }
  return masks;
}

void check_text(const std::string& text) {
  const std::vector<PunctuationMask> expected = mask_by_byte(text);
  constexpr std::uint64_t kGuard = 0xABCD;
  std::vector<PunctuationMask> masks(expected.size() + 1);
  masks.back().spaces = kGuard;
  punctuation_mask(text.data(), text.size(), masks.data());
  BOOST_TEST(masks.back().spaces == kGuard);
  const std::size_t size = expected.size() * sizeof(PunctuationMask);
  BOOST_TEST((size == 0 || std::memcmp(masks.data(), expected.data(), size) == 0));
}

BOOST_AUTO_TEST_SUITE(punctuation_mask_kernel)

BOOST_AUTO_TEST_CASE(every_byte_value_and_length_on_every_target) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  std::mt19937 random(5);
  for (const std::int64_t target : supported_targets()) {
    const OnlyTarget only(target);
    BOOST_TEST_CONTEXT("target " << hwy::TargetName(target)) {
      check_text(all);
      for (std::size_t size = 0; size < 200; ++size) {
        std::string text;
        while (text.size() < size) text += all[random() % 256];
        check_text(text);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
