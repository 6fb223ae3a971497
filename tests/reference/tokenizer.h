#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The rules of docs/text.md applied character by character with ICU, without tables or buffers.

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <xxhash.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk::reference {

struct Token {
  std::string folded;
  std::uint64_t hash = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A character of the folded text and the bytes of the original it stands for.
struct FoldedCharacter {
  UChar32 c = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

inline bool is_between(UChar32 c, UChar32 first, UChar32 last) {
  return c >= first && c <= last;
}

inline bool has_category(UChar32 c, std::uint32_t mask) {
  return (U_GET_GC_MASK(c) & mask) != 0;
}

inline bool is_of_15_0(UChar32 c) {
  UVersionInfo age;
  u_charAge(c, age);
  const bool is_assigned = age[0] != 0;
  return is_assigned && (age[0] < 15 || (age[0] == 15 && age[1] == 0));
}

inline bool vanishes(UChar32 c) {
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || c == 0x640) return true;
  if (!has_category(c, U_GC_MN_MASK | U_GC_ME_MASK)) return false;
  static constexpr UChar32 kRanges[][2] = {
      {0x300, 0x36F},   {0x483, 0x489},   {0x590, 0x5FF},   {0x600, 0x6FF},    {0x700, 0x74F},
      {0x750, 0x77F},   {0x870, 0x8FF},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},  {0x20D0, 0x20FF},
      {0x3099, 0x309A}, {0xFB1E, 0xFB1E}, {0xFE20, 0xFE2F}, {0x10EC0, 0x10EFF}};
  for (const auto& range : kRanges) {
    if (is_between(c, range[0], range[1])) return true;
  }
  return false;
}

inline bool stands_alone(UChar32 c) {
  if (!is_of_15_0(c)) return is_between(c, 0x20000, 0x3FFFD) && (c & 0xFFFE) != 0xFFFE;
  if (!has_category(c, U_GC_L_MASK | U_GC_NL_MASK)) return false;
  if (is_between(c, 0x3000, 0x30FF)) return true;
  UErrorCode status = U_ZERO_ERROR;
  const std::string script = uscript_getShortName(uscript_getScript(c, &status));
  for (const char* name :
       {"Hani", "Hira", "Kana", "Bopo", "Yiii", "Tang", "Nshu", "Kits", "Thai", "Laoo", "Khmr",
        "Mymr", "Tale", "Talu", "Lana", "Tavt", "Ahom", "Java", "Bali"}) {
    if (script == name) return true;
  }
  return false;
}

inline std::vector<UChar32> decompose(const std::vector<UChar32>& points) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString text;
  for (const UChar32 c : points) text.append(c);
  text = icu::Normalizer2::getNFKDInstance(status)->normalize(text, status);
  std::vector<UChar32> result;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (!vanishes(text.char32At(i))) result.push_back(text.char32At(i));
  }
  return result;
}

inline std::vector<UChar32> fold_character(UChar32 c) {
  if (c < 0x80) return {u_tolower(c)};
  if (!is_of_15_0(c) ||
      has_category(c, U_GC_CC_MASK | U_GC_CO_MASK | U_GC_CS_MASK | U_GC_CN_MASK)) {
    const bool is_separator = c < 0xA0 || (c & 0xFFFE) == 0xFFFE || c >= 0x40000 ||
                              is_between(c, 0x2000, 0x2BFF) || is_between(c, 0x2E00, 0x2E7F) ||
                              is_between(c, 0xD800, 0xF8FF) || is_between(c, 0xFDD0, 0xFDEF) ||
                              is_between(c, 0xFFF0, 0xFFFF) || is_between(c, 0x1D000, 0x1D3FF) ||
                              is_between(c, 0x1F000, 0x1FBFF);
    return {is_separator ? ' ' : c};
  }
  icu::UnicodeString cased;
  for (const UChar32 point : decompose({c})) cased.append(point);
  cased.foldCase();
  std::vector<UChar32> points;
  for (int32_t i = 0; i < cased.length(); i = cased.moveIndex32(i, 1)) {
    points.push_back(cased.char32At(i));
  }
  points = decompose(points);
  for (UChar32& point : points) {
    if (point == 0x649 || point == 0x6CC) point = 0x64A;
    if (point == 0x6A9 || point == 0x6AA) point = 0x643;
    if (has_category(point, U_GC_ND_MASK)) point = '0' + u_charDigitValue(point);
    if (!has_category(point, U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) point = ' ';
  }
  return points;
}

inline std::uint32_t combining_class(UChar32 c) {
  return is_of_15_0(c) ? u_getCombiningClass(c) : 0u;
}

// Merges `tail` into the character before it if both are parts of one Hangul syllable.
inline bool merge_hangul(UChar32& front, UChar32 tail) {
  if (is_between(front, 0x1100, 0x1112) && is_between(tail, 0x1161, 0x1175)) {
    front = 0xAC00 + ((front - 0x1100) * 21 + (tail - 0x1161)) * 28;
    return true;
  }
  if (is_between(front, 0xAC00, 0xD7A3) && (front - 0xAC00) % 28 == 0 &&
      is_between(tail, 0x11A8, 0x11C2)) {
    front += tail - 0x11A7;
    return true;
  }
  return false;
}

inline std::vector<FoldedCharacter> fold(std::string_view text) {
  std::vector<FoldedCharacter> result;
  std::size_t next = 0;
  while (next < text.size()) {
    const std::size_t begin = next;
    const unsigned char lead = static_cast<unsigned char>(text[begin]);
    const std::size_t end = begin + (lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
    const UChar32 c = icu::UnicodeString::fromUTF8(
                          icu::StringPiece(text.data() + begin, static_cast<int32_t>(end - begin)))
                          .char32At(0);
    next = end;
    const std::vector<UChar32> points = fold_character(c);
    if (points.empty() && !result.empty()) result.back().end = end;
    for (const UChar32 point : points) {
      if (!result.empty() && merge_hangul(result.back().c, point)) {
        result.back().end = end;
        continue;
      }
      result.push_back({point, begin, end});
      // Move a mark to its canonical place, past at most 32 others. Positions stay where they are:
      // only the characters change places.
      const std::uint32_t order = combining_class(point);
      std::size_t place = result.size() - 1;
      for (int steps = 0; order != 0 && steps < 32 && place > 0; ++steps, --place) {
        if (combining_class(result[place - 1].c) <= order) break;
        std::swap(result[place].c, result[place - 1].c);
      }
    }
  }
  return result;
}

inline std::uint64_t hash_token(const std::string& token) {
  if (token.size() > 32) return XXH3_64bits(token.data(), token.size());
  std::uint64_t words[4] = {0, 0, 0, 0};
  std::memcpy(words, token.data(), token.size());
  __extension__ using Wide = unsigned __int128;
  const Wide first = static_cast<Wide>(words[0] ^ 0x9E3779B97F4A7C2Du) *
                     static_cast<Wide>(words[1] ^ 0xD1B54A32D192ED3Bu);
  const Wide second = static_cast<Wide>(words[2] ^ 0x8CB92BA72F3D8D7Du) *
                      static_cast<Wide>(words[3] ^ 0xC2B2AE3D27D4EB2Fu);
  const Wide both = first ^ second;
  std::uint64_t h = static_cast<std::uint64_t>(both) ^ static_cast<std::uint64_t>(both >> 64);
  h ^= h >> 32;
  h *= 0xA24BAED4963EE407u;
  h ^= h >> 29;
  return h;
}

inline void append_utf8(UChar32 c, std::string& out) {
  std::string bytes;
  icu::UnicodeString(c).toUTF8String(bytes);
  out += bytes;
}

inline std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  bool is_inside = false;
  bool is_alone = false;  // the token at hand began with a character that stands alone
  for (const FoldedCharacter& character : fold(text)) {
    const UChar32 c = character.c;
    const bool is_word = c >= 0x80 || u_isalnum(c);
    if (!is_word) {
      is_inside = false;
      continue;
    }
    const bool is_mark = is_of_15_0(c) && has_category(c, U_GC_M_MASK);
    if (!is_inside || (!is_mark && (is_alone || stands_alone(c)))) {
      tokens.emplace_back();
      tokens.back().begin = character.begin;
      is_alone = stands_alone(c);
      is_inside = true;
    }
    append_utf8(c, tokens.back().folded);
    tokens.back().end = character.end;
  }
  for (Token& token : tokens) token.hash = hash_token(token.folded);
  return tokens;
}

}  // namespace copydesk::reference
