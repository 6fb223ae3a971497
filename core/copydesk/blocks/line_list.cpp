// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/line_list.h"

#include <algorithm>
#include <cstring>

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

// Whether any of the 8 bytes of `word` is an ASCII digit. Bytes from 0x80 up never are.
bool has_ascii_digit(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  const std::uint64_t high = word & (kOnes * 0x80);
  const std::uint64_t low = word & (kOnes * 0x7F);
  const std::uint64_t from_zero = low + kOnes * (0x80 - '0');   // bit 7: byte >= '0'
  const std::uint64_t above_nine = low + kOnes * (0x7F - '9');  // bit 7: byte > '9'
  return (from_zero & ~above_nine & ~high & (kOnes * 0x80)) != 0;
}

// The decimal digits of the scripts that scraped pages write dates in.
bool is_other_digit(std::uint32_t c) {
  return (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x966 && c <= 0x96F) ||
         (c >= 0x9E6 && c <= 0x9EF) || (c >= 0xE50 && c <= 0xE59) || (c >= 0xFF10 && c <= 0xFF19);
}

bool has_digit(std::string_view token) {
  std::uint64_t word = 0;
  std::uint64_t high = 0;
  std::size_t i = 0;
  for (; i + 8 <= token.size(); i += 8) {
    std::memcpy(&word, token.data() + i, 8);
    high |= word;
    if (has_ascii_digit(word)) return true;
  }
  word = 0;
  for (std::size_t shift = 0; i < token.size(); ++i, shift += 8) {
    word |= std::uint64_t{static_cast<unsigned char>(token[i])} << shift;
  }
  if (has_ascii_digit(word)) return true;
  if (((high | word) & 0x8080808080808080u) == 0) return false;
  for (std::size_t at = 0; at < token.size();) {
    const DecodedCharacter character = decode_utf8(token.data() + at);
    if (is_other_digit(character.code_point)) return true;
    at += character.length;
  }
  return false;
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

// Accumulates the keys of one line.
class LineKeys {
 public:
  LineKeys(std::string_view text, Line& line) : text_(text), line_(line), end_(line.span.begin) {}

  void add(const TextSpan& span, std::uint64_t hash) {
    ++line_.tokens;
    add_size(span);
    key_ = mix_keys(key_, hash);
    const std::string_view token = span.of(text_);
    const bool is_number = has_digit(token);
    line_.numbers += is_number;
    masked_ = mix_keys(masked_, is_number ? kNumberSign : hash);
    if (is_number) hash = kNumberSign;
    if (!is_number && is_capital(decode_utf8(token.data()).code_point)) hash = kCapitalSign;
    shape_ = mix_keys(shape_, hash);
  }

  void finish() {
    line_.words = (quarters_ + kQuartersInWord - 1) / kQuartersInWord;
    if (line_.tokens == 0) {
      key_ = masked_ = shape_ = XXH3_64bits(text_.data() + line_.span.begin, line_.span.size());
    }
    line_.key = key_;
    line_.masked_key = masked_;
    line_.shape_key = shape_;
    line_.ends_open = ends_open(line_.span.of(text_));
  }

 private:
  // A word is what stands between spaces. Tokens that touch are characters of a script without
  // spaces: two of them are counted as a word, which is near the mean length of words in Chinese.
  void add_size(const TextSpan& span) {
    bool spaced = line_.tokens == 1;
    bool touches = span.begin == end_;
    for (std::size_t i = end_; i < span.begin && !spaced; ++i) {
      spaced = is_space(text_[i]) || text_[i] == '|';
      touches = touches || static_cast<unsigned char>(text_[i]) >= 0xE2;
    }
    quarters_ += spaced ? kQuartersInWord : touches ? kQuartersInWord / 2 : 0;
    end_ = span.end;
  }

  std::string_view text_;
  Line& line_;
  std::size_t end_;
  std::uint32_t quarters_ = 0;
  std::uint64_t key_ = kLineSeed;
  std::uint64_t masked_ = kLineSeed;
  std::uint64_t shape_ = kLineSeed;
};

}  // namespace

void LineScanner::scan(std::string_view text, std::vector<Line>& lines) {
  lines.clear();
  tokenizer_.tokenize_with_spans(text, tokens_);
  std::size_t token = 0;
  std::uint32_t blanks = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const void* const feed = std::memchr(text.data() + begin, '\n', text.size() - begin);
    const std::size_t end =
        feed == nullptr ? text.size()
                        : static_cast<std::size_t>(static_cast<const char*>(feed) - text.data());
    const std::size_t next = std::min(end + 1, text.size());
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
    LineKeys keys(text, line);
    for (; token < tokens_.size() && tokens_.spans[token].begin < end; ++token) {
      keys.add(tokens_.spans[token], tokens_.hashes[token]);
    }
    keys.finish();
    lines.push_back(line);
  }
}

}  // namespace copydesk
