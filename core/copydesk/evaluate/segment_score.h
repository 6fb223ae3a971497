#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where a text was split against where it should be: Pk and WindowDiff, which forgive near misses
// in proportion, and precision and recall of the boundaries themselves.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/evaluate/precision_recall.h"

namespace copydesk {

// One text of `length` units (sentences, lines, bytes). A boundary b, 0 < b < length, separates
// unit b - 1 from unit b.
struct SegmentedText {
  std::size_t length = 0;
  std::vector<std::size_t> truth, result;  // ascending, without repetition
};

struct SegmentOptions {
  std::size_t window = 0;     // units; 0: half the mean true segment, by text, at least 1
  std::size_t tolerance = 0;  // units by which a boundary may be off in `tolerant`
};

// Errors in [0, 1], 0 is best. A text too short for one window has no error.
struct WindowErrors {
  std::size_t window = 0;  // as used
  double pk = 0;           // windows whose ends are together on one side and apart on the other
  double window_diff = 0;  // windows with a different number of boundaries
};

// REQUIRES: boundaries as described at SegmentedText.
[[nodiscard]] WindowErrors window_errors(const SegmentedText& text, std::size_t window = 0);

// Boundaries matched one to one, each at most `tolerance` off, as many as possible.
[[nodiscard]] OverlapCounts boundary_overlap(const SegmentedText& text, std::size_t tolerance = 0);

struct SegmentScore {
  std::uint64_t texts = 0;
  double pk = 0, window_diff = 0;  // means over texts
  AveragedScore exact, tolerant;   // boundaries; a text without any on either side scores 1
  double exact_texts = 0;          // share of texts with exactly the true boundaries
};

[[nodiscard]] SegmentScore score_segments(std::span<const SegmentedText> texts,
                                          const SegmentOptions& options = {});

}  // namespace copydesk
