// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/text_score.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace copydesk {
namespace {

// Above this many entries the vocabulary is dropped between two calls, to bound memory.
constexpr std::size_t kMaxVocabulary = std::size_t{1} << 20;

bool in_order(const TextSpan& a, const TextSpan& b) {
  return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
}

// Ascending, disjoint, none empty, covering the same bytes.
std::vector<TextSpan> merged(std::span<const TextSpan> spans) {
  std::vector<TextSpan> sorted(spans.begin(), spans.end());
  std::sort(sorted.begin(), sorted.end(), in_order);
  std::vector<TextSpan> result;
  for (const TextSpan& span : sorted) {
    if (span.empty()) continue;
    if (!result.empty() && span.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, span.end);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

std::uint64_t total(std::span<const TextSpan> spans) {
  std::uint64_t sum = 0;
  for (const TextSpan& span : spans) sum += span.size();
  return sum;
}

}  // namespace

OverlapCounts TextComparison::compare(std::string_view truth, std::string_view result) {
  if (tokenizer_.vocabulary() > kMaxVocabulary) tokenizer_.forget();
  tokenizer_.tokenize(truth, truth_);
  tokenizer_.tokenize(result, result_);
  OverlapCounts counts{0, truth_.tokens.size(), result_.tokens.size()};
  std::sort(truth_.tokens.begin(), truth_.tokens.end());
  std::sort(result_.tokens.begin(), result_.tokens.end());
  for (std::size_t i = 0, j = 0; i < truth_.tokens.size() && j < result_.tokens.size();) {
    const std::uint32_t a = truth_.tokens[i], b = result_.tokens[j];
    if (a == b) ++counts.shared;
    if (a <= b) ++i;
    if (b <= a) ++j;
  }
  return counts;
}

OverlapCounts span_overlap(std::span<const TextSpan> truth, std::span<const TextSpan> result) {
  const std::vector<TextSpan> a = merged(truth), b = merged(result);
  OverlapCounts counts{0, total(a), total(b)};
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::size_t begin = std::max(a[i].begin, b[j].begin);
    const std::size_t end = std::min(a[i].end, b[j].end);
    if (begin < end) counts.shared += end - begin;
    if (a[i].end < b[j].end) {
      ++i;
    } else {
      ++j;
    }
  }
  return counts;
}

OverlapCounts equal_spans(std::span<const TextSpan> truth, std::span<const TextSpan> result) {
  const auto unique = [](std::span<const TextSpan> spans) {
    std::vector<TextSpan> sorted(spans.begin(), spans.end());
    std::sort(sorted.begin(), sorted.end(), in_order);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
  };
  const std::vector<TextSpan> a = unique(truth), b = unique(result);
  std::vector<TextSpan> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both), in_order);
  return {both.size(), a.size(), b.size()};
}

}  // namespace copydesk
