// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/sentence_features.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/reference_marks.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::uint32_t kFewestThaiCharacters = 40;

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
    case 0x0F0D:
    case 0x0F0E:
    case 0x0F11:
    case 0x104A:
    case 0x104B:
    case 0x1362:
    case 0x1367:
    case 0x1368:
    case 0x17D4:
    case 0x17D5:
    case 0x17DA:
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

bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0xC3;
}

// Quotation marks and brackets on the way through a sentence.
struct Balance {
  std::size_t doubles = 0;
  int brackets = 0, quotations = 0, singles = 0;
  bool is_crossed = false;  // something was closed before it was opened
  bool has_quotation = false, is_spaceless = false;

  // `next` is the byte behind the character, 0 at the end.
  void pass(std::uint32_t c, char next) {
    switch (c) {
      case 0x2018:  // ‘ opens; in German it closes what ‚ opened
        singles += singles > 0 ? -1 : 1;
        break;
      case 0x201A:  // ‚
        ++singles;
        break;
      case 0x2019:  // ’ closes where no letter follows; elsewhere it is an apostrophe
        if (singles > 0 && !is_word_byte(next)) --singles;
        break;
      case '"':
        ++doubles;
        break;
      case '(':
      case '[':
        ++brackets;
        break;
      case ')':
      case ']':
        --brackets;
        break;
      case 0xAB:    // «
      case 0x201C:  // “
      case 0x201E:  // „
      case 0x300C:  // 「
        quotations += c == 0x201C && quotations > 0 ? -1 : 1;
        has_quotation = true;
        break;
      case 0xBB:    // »
      case 0x201D:  // ”
      case 0x300D:  // 」
        --quotations;
        has_quotation = true;
        break;
      default:
        is_spaceless |= is_written_without_spaces(c);
    }
    is_crossed |= brackets < 0 || quotations < 0;
  }
};

}  // namespace

void find_features(std::string_view text, const TextMarks& marks, TextSpan span,
                   std::uint32_t tokens, SentenceFeatures& features) {
  features = {};
  const TextMarks::Counts counts = marks.count(span);
  features.words = static_cast<std::uint32_t>(counts.words);
  features.characters = static_cast<std::uint32_t>(span.size() - counts.tails);
  features.has_number = counts.has_digit;
  if (counts.has_mark) {
    Balance balance;
    std::size_t spaces_begin = span.begin, spaces_end = span.begin;  // of a run of wide spaces
    const auto close_spaces = [&] {
      if (spaces_begin == spaces_end) return;
      // So far the run counts as part of a word, or as one where nothing touches it.
      const bool is_behind = spaces_begin > span.begin && !is_ascii_space(text[spaces_begin - 1]);
      const bool is_in_front = spaces_end < span.end && !is_ascii_space(text[spaces_end]);
      if (is_behind && is_in_front) ++features.words;
      if (!is_behind && !is_in_front) --features.words;
      spaces_begin = spaces_end;
    };
    for (std::size_t at = marks.next_mark(span.begin, span.end); at < span.end;) {
      const DecodedCharacter decoded = decode_utf8(text.data() + at);
      const std::size_t behind = at + decoded.length;
      balance.pass(decoded.code_point, behind < span.end ? text[behind] : '\0');
      if (decoded.length > 1 && is_white_space(decoded.code_point)) {
        if (at != spaces_end) {
          close_spaces();
          spaces_begin = at;
        }
        spaces_end = at + decoded.length;
      }
      at = marks.next_mark(at + decoded.length, span.end);
    }
    close_spaces();
    if (balance.is_spaceless) features.words = std::max(features.words, tokens);
    features.has_quotation = balance.has_quotation || balance.doubles > 0;
    features.is_unbalanced = balance.is_crossed || balance.brackets != 0 ||
                             balance.quotations != 0 || balance.doubles % 2 != 0 ||
                             balance.singles != 0;
  }

  const std::string_view sentence = span.of(text);
  std::size_t end = before_reference_marks(sentence, 0, sentence.size());
  std::uint32_t last = 0;
  while (end > 0) {
    const std::size_t start = character_floor(sentence, end - 1);
    last = decode_utf8(sentence.data() + start).code_point;
    if (!is_closing_mark(last) && last != ' ') break;
    end = start;
  }
  features.is_question = last == '?' || last == 0xFF1F || last == 0x061F;
  features.lacks_end = !is_terminator(last);
  // Thai and Lao have no full stop: what is long enough there is a sentence.
  const bool is_thai_or_lao = last >= 0x0E00 && last < 0x0F00;
  if (is_thai_or_lao && features.characters >= kFewestThaiCharacters) features.lacks_end = false;
}

SentenceFeatures find_features(std::string_view sentence, std::uint32_t tokens) {
  TextMarks marks;
  marks.find(sentence);
  SentenceFeatures features;
  find_features(sentence, marks, {0, sentence.size()}, tokens, features);
  return features;
}

}  // namespace copydesk
