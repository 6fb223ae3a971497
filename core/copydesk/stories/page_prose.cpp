// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/page_prose.h"

#include <algorithm>

namespace copydesk {

void PageProse::find(const ShapedText& shaped) {
  lines_.clear();
  vocabulary_.clear();
  is_numbered_ = false;
  for (const LineTerms& terms : shaped.of_lines) {
    const LineShape& line = shaped.lines[terms.line];
    if (!line.is(kProseLine) || line.is(kLaterCopy)) continue;
    lines_.push_back({terms.line, terms.first, terms.count, 0, line.words});
  }
}

void PageProse::read_headline(const ShapedText& shaped, std::uint32_t line,
                              HeadlineTerms& terms) const {
  terms.count = 0;
  terms.numbers.clear();
  for (const std::uint32_t term : shaped.terms_of(line)) {
    if ((term & kTermOfFour) == 0) continue;
    ++terms.count;
    const std::uint32_t number = vocabulary_.find(term);
    if (number != TermNumbers::kNone) terms.numbers.push_back(number);
  }
}

void PageProse::number(ShapedText& shaped) {
  if (is_numbered_) return;
  is_numbered_ = true;
  // Each different term once, by its number.
  seen_.clear();
  for (ProseLine& line : lines_) {
    vocabulary_.make_room(line.count);
    const std::size_t most = vocabulary_.size() + line.count;
    if (seen_.size() < most) seen_.resize(most + most / 2);
    const auto stamp = static_cast<std::uint32_t>(&line - lines_.data() + 1);
    std::uint32_t* const begin = shaped.terms.data() + line.first;
    Seen* const seen = seen_.data();
    std::uint32_t end = 0;
    vocabulary_.number({begin, line.count}, [&](std::uint32_t number) {
      const std::uint32_t is_first = seen[number].last != stamp ? 1 : 0;
      seen[number] = {stamp, seen[number].lines + is_first};
      begin[end] = number;
      end += is_first;
    });
    line.count = end;
  }
  lines_with_.resize(vocabulary_.size());
  for (std::size_t i = 0; i < lines_with_.size(); ++i) lines_with_[i] = seen_[i].lines;
  // Those of several lines first: about half, and the only ones that lines have in common. The
  // first line keeps its order: see opens_prose.
  for (ProseLine& line : lines_) {
    if (line.line == lines_.front().line) {
      line.several = line.count;
      continue;
    }
    // Nothing predicts which they are.
    if (single_.size() < line.count) single_.resize(line.count);
    std::uint32_t* const begin = shaped.terms.data() + line.first;
    std::uint32_t several = 0, singles = 0;
    for (std::uint32_t i = 0; i < line.count; ++i) {
      const std::uint32_t number = begin[i];
      const std::uint32_t is_single = lines_with_[number] == 1 ? 1 : 0;
      begin[several] = number;
      single_[singles] = number;
      several += 1 - is_single;
      singles += is_single;
    }
    line.several = several;
    std::copy_n(single_.begin(), singles, begin + several);
  }
}

}  // namespace copydesk
