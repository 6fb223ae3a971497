// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_structure.h"

#include <algorithm>

#include "copydesk/text/sentence_class.h"

namespace copydesk {
namespace {

constexpr std::size_t kNarrowestColumn = 40, kWidestColumn = 110;
constexpr std::size_t kFewestWrappedLines = 3;

bool is_ascii_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// The white space of Unicode that stands at the ends of lines: no-break, ideographic and zero-width
// spaces, line and paragraph separators among it.
TextSpan without_space(std::string_view text, TextSpan span) {
  const CharacterReader reader(text);
  const auto is_space = [](const ClassifiedCharacter& character) {
    return character.kind == SentenceClass::kSpace || character.kind == SentenceClass::kBreak ||
           character.code_point == 0xFEFF;
  };
  while (span.begin < span.end) {
    if (is_ascii_space(text[span.begin])) {
      ++span.begin;
      continue;
    }
    if (static_cast<unsigned char>(text[span.begin]) < 0x80) break;
    const ClassifiedCharacter character = reader.at(span.begin, span.end);
    if (!is_space(character)) break;
    span.begin += character.length;
  }
  while (span.begin < span.end) {
    if (is_ascii_space(text[span.end - 1])) {
      --span.end;
      continue;
    }
    if (static_cast<unsigned char>(text[span.end - 1]) < 0x80) break;
    const ClassifiedCharacter character = reader.before(span.end, span.begin);
    if (!is_space(character)) break;
    span.end -= character.length;
  }
  return span;
}

std::size_t first_word_size(std::string_view line) {
  return std::min(line.find(' '), line.size());
}

}  // namespace

void LineStructure::find(std::string_view text, const TextMarks& marks,
                         std::vector<TextSegment>& segments) {
  segments.clear();
  block_.clear();
  paragraph_ = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = marks.next_break(begin, text.size());
    const TextSpan span = without_space(text, {begin, end});
    if (span.empty()) {
      close_block(text, segments);
    } else {
      block_.push_back({span, span.end - begin, span.begin >= begin + 2});
    }
    begin = end + 1;
  }
  close_block(text, segments);
}

// A block is wrapped if in most of its lines the first word of the next would not have fitted.
void LineStructure::close_block(std::string_view text, std::vector<TextSegment>& segments) {
  if (block_.empty()) return;
  widest_ = 0;
  for (const Line& line : block_) widest_ = std::max(widest_, line.width);
  is_wrapped_ = false;
  if (block_.size() >= kFewestWrappedLines && widest_ >= kNarrowestColumn &&
      widest_ <= kWidestColumn) {
    std::size_t full = 0, ends = 0;
    for (std::size_t i = 0; i + 1 < block_.size(); ++i) {
      if (block_[i + 1].is_indented && !block_[i].is_indented) continue;
      ++ends;
      const std::string_view next = block_[i + 1].span.of(text);
      if (block_[i].width + 1 + first_word_size(next) > widest_) ++full;
    }
    is_wrapped_ = 3 * full >= 2 * ends;
  }
  for (std::size_t i = 0; i < block_.size(); ++i) {
    if (i > 0 && goes_on(text, block_[i - 1], block_[i])) {
      segments.back().span.end = block_[i].span.end;
    } else {
      segments.push_back({block_[i].span, paragraph_++});
    }
  }
  block_.clear();
}

bool LineStructure::goes_on(std::string_view text, const Line& line, const Line& next) const {
  if (next.is_indented && !line.is_indented) return false;
  if (is_wrapped_) return line.width + 1 + first_word_size(next.span.of(text)) > widest_;
  // A line that begins in lower case goes on with the one before, unless both look like entries of
  // a list: short and without a full stop.
  const CharacterReader reader(text);
  if (reader.at(next.span.begin, next.span.end).kind != SentenceClass::kLower) return false;
  const SentenceClass last = reader.before(line.span.end, line.span.begin).kind;
  if (last == SentenceClass::kStop || last == SentenceClass::kStrong) return false;
  const SentenceClass next_last = reader.before(next.span.end, next.span.begin).kind;
  return line.span.size() >= kNarrowestColumn || next_last == SentenceClass::kStop ||
         next_last == SentenceClass::kStrong;
}

}  // namespace copydesk
