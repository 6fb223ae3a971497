// SPDX-License-Identifier: Apache-2.0
#include "generate/characters.h"

#include <cstdint>

namespace copydesk::datasets {
namespace {

bool is_sentence_mark(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == U'。' || c == U'！' || c == U'？' || c == U'؟';
}

bool is_closing(char32_t c) {
  return c == '"' || c == ')' || c == U'”' || c == U'»' || c == U'“' || c == U'」';
}

}  // namespace

char32_t next_long_character(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t index) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[index]));
  };
  const char32_t lead = byte(position++);
  const int following = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  char32_t character = lead & (0x3fU >> following);
  for (int index = 0; index < following; ++index) {
    character = (character << 6) | (byte(position++) & 0x3fU);
  }
  return character;
}

void append_character(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xc0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xe0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    text += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    text += static_cast<char>(0xf0 | (c >> 18));
    text += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    text += static_cast<char>(0x80 | (c & 0x3f));
  }
}

bool is_ideograph(char32_t c) {
  return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

bool is_punctuation(char32_t c) {
  if (c < 0x80) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
  }
  return (c >= 0xa1 && c <= 0xbf && c != 0xaa && c != 0xb5 && c != 0xba) || c == 0xd7 ||
         c == 0xf7 || c == 0x60c || c == 0x61b || c == 0x61f || (c >= 0x2010 && c <= 0x2027) ||
         (c >= 0x2030 && c <= 0x205e) || (c >= 0x3001 && c <= 0x301f) ||
         (c >= 0xff01 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20);
}

bool is_wide_word_character(char32_t c) {
  const bool is_space = c == 0x85 || c == 0xa0 || (c >= 0x2000 && c <= 0x200f) ||
                        (c >= 0x2028 && c <= 0x202f) || c == 0x3000 || c == 0xfeff;
  return c >= 0xa0 && !is_space && !is_punctuation(c);
}

std::vector<TextSpan> words_in(std::string_view text) {
  std::vector<TextSpan> words;
  words.reserve(text.size() / 6);
  bool inside = false;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    const char32_t character = next_character(text, position);
    const bool single = is_ideograph(character);
    if (!single && !is_word_character(character)) {
      inside = false;
    } else if (inside && !single) {
      words.back().end = position;
    } else {
      words.push_back({begin, position});
      inside = !single;
    }
  }
  return words;
}

std::vector<std::size_t> sentence_ends(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t mark = next_character(text, position);
    if (!is_sentence_mark(mark)) continue;
    std::size_t end = position;
    while (end < text.size()) {
      std::size_t after = end;
      const char32_t next = next_character(text, after);
      if (!is_closing(next) && !is_sentence_mark(next)) break;
      end = after;
    }
    position = end;
    const bool wide = mark > 0x3000;  // not followed by a space
    if (end == text.size() || wide || text[end] == ' ' || text[end] == '\n') ends.push_back(end);
  }
  if (ends.empty() || ends.back() != text.size()) ends.push_back(text.size());
  return ends;
}

}  // namespace copydesk::datasets
