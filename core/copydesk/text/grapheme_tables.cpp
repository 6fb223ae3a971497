// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "copydesk/text/grapheme_break.h"

namespace copydesk {
namespace {

#include "grapheme_tables.inc"

}  // namespace

GraphemeClass grapheme_class(std::uint32_t code_point) {
  const auto* const behind =
      std::upper_bound(std::begin(kGraphemeRanges), std::end(kGraphemeRanges), code_point,
                       [](std::uint32_t c, const GraphemeRange& range) { return c < range.first; });
  return static_cast<GraphemeClass>(std::prev(behind)->kind);
}

}  // namespace copydesk
