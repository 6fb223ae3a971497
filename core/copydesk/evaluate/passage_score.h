#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Aligned passages against true ones, by the measures of the PAN text alignment tasks: precision
// and recall over the characters of both sides, granularity (how often a passage is reported in
// pieces), and plagdet, which puts the three together. A passage found whole, but in two halves,
// has precision and recall 1, granularity 2, and a plagdet of 1 / log2(3) = .63.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

// A passage of document `source` that reappears in document `copy`. Offsets may be in bytes or
// characters, as long as truth and result use the same.
struct AlignedPassage {
  std::uint32_t copy = 0, source = 0;
  TextSpan in_copy, in_source;
};

struct PassageScore {
  double precision = 0, recall = 0;  // means over detections, over true passages; in [0, 1]
  double f1 = 0;
  double granularity = 1;  // detections per detected true passage, at least 1
  double plagdet = 0;      // f1 / log2(1 + granularity)
  std::uint64_t truth = 0, result = 0, detected = 0;  // passages; those of truth that were touched
};

// A detection counts for a true passage of the same two documents (in the same direction) if they
// overlap on both sides. Precision and recall are 1 if both sides are empty, 0 if one is.
// REQUIRES: no passage is empty on both sides.
// Time: for each pair of documents, true passages x detections.
[[nodiscard]] PassageScore score_passages(std::span<const AlignedPassage> truth,
                                          std::span<const AlignedPassage> result);

// The detections in pairs of documents for which `truth` has a passage: for a truth that lists the
// pairs to be looked at, as PAN does, and says nothing about the others.
[[nodiscard]] std::vector<AlignedPassage> within_true_pairs(std::span<const AlignedPassage> truth,
                                                            std::span<const AlignedPassage> result);

}  // namespace copydesk
