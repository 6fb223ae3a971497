// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/prose_splitter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace copydesk {
namespace {

// The text's terms as small numbers, without those that do not count.
struct NumberedTerms {
  std::vector<std::uint32_t> terms;
  std::vector<std::size_t> ends;  // by sentence
  std::size_t vocabulary = 0;

  NumberedTerms(std::span<const std::uint64_t> all, std::span<const std::uint32_t> all_ends,
                std::span<const std::uint64_t> stop_terms) {
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::size_t next = 0;
    for (const std::uint32_t end : all_ends) {
      for (; next < end; ++next) {
        if (std::binary_search(stop_terms.begin(), stop_terms.end(), all[next])) continue;
        const auto number = static_cast<std::uint32_t>(numbers.size());
        terms.push_back(numbers.emplace(all[next], number).first->second);
      }
      ends.push_back(terms.size());
    }
    vocabulary = numbers.size();
  }
};

}  // namespace

// A segment of n words with counts f costs n log(n + k) - sum f log(f + 1), k being the number of
// different words of the text (Laplace's estimate), and log of the number of words for its cut. The
// cheapest path over all segments is found by dynamic programming; a segment's cost follows from
// that of the segment without its last sentence.
std::vector<std::size_t> split_prose(std::span<const std::uint64_t> terms,
                                     std::span<const std::uint32_t> ends,
                                     std::span<const std::uint64_t> stop_terms,
                                     const ProseSplitterOptions& options, StopFlag stop) {
  const std::size_t count = ends.size();
  if (count == 0) return {};
  const NumberedTerms text(terms, ends, stop_terms);
  const auto size = static_cast<double>(std::max<std::size_t>(text.terms.size(), 2));
  const double cut_cost = options.cut_cost * std::log(size);
  std::vector<double> logarithms(text.terms.size() + 2);  // f log(f + 1)
  for (std::size_t f = 1; f < logarithms.size(); ++f) {
    logarithms[f] = static_cast<double>(f) * std::log(static_cast<double>(f) + 1.0);
  }

  std::vector<double> best(count + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> previous(count + 1, 0);
  best[0] = 0.0;
  std::vector<std::uint32_t> counts(text.vocabulary);
  for (std::size_t begin = 0; begin < count; ++begin) {
    stop.check();
    const std::size_t first = begin == 0 ? 0 : text.ends[begin - 1];
    const std::size_t last = std::min(count, begin + options.most_sentences);
    double sum = 0.0;
    std::size_t at = first;
    for (std::size_t end = begin; end < last; ++end) {
      for (; at < text.ends[end]; ++at) {
        std::uint32_t& f = counts[text.terms[at]];
        sum += logarithms[f + 1] - logarithms[f];
        ++f;
      }
      const auto words = static_cast<double>(at - first);
      const double cost = best[begin] + cut_cost +
                          words * std::log(words + static_cast<double>(text.vocabulary) + 1.0) -
                          sum;
      if (cost < best[end + 1]) {
        best[end + 1] = cost;
        previous[end + 1] = begin;
      }
    }
    while (at > first) counts[text.terms[--at]] = 0;
  }
  std::vector<std::size_t> begins;
  for (std::size_t end = count; end > 0; end = previous[end]) begins.push_back(previous[end]);
  std::reverse(begins.begin(), begins.end());
  return begins;
}

}  // namespace copydesk
