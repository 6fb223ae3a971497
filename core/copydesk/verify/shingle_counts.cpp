// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/shingle_counts.h"

#include <algorithm>
#include <cmath>

namespace copydesk {

namespace {

// With which near-duplicates of few tokens must agree in any case.
constexpr double kLeastAtLength = 0.3;

double at_length(double share, std::size_t size, std::size_t length) {
  return std::pow(share, static_cast<double>(length) / static_cast<double>(size));
}

double not_below(double value, double asked) {
  return std::max(value, std::min(asked, kLeastAtLength));
}

// All windows of so many tokens, sorted, and each once if they are not counted. Each is a polynomial in an odd number, moved on by taking
// the first token out and the next one in.
std::vector<std::uint64_t> sorted_windows(std::span<const std::uint32_t> tokens,
                                          std::size_t length, bool counted) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15u;
  std::vector<std::uint64_t> windows;
  if (tokens.size() < length) return windows;
  windows.reserve(tokens.size() - length + 1);
  std::uint64_t weight = 1;  // of the token that leaves
  for (std::size_t i = 0; i < length; ++i) weight *= kBase;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    hash = hash * kBase + tokens[i] + 1;
    if (i >= length) hash -= weight * (std::uint64_t{tokens[i - length]} + 1);
    if (i + 1 >= length) windows.push_back(hash);
  }
  std::sort(windows.begin(), windows.end());
  if (!counted) windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
  return windows;
}

}  // namespace

std::vector<std::uint32_t> count_shingles(std::span<const std::uint64_t> shingles,
                                          std::span<const std::uint64_t> set) {
  std::vector<std::uint32_t> counts(set.size());
  for (const std::uint64_t shingle : shingles) {
    ++counts[static_cast<std::size_t>(std::lower_bound(set.begin(), set.end(), shingle) -
                                      set.begin())];
  }
  return counts;
}

Overlap counted_overlap(const CountedShingles& a, const CountedShingles& b) {
  Overlap overlap;
  const auto count_of = [](const CountedShingles& text, std::size_t i) {
    return text.counts.empty() ? 1 : text.counts[i];
  };
  for (std::size_t i = 0; i < a.set.size(); ++i) overlap.size_a += count_of(a, i);
  for (std::size_t i = 0; i < b.set.size(); ++i) overlap.size_b += count_of(b, i);
  for (std::size_t i = 0, j = 0; i < a.set.size() && j < b.set.size();) {
    if (a.set[i] == b.set[j]) {
      overlap.shared += std::min(count_of(a, i++), count_of(b, j++));
    } else if (a.set[i] < b.set[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return overlap;
}

Overlap window_overlap(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                       std::size_t length, bool counted) {
  const std::vector<std::uint64_t> windows_a = sorted_windows(a, length, counted);
  const std::vector<std::uint64_t> windows_b = sorted_windows(b, length, counted);
  Overlap overlap{0, static_cast<std::uint32_t>(windows_a.size()),
                  static_cast<std::uint32_t>(windows_b.size())};
  for (std::size_t i = 0, j = 0; i < windows_a.size() && j < windows_b.size();) {
    if (windows_a[i] == windows_b[j]) {
      ++overlap.shared, ++i, ++j;
    } else if (windows_a[i] < windows_b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return overlap;
}

double jaccard_at_length(double jaccard, std::size_t size, std::size_t length) {
  const double survives = at_length(2.0 * jaccard / (1.0 + jaccard), size, length);
  return not_below(survives / (2.0 - survives), jaccard);
}

double containment_at_length(double containment, std::size_t size, std::size_t length) {
  return not_below(at_length(containment, size, length), containment);
}

}  // namespace copydesk
