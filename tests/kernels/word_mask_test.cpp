// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/word_mask.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/text/utf8.h"
#include "only_target.h"

namespace copydesk {
namespace {

struct Marked {
  std::string lower;
  std::vector<std::uint64_t> mask;
  bool has_high = false;
};

Marked mark_words(const std::string& text) {
  Marked result;
  result.mask.resize(text.size() / 64 + 1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    const bool is_high = static_cast<unsigned char>(c) >= 128;
    result.has_high |= is_high;
    result.lower += c;
    if (is_high || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      result.mask[i / 64] |= std::uint64_t{1} << (i % 64);
    }
  }
  return result;
}

std::vector<std::uint16_t> find_bounds(const std::vector<std::uint64_t>& mask, bool inside) {
  std::vector<std::uint16_t> result;
  for (std::size_t i = 0; i < mask.size() * 64; ++i) {
    const bool bit = (mask[i / 64] >> (i % 64) & 1) != 0;
    if (bit != inside) result.push_back(static_cast<std::uint16_t>(i));
    inside = bit;
  }
  return result;
}

void check_text(const std::string& text, std::size_t shift) {
  const Marked expected = mark_words(text);
  std::string moved(shift, '#');
  moved += text;
  std::string lower(shift + text.size() + 1, '#');
  std::vector<std::uint64_t> mask(word_mask_size(text.size()) + 1, 0xABCD);
  const bool is_ascii =
      ascii_word_mask(moved.data() + shift, text.size(), lower.data() + shift, mask.data());
  BOOST_TEST(is_ascii == !expected.has_high);
  BOOST_TEST(lower.back() == '#');
  BOOST_TEST(mask.back() == 0xABCDu);
  for (const bool ascii_only : {true, false}) {
    if (!ascii_only) {
      word_mask(moved.data() + shift, text.size(), lower.data() + shift, mask.data());
    } else if (!is_ascii) {
      continue;
    }
    BOOST_TEST((lower == std::string(shift, '#') + expected.lower + '#'));
    BOOST_TEST(std::equal(expected.mask.begin(), expected.mask.end(), mask.begin()));
  }
  BOOST_TEST(mask.back() == 0xABCDu);
  mask.pop_back();
  BOOST_TEST(mask == expected.mask, boost::test_tools::per_element());
  // In place.
  word_mask(moved.data() + shift, text.size(), moved.data() + shift, mask.data());
  BOOST_TEST((moved == std::string(shift, '#') + expected.lower));
  BOOST_TEST(mask == expected.mask, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE(word_mask_kernel)

BOOST_AUTO_TEST_CASE(every_byte_value_on_every_target) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    const OnlyTarget only(target);
    BOOST_REQUIRE_EQUAL(hwy::SupportedTargets(), target);
    BOOST_TEST_CONTEXT("target " << hwy::TargetName(target)) {
      check_text(all, 0);
      for (int i = 0; i < 256; ++i) check_text(std::string(1, static_cast<char>(i)), 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(lengths_and_misalignment_on_every_target) {
  std::mt19937 random(3);
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    const OnlyTarget only(target);
    for (std::size_t size : {0,  1,  7,  8,   9,   15,  16,  17,  31,  32,  33,
                             63, 64, 65, 127, 128, 129, 511, 512, 513, 700, 1100}) {
      for (std::size_t shift : {0, 1, 13}) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += "aZ 0.-\xC3"[random() % 7];
        BOOST_TEST_CONTEXT("target " << hwy::TargetName(target) << " size " << size) {
          check_text(text, shift);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bounds_on_every_target) {
  std::mt19937_64 random(5);
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    const OnlyTarget only(target);
    for (std::size_t words : {0, 1, 2, 3, 64, 1024}) {
      for (int trial = 0; trial < 30; ++trial) {
        std::vector<std::uint64_t> mask(words);
        for (std::uint64_t& word : mask) {
          const std::uint64_t kinds[] = {random(), 0, ~std::uint64_t{0}, 0x5555555555555555u,
                                         random() & random() & random()};
          word = kinds[random() % 5];
        }
        for (const bool inside : {false, true}) {
          bool state = inside;
          std::vector<std::uint16_t> bounds(positions_capacity(words));
          bounds.resize(word_bounds(mask.data(), words, state, bounds.data()));
          BOOST_TEST(bounds == find_bounds(mask, inside), boost::test_tools::per_element());
          BOOST_TEST(state == (words == 0 ? inside : (mask.back() >> 63) != 0));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(positions_on_every_target) {
  std::mt19937_64 random(7);
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    const OnlyTarget only(target);
    for (std::size_t words : {0, 1, 2, 64, 1024}) {
      std::vector<std::uint64_t> mask(words);
      std::vector<std::uint16_t> expected;
      for (std::size_t i = 0; i < words; ++i) {
        const std::uint64_t kinds[] = {random(), 0, ~std::uint64_t{0}, random() & random()};
        mask[i] = kinds[random() % 4];
        for (std::size_t bit = 0; bit < 64; ++bit) {
          if ((mask[i] >> bit & 1) != 0)
            expected.push_back(static_cast<std::uint16_t>(64 * i + bit));
        }
      }
      std::vector<std::uint16_t> positions(positions_capacity(words));
      positions.resize(bit_positions(mask.data(), words, positions.data()));
      BOOST_TEST(positions == expected, boost::test_tools::per_element());
    }
  }
}

// Every code point below U+10000, and lengths around those of vectors.
BOOST_AUTO_TEST_CASE(codes_on_every_target) {
  std::mt19937 random(8);
  std::vector<std::uint32_t> all;
  for (std::uint32_t c = 0; c < 0x10000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) all.push_back(c);
  }
  std::vector<std::vector<std::uint32_t>> texts = {all};
  for (std::size_t size = 0; size < 60; ++size) {
    std::vector<std::uint32_t> text(size);
    for (std::uint32_t& c : text) {
      const std::uint32_t limits[] = {0x80, 0x800, 0xD800, 0x110000};
      c = static_cast<std::uint32_t>(random() % limits[random() % 4]);
      if (c >= 0xD800 && c < 0xE000) c += 0x800;
    }
    texts.push_back(text);
  }
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    const OnlyTarget only(target);
    for (const std::vector<std::uint32_t>& points : texts) {
      std::string text;
      std::vector<std::pair<std::size_t, std::uint16_t>> expected;
      for (const std::uint32_t c : points) {
        char bytes[4];
        expected.emplace_back(text.size(),
                              static_cast<std::uint16_t>(c < 0x10000 ? c : kLongCharacter));
        text.append(bytes, encode_utf8(c, bytes));
      }
      for (const std::size_t left_out : {0, 1, 5}) {
        const std::size_t count = text.size() - std::min<std::size_t>(text.size(), left_out);
        const std::string exact = text;  // on the heap where reads beyond it are found
        std::vector<std::uint16_t> codes(codes_capacity(count));
        character_codes(exact.data(), exact.size(), count, codes.data());
        for (const auto& [place, code] : expected) {
          if (place < count && codes[place] != code) {
            BOOST_ERROR("byte " << place << " of " << text.size() << ": " << codes[place]
                                << ", expected " << code << ", " << hwy::TargetName(target));
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(characters_on_every_target) {
  std::mt19937 random(6);
  for (const std::int64_t target : supported_targets_of_wider_kernels()) {
    const OnlyTarget only(target);
    for (std::size_t size : {0, 1, 15, 16, 17, 63, 64, 65, 128, 256, 300}) {
      for (std::size_t shift : {0, 1, 5}) {
        std::string text(shift, '#');
        for (std::size_t i = 0; i < size; ++i) {
          text += static_cast<char>(size == 256 ? i : random() % 256);
        }
        const std::size_t words = (size + 63) / 64;
        std::vector<std::uint64_t> starts(words + 1, 7), high(words + 1, 7);
        character_masks(text.data() + shift, size, starts.data(), high.data());
        BOOST_TEST(starts[words] == 7u);
        BOOST_TEST(high[words] == 7u);
        for (std::size_t i = 0; i < words * 64; ++i) {
          const unsigned byte = i < size ? static_cast<unsigned char>(text[shift + i]) : 0;
          const bool is_start = i < size && (byte < 0x80 || byte > 0xBF);
          BOOST_TEST((starts[i / 64] >> (i % 64) & 1) == (is_start ? 1u : 0u));
          BOOST_TEST((high[i / 64] >> (i % 64) & 1) == (byte >= 0x80 ? 1u : 0u));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
