// SPDX-License-Identifier: Apache-2.0
//
// Pk: D. Beeferman, A. Berger & J. Lafferty, "Statistical models for text segmentation", 1999.
// WindowDiff: L. Pevzner & M. Hearst, "A critique and improvement of an evaluation metric for text
// segmentation", 2002.
#include "copydesk/evaluate/segment_score.h"

#include <algorithm>
#include <cassert>

namespace copydesk {
namespace {

// How many boundaries separate the ends of a window that slides by one unit.
class BoundaryCounter {
 public:
  explicit BoundaryCounter(std::span<const std::size_t> boundaries) : boundaries_(boundaries) {}

  // Boundaries b with first < b <= last. REQUIRES: neither end goes back from call to call.
  std::size_t between(std::size_t first, std::size_t last) {
    while (behind_ < boundaries_.size() && boundaries_[behind_] <= first) ++behind_;
    while (ahead_ < boundaries_.size() && boundaries_[ahead_] <= last) ++ahead_;
    return ahead_ - behind_;
  }

 private:
  std::span<const std::size_t> boundaries_;
  std::size_t behind_ = 0, ahead_ = 0;
};

}  // namespace

WindowErrors window_errors(const SegmentedText& text, std::size_t window) {
  WindowErrors errors;
  const std::size_t segments = text.truth.size() + 1;
  // Half the mean length, rounded to the nearest, halves up.
  errors.window =
      window > 0 ? window : std::max<std::size_t>(1, (text.length + segments) / (2 * segments));
  if (text.length <= errors.window) return errors;

  const std::size_t windows = text.length - errors.window;
  std::size_t apart = 0, different = 0;
  BoundaryCounter truth(text.truth), result(text.result);
  for (std::size_t i = 0; i < windows; ++i) {
    const std::size_t in_truth = truth.between(i, i + errors.window);
    const std::size_t in_result = result.between(i, i + errors.window);
    if ((in_truth == 0) != (in_result == 0)) ++apart;
    if (in_truth != in_result) ++different;
  }
  errors.pk = static_cast<double>(apart) / static_cast<double>(windows);
  errors.window_diff = static_cast<double>(different) / static_cast<double>(windows);
  return errors;
}

// Taking for each true boundary the first free one in reach is optimal, because all reaches have
// the same width.
OverlapCounts boundary_overlap(const SegmentedText& text, std::size_t tolerance) {
  OverlapCounts counts{0, text.truth.size(), text.result.size()};
  std::size_t next = 0;
  for (const std::size_t boundary : text.truth) {
    while (next < text.result.size() && text.result[next] + tolerance < boundary) ++next;
    if (next == text.result.size()) break;
    if (text.result[next] <= boundary + tolerance) {
      ++counts.shared;
      ++next;
    }
  }
  return counts;
}

SegmentScore score_segments(std::span<const SegmentedText> texts, const SegmentOptions& options) {
  SegmentScore score;
  score.texts = texts.size();
  std::vector<OverlapCounts> exact, tolerant;
  std::size_t right = 0;
  for (const SegmentedText& text : texts) {
    assert(std::is_sorted(text.truth.begin(), text.truth.end()));
    assert(std::is_sorted(text.result.begin(), text.result.end()));
    const WindowErrors errors = window_errors(text, options.window);
    score.pk += errors.pk;
    score.window_diff += errors.window_diff;
    exact.push_back(boundary_overlap(text, 0));
    tolerant.push_back(boundary_overlap(text, options.tolerance));
    if (text.truth == text.result) ++right;
  }
  score.exact = average(exact);
  score.tolerant = average(tolerant);
  score.exact_texts = 1;
  if (!texts.empty()) {
    const auto count = static_cast<double>(texts.size());
    score.pk /= count;
    score.window_diff /= count;
    score.exact_texts = static_cast<double>(right) / count;
  }
  return score;
}

}  // namespace copydesk
