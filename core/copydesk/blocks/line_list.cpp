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

// The first bytes of those are D9 and DB (Arabic), E0 (India, Thai), EF (full width). Compilers turn
// this loop into vector code.
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

// Appends the offset of every digit of the text, and one behind it.
void find_digits(std::string_view text, std::vector<std::size_t>& digits) {
  digits.clear();
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    for (std::uint64_t found = ascii_digits(word); found != 0; found &= found - 1) {
      digits.push_back(at + static_cast<std::size_t>(std::countr_zero(found)) / 8);
    }
  }
  for (; at < text.size(); ++at) {
    if (text[at] >= '0' && text[at] <= '9') digits.push_back(at);
  }
  if (may_have_other_digits(text)) {
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

// Fills in what follows from the line's tokens; its forms, masked_key and shape_key, if they are
// wanted. `digit` is the first offset of a digit at or behind the line. Keys are sums of the tokens'
// hashes times powers of a factor: short chains side by side, scrambled once at the end.
template <bool kWithForms>
void summarize_tokens(std::string_view text, std::span<const TextSpan> spans,
                      std::span<const std::uint64_t> hashes, const std::size_t* digit, Line& line) {
  std::uint64_t key = kLineSeed, masked = kLineSeed, shape = kLineSeed;
  std::uint64_t last_kind = 0;
  std::uint32_t quarters = 0, numbers = 0;
  std::size_t end = line.span.begin;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const TextSpan span = spans[i];
    // A word is what stands between spaces. Tokens that touch are characters of a script without
    // spaces: two of them are counted as a word, which is near the mean length of words in Chinese.
    bool spaced = i == 0 || (end < span.begin && text[end] == ' ');
    if (spaced) {
      quarters += kQuartersInWord;
    } else {
      bool touches = span.begin == end;
      for (std::size_t at = end; at < span.begin && !spaced; ++at) {
        spaced = is_space(text[at]) || text[at] == '|';
        touches = touches || static_cast<unsigned char>(text[at]) >= 0xE2;
      }
      quarters += spaced ? kQuartersInWord : touches ? kQuartersInWord / 2 : 0;
    }
    end = span.end;

    while (*digit < span.begin) ++digit;
    const bool is_number = *digit < span.end;
    const std::uint64_t hash = hashes[i];
    numbers += is_number;
    key = key * kKeyFactor + hash;
    if constexpr (kWithForms) {
      const std::uint64_t sign = is_number ? kNumberSign : hash;
      masked = masked * kKeyFactor + sign;
      const std::uint64_t kind =
          !is_number && begins_with_capital(text.data() + span.begin) ? kCapitalSign : sign;
      const bool goes_on = kind == last_kind && (kind == kCapitalSign || kind == kNumberSign);
      shape = goes_on ? shape : shape * kKeyFactor + kind;
      last_kind = kind;
    }
  }
  if (spans.empty()) {
    key = masked = shape = XXH3_64bits(text.data() + line.span.begin, line.span.size());
  }
  line.key = mix_keys(kLineSeed, key);
  if constexpr (kWithForms) {
    line.masked_key = mix_keys(kLineSeed, masked);
    line.shape_key = mix_keys(kLineSeed, shape);
  }
  line.words = (quarters + kQuartersInWord - 1) / kQuartersInWord;
  line.tokens = static_cast<std::uint32_t>(spans.size());
  line.numbers = numbers;
  line.is_numbered = is_numbered(line.span.of(text));
  line.ends_open = ends_open(line.span.of(text));
}

}  // namespace

std::uint64_t LineScanner::masked_key_of(std::string_view text, const Line& line) const {
  Line again = line;
  summarize_tokens<true>(text, std::span(tokens_.spans).subspan(line.first_token, line.tokens),
                         std::span(tokens_.hashes).subspan(line.first_token, line.tokens),
                         &*std::lower_bound(digits_.begin(), digits_.end(), line.span.begin),
                         again);
  return again.masked_key;
}

void LineScanner::scan(std::string_view text, std::vector<Line>& lines, bool with_forms) {
  lines.clear();
  tokenizer_.tokenize_with_spans(text, tokens_);
  find_digits(text, digits_);
  const std::size_t* digit = digits_.data();
  std::size_t token = 0;
  std::uint32_t blanks = 0;
  const LineBreaks breaks(text);
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
    const std::size_t first = token;
    while (token < tokens_.size() && tokens_.spans[token].begin < end) ++token;
    const auto spans = std::span(tokens_.spans).subspan(first, token - first);
    const auto hashes = std::span(tokens_.hashes).subspan(first, token - first);
    if (with_forms) {
      summarize_tokens<true>(text, spans, hashes, digit, line);
    } else {
      summarize_tokens<false>(text, spans, hashes, digit, line);
    }
    lines.push_back(line);
  }
}

}  // namespace copydesk
