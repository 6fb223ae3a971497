// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/protected_ranges.h"

#include <array>

#include "copydesk/text/sentence_class.h"

namespace copydesk {
namespace {

// The characters that may close what `open` opens; 0 where there is none. A mark that both opens
// and closes is listed under itself.
struct Pair {
  std::uint32_t open, close, other_close;
};
constexpr std::array<Pair, 12> kPairs = {{
    {'"', '"', 0},
    {'(', ')', 0},
    {0x201C, 0x201D, 0},       // “ ”
    {0x201E, 0x201C, 0x201D},  // „ “ or „ ”
    {0xAB, 0xBB, 0},           // « »
    {0xBB, 0xAB, 0},           // » «
    {0x300C, 0x300D, 0},       // 「 」
    {0x300E, 0x300F, 0},       // 『 』
    {0xFF08, 0xFF09, 0},       // full-width parentheses
    {0x300A, 0x300B, 0},       // 《 》
    {0x3008, 0x3009, 0},       // 〈 〉
    {'[', ']', 0},
}};

const Pair* pair_of(std::uint32_t open) {
  for (const Pair& pair : kPairs) {
    if (pair.open == open) return &pair;
  }
  return nullptr;
}

constexpr std::array<bool, 256> make_starts() {
  std::array<bool, 256> starts{};
  for (const std::size_t byte : {0x22, 0x28, 0x29, 0x5B, 0x5D, 0xC2, 0xE2, 0xE3, 0xEF}) {
    starts[byte] = true;
  }
  return starts;
}
constexpr std::array<bool, 256> kStarts = make_starts();

}  // namespace

void find_protected_ranges(std::string_view text, TextSpan segment, bool with_quotations,
                           std::vector<TextSpan>& ranges) {
  ranges.clear();
  // One level deep: marks inside an open pair count only if they close it. An opening mark that is
  // never closed must not hide what comes after it, so the search then goes on behind it; each
  // character closes at most once per kind of mark, and a kind found unclosed is not tried again.
  std::array<bool, kPairs.size()> is_hopeless{};
  std::size_t at = segment.begin;
  while (at < segment.end) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (!kStarts[byte] || (!with_quotations && byte != 0xE3)) {
      ++at;
      continue;
    }
    const DecodedCharacter opening = decode_utf8(text.data() + at);
    const Pair* pair = pair_of(opening.code_point);
    const bool is_title = opening.code_point == 0x300A || opening.code_point == 0x3008;
    at += opening.length;
    if (pair == nullptr || (!with_quotations && !is_title)) continue;
    bool& hopeless = is_hopeless[static_cast<std::size_t>(pair - kPairs.data())];
    if (hopeless) continue;
    std::size_t end = at;
    bool is_closed = false;
    while (end < segment.end && !is_closed) {
      if (!kStarts[static_cast<unsigned char>(text[end])]) {
        ++end;
        continue;
      }
      const DecodedCharacter closing = decode_utf8(text.data() + end);
      end += closing.length;
      is_closed = closing.code_point == pair->close ||
                  (pair->other_close != 0 && closing.code_point == pair->other_close);
    }
    if (is_closed) {
      ranges.push_back({at, end});
      at = end;
    } else {
      hopeless = true;
    }
  }
}

}  // namespace copydesk
