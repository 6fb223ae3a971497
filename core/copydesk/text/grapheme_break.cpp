// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/grapheme_break.h"

#include <algorithm>

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

using Kind = GraphemeClass;

bool is_control(Kind kind) {
  return kind == Kind::kCr || kind == Kind::kLf || kind == Kind::kControl;
}

// Whether no cluster ends between two characters, as far as these tell (rules GB3 to GB9b).
bool sticks(Kind before, Kind after) {
  if (before == Kind::kCr && after == Kind::kLf) return true;
  if (is_control(before) || is_control(after)) return false;
  if (after == Kind::kExtend || after == Kind::kJoiner || after == Kind::kSpacingMark) return true;
  switch (before) {
    case Kind::kPrepend:
      return true;
    case Kind::kHangulL:
      return after == Kind::kHangulL || after == Kind::kHangulV || after == Kind::kHangulLv ||
             after == Kind::kHangulLvt;
    case Kind::kHangulLv:
    case Kind::kHangulV:
      return after == Kind::kHangulV || after == Kind::kHangulT;
    case Kind::kHangulLvt:
    case Kind::kHangulT:
      return after == Kind::kHangulT;
    default:
      return false;
  }
}

}  // namespace

std::size_t next_grapheme(std::string_view text, std::size_t at) {
  DecodedCharacter character = decode_utf8(text.data() + at);
  Kind before = grapheme_class(character.code_point);
  bool is_emoji = before == Kind::kPictograph;  // a pictograph with its marks is open to a joiner
  bool is_half_flag = before == Kind::kRegional;
  at += character.length;
  while (at < text.size()) {
    character = decode_utf8(text.data() + at);
    const Kind kind = grapheme_class(character.code_point);
    const bool is_joined = before == Kind::kJoiner && is_emoji && kind == Kind::kPictograph;
    const bool is_flag = is_half_flag && kind == Kind::kRegional;
    if (!sticks(before, kind) && !is_joined && !is_flag) break;
    if (kind != Kind::kExtend && kind != Kind::kJoiner) is_emoji = kind == Kind::kPictograph;
    is_half_flag = kind == Kind::kRegional && !is_flag;  // behind a prefix
    before = kind;
    at += character.length;
  }
  return at;
}

std::size_t grapheme_floor(std::string_view text, std::size_t at) {
  std::size_t end = 0;
  // Nothing joins a letter or digit of ASCII to what stands in front of it but a rare prefix, and
  // a space joins nothing: clusters are counted from the last of them.
  for (std::size_t i = std::min(at, text.size()); i > 0; --i) {
    if (text[i - 1] != ' ') continue;
    end = i;
    break;
  }
  if (end < text.size() && end > 0) {
    // A mark behind the space belongs to it.
    const std::size_t behind = next_grapheme(text, end - 1);
    if (behind > at) return end - 1;
    end = behind;
  }
  while (end < at) {
    const std::size_t next = next_grapheme(text, end);
    if (next > at) break;
    end = next;
  }
  return end;
}

}  // namespace copydesk
