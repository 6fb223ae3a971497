// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/line_list.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

#include "copydesk/text/line_break.h"
#include "copydesk/text/utf8.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {
namespace {

constexpr std::uint64_t kNumberSign = 0x23A1F5C86D92E4B7u;
constexpr std::uint64_t kCapitalSign = 0x41C7D3E9B58F2A61u;
constexpr std::uint64_t kLineSeed = 0x6C696E6573u;
constexpr std::uint32_t kQuartersInWord = 4;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

// Of the 8 bytes of `word`, the high bit of each that is an ASCII digit.
std::uint64_t ascii_digits(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  const std::uint64_t low = word & (kOnes * 0x7F);
  const std::uint64_t from_zero = low + kOnes * (0x80 - '0');
  const std::uint64_t above_nine = low + kOnes * (0x7F - '9');
  return from_zero & ~above_nine & ~word & (kOnes * 0x80);
}

// The decimal digits of the scripts that scraped pages write dates in.
bool is_other_digit(std::uint32_t c) {
  return (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x966 && c <= 0x96F) ||
         (c >= 0x9E6 && c <= 0x9EF) || (c >= 0xE50 && c <= 0xE59) || (c >= 0xFF10 && c <= 0xFF19);
}

// What stands anywhere in a text. Compilers turn these loops into vector code.
struct ByteKinds {
  bool beyond_ascii = false;
  bool other_breaks = false;  // CR, VT or FF
};
ByteKinds find_kinds(std::string_view text) {
  unsigned char all = 0, breaks = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    all |= byte;
    breaks |= static_cast<unsigned char>(static_cast<unsigned char>(byte - 0x0B) < 3);
  }
  return {all >= 0x80, breaks != 0};
}

// The first bytes of those digits are D9 and DB (Arabic), E0 (India, Thai), EF (full width).
bool may_have_other_digits(std::string_view text) {
  unsigned char found = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    found |= static_cast<unsigned char>((byte & 0xFD) == 0xD9);
    found |= static_cast<unsigned char>(byte == 0xE0);
    found |= static_cast<unsigned char>(byte == 0xEF);
  }
  return found != 0;
}

// Whether one of 32 bytes is an ASCII digit.
bool has_digit(const char* bytes) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    found |= static_cast<unsigned char>(static_cast<unsigned char>(byte - '0') < 10);
  }
  return found != 0;
}

// Appends the offset of every digit of the text, and one behind it.
void find_digits(std::string_view text, bool is_ascii, std::vector<std::size_t>& digits) {
  digits.clear();
  std::size_t at = 0;
  for (; at + 32 <= text.size(); at += 32) {
    if (!has_digit(text.data() + at)) continue;
    for (std::size_t part = at; part < at + 32; part += 8) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + part, 8);
      for (std::uint64_t found = ascii_digits(word); found != 0; found &= found - 1) {
        digits.push_back(part + static_cast<std::size_t>(std::countr_zero(found)) / 8);
      }
    }
  }
  for (; at < text.size(); ++at) {
    if (text[at] >= '0' && text[at] <= '9') digits.push_back(at);
  }
  if (!is_ascii && may_have_other_digits(text)) {
    const std::size_t ascii = digits.size();
    for (at = 0; at < text.size(); ++at) {
      const auto lead = static_cast<unsigned char>(text[at]);
      if (lead < 0xD9 || (lead != 0xD9 && lead != 0xDB && lead != 0xE0 && lead != 0xEF)) continue;
      if (is_other_digit(decode_utf8(text.data() + at).code_point)) digits.push_back(at);
    }
    const auto middle = digits.begin() + static_cast<std::ptrdiff_t>(ascii);
    std::inplace_merge(digits.begin(), middle, digits.end());
  }
  digits.push_back(text.size());
}

// Upper case of the Latin, Greek, Cyrillic and Armenian alphabets; other scripts have none, or it
// is not used to begin a sentence.
bool is_capital(std::uint32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
  if (c < 0x180) return (c & 1) == (((c >= 0x139 && c <= 0x148) || c >= 0x179) ? 1u : 0u);
  if (c < 0x386) return false;
  if (c < 0x3AC) return c != 0x390;
  return (c >= 0x400 && c < 0x430) || (c >= 0x460 && c < 0x530 && (c & 1) == 0) ||
         (c >= 0x531 && c <= 0x556);
}

bool ends_open(std::string_view line) {
  const char last = line.empty() ? 'a' : line.back();
  if ((last >= 'a' && last <= 'z') || (last >= '0' && last <= '9')) return true;
  // Closing quotes and brackets do not count.
  while (!line.empty()) {
    if (line.ends_with('"') || line.ends_with('\'') || line.ends_with(')') || line.ends_with(']')) {
      line.remove_suffix(1);
    } else if (line.ends_with("\u201D") || line.ends_with("\u2019") || line.ends_with("\u300D")) {
      line.remove_suffix(3);
    } else if (line.ends_with("\u00BB")) {
      line.remove_suffix(2);
    } else {
      break;
    }
  }
  if (line.empty()) return true;
  if (std::string_view(".!?:;,").find(line.back()) != std::string_view::npos) return false;
  if (static_cast<unsigned char>(line.back()) < 0x80) return true;
  for (const char* const end : {"\u3002", "\uFF01", "\uFF1F", "\uFF1A", "\uFF0C", "\u3001",
                                "\u061F", "\u06D4", "\u060C", "\u061B", "\u0964", "\u2026"}) {
    if (line.ends_with(end)) return false;
  }
  return true;
}

bool is_numbered(std::string_view line) {
  std::size_t digits = 0;
  while (digits < line.size() && digits < 4 && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 0 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') &&
         is_space(line[digits + 1]);
}

bool begins_with_capital(const char* token) {
  const auto first = static_cast<unsigned char>(*token);
  return first < 0x80 ? first >= 'A' && first <= 'Z' : is_capital(decode_utf8(token).code_point);
}

constexpr std::uint64_t kKeyFactor = 0x9E3779B97F4A7C15u;

// What a line is known by, while its tokens are taken in one by one. Keys are sums of the tokens'
// hashes times powers of a factor: short chains side by side, scrambled once at the end.
struct LineKeys {
  std::uint64_t key = kLineSeed, masked = kLineSeed, shape = kLineSeed;
  std::uint64_t last_kind = 0;
  std::uint32_t quarters = 0, numbers = 0;
};

// How many quarters of a word begin with a token in front of which `gap` stands. A word is what
// stands between spaces. Tokens that touch are characters of a script without spaces: two of them
// are counted as a word, which is near the mean length of words in Chinese.
std::uint32_t quarters_behind(std::string_view gap) {
  if (gap.empty()) return kQuartersInWord / 2;
  // Most words have a space in front of them, quotes and brackets aside.
  if (gap.back() == ' ') return kQuartersInWord;
  bool touches = false;
  for (const char c : gap) {
    if (is_space(c) || c == '|') return kQuartersInWord;
    touches = touches || static_cast<unsigned char>(c) >= 0xE2;
  }
  return touches ? kQuartersInWord / 2 : 0;
}

// Takes in the tokens of a line, those that begin before `end`, and returns their number. Forms are
// made if they are wanted and the line has digits; without, the masked key is the key, which is
// left to the caller. `digit` is the first offset of a digit at or behind the line.
template <LineForms kForms, bool kWithDigits>
std::size_t take_tokens(std::string_view text, std::span<const TextSpan> spans,
                        const std::uint64_t* hashes, std::size_t end, const std::size_t* digit,
                        LineKeys& out) {
  LineKeys keys = out;
  std::size_t i = 0, last_end = 0;
  for (; i < spans.size() && spans[i].begin < end; ++i) {
    const TextSpan span = spans[i];
    keys.quarters +=
        i == 0 ? kQuartersInWord : quarters_behind({text.data() + last_end, span.begin - last_end});
    last_end = span.end;
    const std::uint64_t hash = hashes[i];
    keys.key = keys.key * kKeyFactor + hash;
    if constexpr (kWithDigits) {
      while (*digit < span.begin) ++digit;
      const bool is_number = *digit < span.end;
      keys.numbers += is_number;
      if constexpr (kForms == LineForms::kNone) continue;
      const std::uint64_t sign = is_number ? kNumberSign : hash;
      keys.masked = keys.masked * kKeyFactor + sign;
      if constexpr (kForms != LineForms::kMaskedAndShape) continue;
      const bool is_capital = !is_number && begins_with_capital(text.data() + span.begin);
      const std::uint64_t kind = is_capital ? kCapitalSign : sign;
      // Without branches: whether a name goes on is hard to foresee.
      const auto goes_on = -static_cast<std::uint64_t>(
          static_cast<unsigned>(kind == keys.last_kind) &
          (static_cast<unsigned>(is_capital) | static_cast<unsigned>(is_number)));
      const std::uint64_t longer = keys.shape * kKeyFactor + kind;
      keys.shape = (keys.shape & goes_on) | (longer & ~goes_on);
      keys.last_kind = kind;
    }
  }
  out = keys;
  return i;
}

// Fills in what follows from the tokens of a line, which are the first of `spans` up to `end`.
template <LineForms kForms>
void summarize_tokens(std::string_view text, std::span<const TextSpan> spans,
                      const std::uint64_t* hashes, std::size_t end, const std::size_t* digit,
                      Line& line) {
  LineKeys keys;
  std::size_t tokens = 0;
  const bool has_digits = *digit < end;
  if (has_digits) {
    tokens = take_tokens<kForms, true>(text, spans, hashes, end, digit, keys);
  } else {
    tokens = take_tokens<kForms, false>(text, spans, hashes, end, digit, keys);
    keys.masked = keys.key;
  }
  if (tokens == 0) {
    keys.key = keys.masked = keys.shape =
        XXH3_64bits(text.data() + line.span.begin, line.span.size());
  }
  line.key = mix_keys(kLineSeed, keys.key);
  if constexpr (kForms != LineForms::kNone) line.masked_key = mix_keys(kLineSeed, keys.masked);
  if constexpr (kForms == LineForms::kMaskedAndShape) {
    line.shape_key = has_digits ? mix_keys(kLineSeed, keys.shape) : 0;
  }
  line.words = (keys.quarters + kQuartersInWord - 1) / kQuartersInWord;
  line.tokens = static_cast<std::uint32_t>(tokens);
  line.numbers = keys.numbers;
  line.is_numbered = is_numbered(line.span.of(text));
  line.ends_open = ends_open(line.span.of(text));
}

}  // namespace

std::uint64_t LineScanner::masked_key_of(std::string_view text, const Line& line) const {
  Line again = line;
  summarize_tokens<LineForms::kMasked>(
      text, std::span(tokens_.spans).subspan(line.first_token, line.tokens),
      tokens_.hashes.data() + line.first_token, line.span.end,
      &*std::lower_bound(digits_.begin(), digits_.end(), line.span.begin), again);
  return again.masked_key;
}

void LineScanner::scan(std::string_view text, std::vector<Line>& lines, LineForms forms) {
  lines.clear();
  tokenizer_.tokenize_with_spans(text, tokens_);
  const ByteKinds kinds = find_kinds(text);
  find_digits(text, !kinds.beyond_ascii, digits_);
  const std::size_t* digit = digits_.data();
  std::size_t token = 0;
  std::uint32_t blanks = 0;
  const LineBreaks breaks =
      kinds.beyond_ascii ? LineBreaks(text) : LineBreaks(text, kinds.other_breaks);
  for (std::size_t begin = 0; begin < text.size();) {
    const auto [end, next] = breaks.line_at(begin);
    Line line;
    line.whole = {begin, next};
    line.span = {begin, end};
    while (line.span.begin < end && is_space(text[line.span.begin])) ++line.span.begin;
    while (line.span.end > line.span.begin && is_space(text[line.span.end - 1])) --line.span.end;
    const std::size_t line_begin = begin;
    begin = next;
    if (line.span.empty()) {
      ++blanks;
      continue;
    }
    line.indent = static_cast<std::uint32_t>(line.span.begin - line_begin);
    line.blanks_before = blanks;
    line.first_token = static_cast<std::uint32_t>(token);
    blanks = 0;
    while (*digit < line.span.begin) ++digit;
    const auto spans = std::span<const TextSpan>(tokens_.spans).subspan(token);
    const std::uint64_t* const hashes = tokens_.hashes.data() + token;
    switch (forms) {
      case LineForms::kNone:
        summarize_tokens<LineForms::kNone>(text, spans, hashes, end, digit, line);
        break;
      case LineForms::kMasked:
        summarize_tokens<LineForms::kMasked>(text, spans, hashes, end, digit, line);
        break;
      case LineForms::kMaskedAndShape:
        summarize_tokens<LineForms::kMaskedAndShape>(text, spans, hashes, end, digit, line);
        break;
    }
    token += line.tokens;
    lines.push_back(line);
  }
}

}  // namespace copydesk
