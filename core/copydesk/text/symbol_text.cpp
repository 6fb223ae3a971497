// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/symbol_text.h"

#include <algorithm>
#include <array>

#include "copydesk/kernels/token_hash.h"
#include "copydesk/text/fold_tables.h"

namespace copydesk {

namespace {

constexpr std::size_t kCharactersPerWordCharacter = 2;
constexpr std::size_t kBytesPerWordByte = 2;

// Whether more than `most` bytes belong to words. By blocks without a branch, which are looked at
// until there are enough.
bool has_many_word_bytes(std::string_view folded, std::size_t most) {
  constexpr std::size_t kBlock = 128;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < folded.size(); begin += kBlock) {
    unsigned in_block = 0;
    for (const char c : folded.substr(begin, kBlock)) {
      const auto byte = static_cast<unsigned char>(c);
      const auto letter = static_cast<unsigned char>((byte | 0x20) - 'a');
      const auto digit = static_cast<unsigned char>(byte - '0');
      in_block += static_cast<unsigned>(letter < 26) | static_cast<unsigned>(digit < 10) |
                  static_cast<unsigned>(byte >= 0x80);
    }
    count += in_block;
    if (count > most) return true;
  }
  return false;
}

bool is_ascii_word(std::uint32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether the character becomes part of a word when it is folded.
bool belongs_to_words(std::uint32_t c) {
  if (c < 0x80) return is_ascii_word(c);
  if (c >= 0x110000) return false;
  if (c >= 0x10000) {
    const std::uint32_t entry = fold_tables({}).upper_entry(c);
    return fold_kind(entry) != FoldKind::kPlain ||
           (fold_value(entry) != kFoldToNothing && fold_value(entry) != ' ');
  }
  const std::uint32_t entry = kFoldBasic[c];
  const bool is_separator = fold_length(entry) == 1 && fold_value(entry) == ' ';
  return fold_kind(entry) != FoldKind::kPlain || (fold_length(entry) > 0 && !is_separator);
}

}  // namespace

bool is_white_space(std::uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

DecodedCharacter decode_within(std::string_view text, std::size_t place) {
  const auto lead = static_cast<unsigned char>(text[place]);
  if (lead < 0x80 || utf8_length(lead) > text.size() - place) return {lead, 1};
  return decode_utf8(text.data() + place);
}

bool is_symbol_text(std::string_view text, std::string_view folded) {
  if (has_many_word_bytes(folded, text.size() / kBytesPerWordByte)) return false;
  std::size_t characters = 0;
  std::size_t of_words = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto [code_point, length] = decode_within(text, i);
    i += length;
    if (is_white_space(code_point)) continue;
    ++characters;
    of_words += belongs_to_words(code_point) ? 1 : 0;
  }
  return characters > kCharactersPerWordCharacter * of_words;
}

void tokenize_characters(std::string_view text, TokenList& tokens, bool with_spans) {
  tokens.hashes.clear();
  tokens.spans.clear();
  const auto add = [&](std::string_view character, std::size_t begin, std::size_t end) {
    char bytes[kTinyToken] = {};
    std::copy(character.begin(), character.end(), bytes);
    tokens.hashes.push_back(hash_tiny_token(bytes, character.size()));
    if (with_spans) tokens.spans.push_back({begin, end});
  };
  std::size_t space = std::string_view::npos;  // where the white space before `i` began
  for (std::size_t i = 0; i < text.size();) {
    const auto [code_point, length] = decode_within(text, i);
    if (is_white_space(code_point)) {
      if (space == std::string_view::npos) space = i;
    } else {
      if (space != std::string_view::npos && !tokens.hashes.empty()) add(" ", space, i);
      space = std::string_view::npos;
      add(text.substr(i, length), i, i + length);
    }
    i += length;
  }
}

}  // namespace copydesk
