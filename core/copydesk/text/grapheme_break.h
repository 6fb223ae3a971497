#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where what a reader takes for one character ends: a letter with its marks, a Hangul syllable of
// several jamo, a flag, a family of emoji (extended grapheme clusters, UAX #29, Unicode 15.0).

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

enum class GraphemeClass : std::uint8_t {
  kOther,
  kCr,
  kLf,
  kControl,
  kExtend,
  kJoiner,
  kRegional,
  kPrepend,
  kSpacingMark,
  kHangulL,
  kHangulV,
  kHangulT,
  kHangulLv,
  kHangulLvt,
  kPictograph,
};

// The characters from the one at `first` on, up to the next entry, are of that class.
struct GraphemeRange {
  std::uint32_t first;
  std::uint32_t kind;
};

[[nodiscard]] GraphemeClass grapheme_class(std::uint32_t code_point);

// The end of the cluster that begins at `at` (3 for "e\u0301a" and 0). REQUIRES: `text` is
// valid UTF-8; at < text.size() is the beginning of a cluster.
[[nodiscard]] std::size_t next_grapheme(std::string_view text, std::size_t at);

// The last end of a cluster that is not behind `at`, which lies in the text or at its end.
[[nodiscard]] std::size_t grapheme_floor(std::string_view text, std::size_t at);

}  // namespace copydesk
