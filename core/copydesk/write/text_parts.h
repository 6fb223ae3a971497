#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where spans of a text that is made of parts of a document, one behind the other, stand in that
// document. With parts [10, 20) and [50, 60), [12, 14) of the text is [52, 54) of the document. An
// empty part is a line feed of the text that the document has not.

#include <algorithm>
#include <cstddef>
#include <span>

#include "copydesk/document.h"

namespace copydesk {

// Spans come in ascending order. Without parts the text is the document's.
class TextParts {
 public:
  explicit TextParts(std::span<const TextSpan> parts) : parts_(parts) {}

  TextSpan in_document(TextSpan span) {
    if (parts_.empty()) return span;
    const std::size_t begin = at(span.begin, false);
    return {begin, span.empty() ? begin : at(span.end, true)};
  }

 private:
  // An end belongs to the part that holds the character before it.
  std::size_t at(std::size_t offset, bool is_end) {
    const auto size = [&] { return std::max<std::size_t>(parts_[part_].size(), 1); };
    const auto is_behind = [&] {
      const std::size_t end = before_ + size();
      return is_end ? offset > end : offset >= end;
    };
    while (part_ + 1 < parts_.size() && is_behind()) {
      before_ += size();
      ++part_;
    }
    return parts_[part_].begin + (offset - before_);
  }

  std::span<const TextSpan> parts_;
  std::size_t part_ = 0, before_ = 0;  // bytes of the parts before it
};

}  // namespace copydesk
