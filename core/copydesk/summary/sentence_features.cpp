// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/sentence_features.h"

#include <algorithm>
#include <array>
#include <string>

#include "copydesk/summary/dangling_words.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

enum Mark : std::uint8_t {
  kNoMark = 0,
  kSpace,
  kDouble,  // "
  kOpenBracket,
  kCloseBracket,
  kDigit,
  kLead,  // begins a character that is not ASCII
  kTail,
};

constexpr std::array<std::uint8_t, 256> make_marks() {
  std::array<std::uint8_t, 256> marks{};
  for (const char c : {' ', '\t', '\n', '\r', '\v', '\f'})
    marks[static_cast<unsigned char>(c)] = kSpace;
  for (std::size_t i = '0'; i <= '9'; ++i) marks[i] = kDigit;
  marks['"'] = kDouble;
  marks['('] = marks['['] = kOpenBracket;
  marks[')'] = marks[']'] = kCloseBracket;
  for (std::size_t i = 0x80; i < 0xC0; ++i) marks[i] = kTail;
  for (std::size_t i = 0xC0; i < 0x100; ++i) marks[i] = kLead;
  return marks;
}
constexpr std::array<std::uint8_t, 256> kMarks = make_marks();

bool is_closing_mark(std::uint32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D ||
         c == 0x201C || c == 0xBB || c == 0xAB || c == 0x300D || c == 0x300F || c == 0xFF09;
}

bool is_terminator(std::uint32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x0589:
    case 0x061F:
    case 0x06D4:
    case 0x0964:
    case 0x0965:
    case 0x104A:
    case 0x104B:
    case 0x1362:
    case 0x1367:
    case 0x1368:
    case 0x17D4:
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
      return true;
    default:
      return false;
  }
}

// Thai, Lao, Tibetan, Burmese, Khmer, Kana, Han and Yi.
bool is_written_without_spaces(std::uint32_t c) {
  return (c >= 0x0E00 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) ||
         (c >= 0x3041 && c < 0x3100) || (c >= 0x3400 && c < 0xA4D0) ||
         (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000);
}

std::size_t before(std::string_view text, std::size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

// The next word from `at` on, in lower case as far as it is ASCII or Cyrillic; at most 24 bytes.
std::size_t read_word(std::string_view text, std::size_t at, std::string& word) {
  word.clear();
  while (at < text.size() && word.size() < 24) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      if (byte >= 'A' && byte <= 'Z') {
        word += static_cast<char>(byte + 32);
      } else if ((byte >= 'a' && byte <= 'z') || byte == '\'' || byte == '-') {
        word += text[at];
      } else {
        break;
      }
      ++at;
      continue;
    }
    const DecodedCharacter decoded = decode_utf8(text.data() + at);
    std::uint32_t c = decoded.code_point;
    if (c == 0x2019) c = '\'';
    if (c >= 0x2000 && c < 0x2070 && c != '\'') break;
    if ((c >= 0x0410 && c < 0x0430) || (c >= 0xC0 && c < 0xDF)) c += 32;
    if (c == 0x0401) c = 0x0451;
    char bytes[4];
    word.append(bytes, encode_utf8(c, bytes));
    at += decoded.length;
  }
  return at;
}

bool dangles(std::string_view sentence) {
  std::size_t at = 0;
  while (at < sentence.size()) {
    const DecodedCharacter decoded = decode_utf8(sentence.data() + at);
    const std::uint32_t c = decoded.code_point;
    const bool is_passed = c == ' ' || c == '-' || c == '.' || c == 0xBF || c == 0xA1 || c == '(' ||
                           c == '[' || c == 0x201E || c == 0x2018 || c == 0x2013 || c == 0x2014 ||
                           c == 0x2026 || is_closing_mark(c);
    if (!is_passed) break;
    at += decoded.length;
  }
  // The longest opening in the lists has a dozen bytes.
  std::string word, next;
  at = read_word(sentence, at, word);
  if (at < sentence.size() && sentence[at] == ' ') read_word(sentence, at + 1, next);
  return is_dangling_opening(word, next);
}

}  // namespace

SentenceFeatures find_features(std::string_view sentence, std::uint32_t tokens) {
  SentenceFeatures features;
  std::size_t pieces = 0, doubles = 0, tails = 0;
  bool in_space = true, is_crossed = false, is_spaceless = false;
  int brackets = 0, quotations = 0;
  std::size_t at = 0;
  const char* const bytes = sentence.data();
  const std::size_t size = sentence.size();
  while (at < size) {
    std::uint8_t mark = kMarks[static_cast<unsigned char>(bytes[at])];
    for (;;) {
      const bool is_space = mark == kSpace;
      pieces += static_cast<std::size_t>(in_space & !is_space);
      in_space = is_space;
      if (mark > kSpace || ++at == size) break;
      mark = kMarks[static_cast<unsigned char>(bytes[at])];
    }
    if (at == size) break;
    if (mark == kLead) {
      const DecodedCharacter decoded = decode_utf8(sentence.data() + at);
      switch (decoded.code_point) {
        case 0xAB:    // «
        case 0x201C:  // “
        case 0x201E:  // „
        case 0x300C:
          quotations += decoded.code_point == 0x201C && quotations > 0 ? -1 : 1;
          features.has_quotation = true;
          break;
        case 0xBB:    // »
        case 0x201D:  // ”
        case 0x300D:
          --quotations;
          features.has_quotation = true;
          break;
        default:
          is_spaceless |= is_written_without_spaces(decoded.code_point);
      }
      tails += decoded.length - 1;
      at += decoded.length;
    } else {
      features.has_number |= mark == kDigit;
      doubles += mark == kDouble ? 1 : 0;
      brackets += mark == kOpenBracket ? 1 : mark == kCloseBracket ? -1 : 0;
      ++at;
    }
    is_crossed |= brackets < 0 || quotations < 0;
  }
  features.words = static_cast<std::uint32_t>(pieces);
  if (is_spaceless) features.words = std::max(features.words, tokens);
  features.characters = static_cast<std::uint32_t>(sentence.size() - tails);
  features.has_quotation |= doubles > 0;
  features.is_unbalanced = is_crossed || brackets != 0 || quotations != 0 || doubles % 2 != 0;
  features.is_dangling = dangles(sentence);

  std::size_t end = sentence.size();
  std::uint32_t last = 0;
  while (end > 0) {
    const std::size_t start = before(sentence, end);
    last = decode_utf8(sentence.data() + start).code_point;
    if (!is_closing_mark(last) && last != ' ') break;
    end = start;
  }
  features.is_question = last == '?' || last == 0xFF1F || last == 0x061F;
  features.lacks_end = !is_terminator(last);
  return features;
}

}  // namespace copydesk
