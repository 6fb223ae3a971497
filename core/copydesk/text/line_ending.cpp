// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_ending.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "copydesk/ascii.h"
#include "copydesk/text/pieces.h"
#include "copydesk/text/sentence_class.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostWordsInBrackets = 8;
constexpr std::size_t kFewestWordsOfSentence = 3, kMostLettersOfTitle = 3;
constexpr std::size_t kMostWordsOfTail = 6;
constexpr int kMostLowWords = 2;     // of a date: words of four letters and more without a capital
constexpr int kMostWordsOfDate = 6;  // of letters, where the date has no time of day

bool is_closer(std::uint32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x2019:  // ’
    case 0x201D:  // ”
    case 0x201C:  // “, which closes in German
    case 0x00BB:  // »
    case 0x00AB:  // «
    case 0x203A:  // ›
    case 0xFF09:  // ）
    case 0x3011:  // 】
    case 0x300D:  // 」
    case 0x300F:  // 』
      return true;
    default:
      return false;
  }
}

bool is_terminator(std::uint32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026:  // …
    case 0x3002:  // 。
    case 0xFF01:  // ！
    case 0xFF1F:  // ？
    case 0xFF0E:  // ．
    case 0xFF61:  // ｡
    case 0x061F:  // Arabic ?
    case 0x06D4:  // Urdu .
    case 0x0964:  // danda
    case 0x0965:
    case 0x0589:  // Armenian
    case 0x1362:  // Ethiopic
    case 0x104A:  // Burmese
    case 0x104B:
    case 0x17D4:  // Khmer
    case 0x0F0D:  // Tibetan
      return true;
    default:
      return false;
  }
}

// As most lines and words end.
bool is_ascii_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}

DecodedCharacter before(std::string_view text, std::size_t end) {
  const std::size_t begin = character_floor(text, end - 1);
  return {decode_utf8(text.data() + begin).code_point, end - begin};
}

std::string_view without_closers(std::string_view text) {
  while (!text.empty()) {
    if (is_ascii_letter_or_digit(text.back())) break;
    const DecodedCharacter last = before(text, text.size());
    if (!is_closer(last.code_point)) break;
    text.remove_suffix(last.length);
  }
  return text;
}

bool ends_in_terminator(std::string_view text) {
  if (text.empty() || is_ascii_letter_or_digit(text.back())) return false;
  return is_terminator(before(text, text.size()).code_point);
}

// Without reference marks behind a sentence: "[1]", "[citation needed]", "\u00B2", "*", "\u2020".
std::string_view without_references(std::string_view line) {
  constexpr std::size_t kMostBytes = 32;
  std::string_view rest = line;
  for (;;) {
    if (rest.ends_with(']')) {
      const std::size_t open = rest.rfind('[');
      if (open == std::string_view::npos || open == 0 || rest.size() - open > kMostBytes) break;
      if (is_ascii_space(rest[open - 1])) break;
      rest = rest.substr(0, open);
      continue;
    }
    if (rest.empty()) break;
    const DecodedCharacter last = before(rest, rest.size());
    const std::uint32_t c = last.code_point;
    const bool is_mark = c == '*' || c == 0x2020 || c == 0x2021 || c == 0xB9 || c == 0xB2 ||
                         c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
    if (!is_mark) break;
    rest.remove_suffix(last.length);
  }
  return rest.size() < line.size() && ends_in_terminator(without_closers(rest)) ? rest : line;
}

// Whether a word begins with no small letter, opening quotes and brackets apart.
bool begins_large(std::string_view word) {
  const CharacterReader reader(word);
  for (std::size_t at = 0; at < word.size();) {
    const ClassifiedCharacter c = reader.at(at, word.size());
    const bool opens = c.code_point == '"' || c.code_point == '\'' || c.code_point == '(' ||
                       c.code_point == '[' || c.code_point == 0x201C || c.code_point == 0x2018 ||
                       c.code_point == 0xAB;
    if (!opens) return c.kind != SentenceClass::kLower;
    at += c.length;
  }
  return false;
}

// Where the bracket opens that closes at the end of the line; npos if none does.
std::size_t find_opening(std::string_view line) {
  static constexpr std::array<std::array<std::string_view, 2>, 4> kPairs = {
      {{"(", ")"}, {"[", "]"}, {"\uFF08", "\uFF09"}, {"\u3010", "\u3011"}}};
  for (const auto& [open, close] : kPairs) {
    if (line.ends_with(close)) return line.rfind(open);
  }
  return std::string_view::npos;
}

// A group in brackets at the very end that holds no sentence: the line is open then. It is a credit
// if half of its words do not begin small; "(Opinion)" behind a headline is none: one cased word,
// not all in capitals, not behind a full stop.
struct BracketsAtEnd {
  bool are_there = false;
  bool are_credit = false;

  explicit BracketsAtEnd(std::string_view line) {
    const std::size_t open = find_opening(line);
    if (open == std::string_view::npos) return;
    const bool is_wide = static_cast<unsigned char>(line[open]) >= 0x80;
    const std::size_t size = is_wide ? 3 : 1;
    if (line.size() < open + 2 * size) return;
    const std::string_view inner =
        without_space(line.substr(open + size, line.size() - open - 2 * size));
    if (inner.empty() || ends_in_terminator(inner)) return;
    std::size_t words = 0, large = 0;
    for_each_piece(inner, [&](std::string_view word) {
      large += begins_large(word) ? 1 : 0;
      return ++words <= kMostWordsInBrackets;
    });
    if (words > kMostWordsInBrackets) return;
    are_there = true;
    const std::string_view front = without_space(line.substr(0, open));
    are_credit = !front.empty() && 2 * large >= words &&
                 !(words == 1 && is_cased_word(inner) && !ends_in_terminator(front));
  }

  static bool is_cased_word(std::string_view word) {
    if (word.find('/') != std::string_view::npos) return false;
    const CharacterReader reader(word);
    for (std::size_t at = 0; at < word.size();) {
      const ClassifiedCharacter c = reader.at(at, word.size());
      if (c.kind == SentenceClass::kLower) return true;
      at += c.length;
    }
    return false;
  }
};

// Whether a word with a full stop may end a sentence: not "U.S.", "J.", "St." or "Gov." in front of
// the other words of a headline.
bool may_end_sentence(std::string_view front) {
  if (!front.ends_with('.')) return true;
  std::size_t begin = front.size();
  while (begin > 0 && !is_ascii_space(front[begin - 1])) --begin;
  const std::string_view word = front.substr(begin, front.size() - begin - 1);
  std::size_t words = 0;
  for_each_piece(front, [&](std::string_view) { return ++words < kFewestWordsOfSentence; });
  if (words < kFewestWordsOfSentence || word.find('.') != std::string_view::npos) return false;
  return word.size() > kMostLettersOfTitle || !begins_large(word);
}

// Up to six words behind the end of a sentence, all of which begin large, or one with a slash.
bool has_credit_behind_sentence(std::string_view line) {
  std::size_t end = line.size();
  for (std::size_t words = 1; words <= kMostWordsOfTail; ++words) {
    std::size_t begin = end;
    while (begin > 0 && !is_ascii_space(line[begin - 1])) --begin;
    const std::string_view tail = line.substr(begin);
    while (begin > 0 && is_ascii_space(line[begin - 1])) --begin;
    if (begin == 0) return false;
    end = begin;
    const std::string_view front = without_closers(line.substr(0, end));
    if (!ends_in_terminator(front)) continue;
    if (tail.find('/') != std::string_view::npos) return true;
    if (!may_end_sentence(front)) continue;
    bool all_large = true;
    for_each_piece(tail, [&](std::string_view word) { return all_large = begins_large(word); });
    return all_large;
  }
  return false;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// A time of day at `at`: 4:15, 16.30, 16h30.
bool is_clock(std::string_view line, std::size_t at) {
  if (at > 0 && (is_digit(line[at - 1]) || line[at - 1] == ':' || line[at - 1] == '.')) {
    return false;
  }
  const auto digit = [&](std::size_t i) { return i < line.size() && is_digit(line[i]); };
  std::size_t hours = digit(at + 1) ? 2 : 1;
  if (hours == 2) {
    const bool fits =
        line[at] == '0' || line[at] == '1' || (line[at] == '2' && line[at + 1] <= '4');
    if (!fits) return false;
  }
  const std::size_t sign = at + hours;
  if (sign >= line.size() || (line[sign] != ':' && line[sign] != '.' && line[sign] != 'h')) {
    return false;
  }
  return digit(sign + 1) && line[sign + 1] <= '5' && digit(sign + 2) && !digit(sign + 3);
}

bool is_year(std::string_view number) {
  return number.size() == 4 &&
         (number.starts_with("20") || number.starts_with("19") || number.starts_with("18"));
}

bool is_letter(SentenceClass kind) {
  return kind == SentenceClass::kLower || kind == SentenceClass::kUpper ||
         kind == SentenceClass::kLetter;
}

}  // namespace

LineEnding find_line_ending(std::string_view whole) {
  LineEnding ending;
  if (whole.empty()) return ending;
  if (is_ascii_letter_or_digit(whole.back())) {
    ending.has_credit = has_credit_behind_sentence(whole);
    return ending;
  }
  const std::string_view line = without_references(whole);
  const std::string_view bare = without_closers(line);
  ending.is_closed = ends_in_terminator(bare);
  const DecodedCharacter first = decode_utf8(line.data());
  const bool is_quoted = is_closer(first.code_point) || first.code_point == 0x201E;
  const std::string_view asked = is_quoted ? line : bare;  // a quotation is no headline
  if (!asked.empty()) {
    const std::uint32_t last = before(asked, asked.size()).code_point;
    ending.is_question = last == '?' || last == '!' || last == 0x2026 || last == 0xFF1F ||
                         last == 0xFF01 || last == 0x061F || asked.ends_with("...");
  }
  if (bare.size() != line.size()) {
    const BracketsAtEnd brackets(line);
    if (brackets.are_there) {
      ending.is_closed = false;
      ending.has_credit = brackets.are_credit;
      return ending;
    }
  }
  if (!ending.is_closed) ending.has_credit = has_credit_behind_sentence(line);
  return ending;
}

bool goes_on(std::string_view line) {
  constexpr std::string_view kSigns = ":;,{}(=|\\";
  return kSigns.find(line.back()) != std::string_view::npos || line.ends_with("\uFF1A") ||
         line.ends_with("\uFF1B") || line.ends_with("\uFF0C") || line.ends_with("\u3001");
}

ShortLineLook look_at_short_line(std::string_view line, bool closed) {
  bool has_clock = false, has_year = false, is_cased = false, all_large = true;
  int numbers = 0, words_of_letters = 0, low_words = 0;
  const CharacterReader reader(line);
  for (std::size_t at = 0; at < line.size();) {
    ClassifiedCharacter c = reader.at(at, line.size());
    const bool begins_word = is_letter(c.kind) || c.kind == SentenceClass::kDigit;
    if (!begins_word) {
      at += c.length;
      continue;
    }
    const std::size_t begin = at;
    const SentenceClass first = c.kind;
    std::size_t letters = 0, digits = 0;
    bool was_digit = false;
    for (; at < line.size(); at += c.length) {
      c = reader.at(at, line.size());
      if (c.kind == SentenceClass::kExtend) continue;
      const bool digit = c.kind == SentenceClass::kDigit;
      if (!digit && !is_letter(c.kind)) break;
      if (digit && !was_digit) {
        ++numbers;
        has_clock = has_clock || (is_digit(line[at]) && is_clock(line, at));
      }
      was_digit = digit;
      ++(digit ? digits : letters);
      is_cased = is_cased || c.kind == SentenceClass::kLower || c.kind == SentenceClass::kUpper;
    }
    const std::string_view word = line.substr(begin, at - begin);
    has_year = has_year || is_year(word);
    if (digits == 0) ++words_of_letters;
    if (digits == 0 && letters >= 4 && first != SentenceClass::kUpper) ++low_words;
    all_large = all_large && first != SentenceClass::kLower;
  }
  ShortLineLook look;
  look.is_all_capital = is_cased && all_large;
  const bool has_date =
      has_clock || (has_year && numbers >= 2 && words_of_letters <= kMostWordsOfDate);
  look.is_dated = has_date && (is_cased ? low_words <= kMostLowWords : !closed);
  return look;
}

bool is_capital_throughout(std::string_view line) {
  const SentenceClass* const classes = sentence_classes();
  bool is_cased = false, is_inside = false;
  for (const char c : line) {
    const SentenceClass kind = classes[static_cast<unsigned char>(c)];
    if (kind == SentenceClass::kExtend) continue;
    if (!is_inside && kind == SentenceClass::kLower) return false;
    is_inside = is_letter(kind);
    is_cased |= kind == SentenceClass::kLower || kind == SentenceClass::kUpper;
  }
  return is_cased;
}

LineBeginning find_line_beginning(std::string_view line) {
  LineBeginning beginning;
  if (line.empty()) return beginning;
  const std::uint32_t first = decode_utf8(line.data()).code_point;
  beginning.is_speech = first == '"' || first == 0x201C || first == 0x201E || first == 0x2018 ||
                        first == 0xAB || first == 0xBB || first == 0x300C || first == 0x2014 ||
                        first == 0x2013;
  beginning.is_numbered = first == 0xA7;
  std::size_t at = 0;
  while (at < line.size() && is_digit(line[at])) ++at;
  if (at > 0 && at < line.size()) {
    beginning.is_numbered = line[at] == ')' || (line[at] == '.' && at <= 3);
  }
  return beginning;
}

bool is_rule_of_signs(std::string_view line) {
  constexpr std::size_t kMostBytes = 120;
  if (line.size() < 2 || line.size() > kMostBytes) return false;
  if (is_ascii_letter_or_digit(line.front())) return false;
  if (line == "-30-" || line == "- 30 -" || line == "\u201430\u2014") return true;
  constexpr std::string_view kSigns = "*-_=#~+\u2013\u2014\u2022\u2042\u2500\u00B7\u25C6\u25CF";
  std::uint32_t sign = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < line.size();) {
    const DecodedCharacter c = decode_utf8(line.data() + at);
    if (c.code_point != ' ' && c.code_point != '\t') {
      if (kSigns.find(line.substr(at, c.length)) == std::string_view::npos) return false;
      if (sign != 0 && c.code_point != sign) return false;
      sign = c.code_point;
      ++count;
    }
    at += c.length;
  }
  return count >= 3 || sign == 0x2042;
}

}  // namespace copydesk
