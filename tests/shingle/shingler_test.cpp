// SPDX-License-Identifier: Apache-2.0
#include "copydesk/shingle/shingler.h"

#include <xxhash.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "copydesk/error.h"
#include "reference/tokenizer.h"
#include "reference/window_hash.h"

namespace copydesk {
namespace {

ShingledText shingled(const ShingleOptions& options, std::string_view text) {
  Shingler shingler(options);
  ShingledText result;
  shingler.shingle(text, result);
  return result;
}

// The characters of the rules: tokens joined by one space where the text separates them.
std::u32string characters_of(std::string_view text) {
  std::u32string result;
  bool is_separated = false;
  for (const reference::FoldedCharacter& character : reference::fold(text)) {
    const UChar32 c = character.c;
    if (c == 0x1F) continue;
    if (c < 0x80 && !u_isalnum(c)) {
      is_separated = true;
      continue;
    }
    if (is_separated && !result.empty()) result += U' ';
    is_separated = false;
    result += static_cast<char32_t>(c);
  }
  return result;
}

std::vector<std::uint64_t> character_hashes(const std::u32string& characters) {
  std::vector<std::uint64_t> result;
  for (const char32_t c : characters) {
    result.push_back(reference::mix((std::uint64_t{c} + 1) * 0x9E3779B97F4A7C15u));
  }
  return result;
}

std::vector<std::uint64_t> token_hashes(std::string_view text) {
  std::vector<std::uint64_t> result;
  for (const reference::Token& token : reference::tokenize(text)) result.push_back(token.hash);
  return result;
}

const char* const kTexts[] = {
    "",
    " \n ... ",
    "One",
    "The quick brown fox jumps over the lazy dog, twice.",
    "Der schnelle – braune – Fuchs: springt über den faulen Hund und “zurück”!",
    "敏捷的棕色狐狸 jumps 跳过了懒狗。敏捷的棕色狐狸",
    "ประชาชนชาวไทย ทุกคน",
    "빠른 갈색 여우가 게으른 개를 뛰어넘습니다",
    "a\x1F"
    "b 中\x1F文",
};

BOOST_AUTO_TEST_SUITE(shingler)

BOOST_AUTO_TEST_CASE(word_shingles_agree_with_the_reference) {
  for (const char* text : kTexts) {
    for (const std::size_t size : {1, 2, 5, 9, 64}) {
      BOOST_TEST_CONTEXT("size " << size << " text " << text) {
        const ShingledText result = shingled({ShingleUnit::kWord, size}, text);
        const std::vector<std::uint64_t> tokens = token_hashes(text);
        BOOST_TEST(result.tokens == tokens.size());
        if (tokens.size() >= size) {
          BOOST_TEST(result.shingles == reference::window_hashes(tokens, size),
                     boost::test_tools::per_element());
        }
        const XXH128_hash_t exact = XXH3_128bits(tokens.data(), tokens.size() * 8);
        BOOST_TEST(result.exact_low == exact.low64);
        BOOST_TEST(result.exact_high == exact.high64);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(character_shingles_agree_with_the_reference) {
  for (const char* text : kTexts) {
    for (const std::size_t size : {1, 3, 9, 20}) {
      BOOST_TEST_CONTEXT("size " << size << " text " << text) {
        const ShingledText result = shingled({ShingleUnit::kCharacter, size}, text);
        const std::u32string characters = characters_of(text);
        BOOST_TEST(result.tokens == characters.size());
        if (characters.size() >= size) {
          BOOST_TEST(
              result.shingles == reference::window_hashes(character_hashes(characters), size),
              boost::test_tools::per_element());
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(classes_of_texts) {
  const ShingleOptions five{ShingleUnit::kWord, 5};
  const ShingledText empty = shingled(five, " -- ");
  BOOST_TEST((empty.text_class == TextClass::kEmpty));
  BOOST_TEST(empty.shingles.empty());
  BOOST_TEST(empty.tokens == 0u);
  const ShingledText brief = shingled(five, "one two three four");
  BOOST_TEST((brief.text_class == TextClass::kShort));
  BOOST_TEST(brief.shingles.size() == 1u);
  const ShingledText regular = shingled(five, "one two three four five");
  BOOST_TEST((regular.text_class == TextClass::kRegular));
  BOOST_TEST(regular.shingles.size() == 1u);
}

BOOST_AUTO_TEST_CASE(short_texts_differ_from_windows_and_from_each_other) {
  const ShingledText two = shingled({ShingleUnit::kWord, 2}, "alpha beta");
  const ShingledText two_of_three = shingled({ShingleUnit::kWord, 3}, "alpha beta");
  BOOST_TEST(two.shingles[0] != two_of_three.shingles[0]);
  const ShingledText one = shingled({ShingleUnit::kWord, 3}, "beta");
  BOOST_TEST(one.shingles[0] != two_of_three.shingles[0]);
  const ShingledText turned = shingled({ShingleUnit::kWord, 3}, "beta alpha");
  BOOST_TEST(turned.shingles[0] != two_of_three.shingles[0]);
}

BOOST_AUTO_TEST_CASE(exact_hash_sees_tokens_only) {
  const ShingleOptions words{ShingleUnit::kWord, 5};
  const ShingleOptions characters{ShingleUnit::kCharacter, 5};
  for (const ShingleOptions& options : {words, characters}) {
    const ShingledText first = shingled(options, "“Café,” she said.");
    const ShingledText second = shingled(options, "CAFE\u0301 - she   said");
    const ShingledText third = shingled(options, "cafe he said");
    BOOST_TEST(first.exact_low == second.exact_low);
    BOOST_TEST(first.exact_high == second.exact_high);
    BOOST_TEST(first.shingles == second.shingles, boost::test_tools::per_element());
    BOOST_TEST(first.exact_low != third.exact_low);
  }
}

BOOST_AUTO_TEST_CASE(sizes_out_of_range_are_refused) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{65}}) {
    BOOST_CHECK_EXCEPTION(Shingler({ShingleUnit::kWord, size}), Error,
                          [](const Error& e) { return e.code() == ErrorCode::kInvalidOption; });
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
