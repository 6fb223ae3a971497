// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/site_blocks.h"

#include <algorithm>
#include <bit>

namespace copydesk {
namespace {

// Counts equal values in a table of its own; values are hashes already.
class EqualCounts {
 public:
  // How often each value occurs among those of the page, by line.
  template <class KeyOf>
  std::vector<std::uint32_t> count(std::span<const Line> lines, KeyOf&& key_of) {
    slots_.assign(std::bit_ceil(2 * lines.size() + 1), {});
    places_.resize(lines.size());
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::uint64_t key = key_of(lines[i]);
      std::size_t slot = key & mask;
      while (slots_[slot].count > 0 && slots_[slot].key != key) slot = (slot + 1) & mask;
      slots_[slot].key = key;
      ++slots_[slot].count;
      places_[i] = slot;
    }
    std::vector<std::uint32_t> counts(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) counts[i] = slots_[places_[i]].count;
    return counts;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t count = 0;  // 0: free
  };
  std::vector<Slot> slots_;
  std::vector<std::size_t> places_;  // by line
};

// Labels what is before the article, or behind it: outside if the site shows itself there. Where
// its other pages are known and hardly a line of theirs is near, the page was cleaned before, and
// what the run leaves out is its text, too.
void label_outside(std::span<const Line> lines, double least_furniture,
                   std::span<SiteLine> labels) {
  double repeated = 0.0, others = 0.0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    (labels[i] == SiteLine::kRepeated ? repeated : others) += lines[i].words;
  }
  if (repeated < least_furniture * others) return;
  for (SiteLine& label : labels) {
    if (label == SiteLine::kKept) label = SiteLine::kOutside;
  }
}

}  // namespace

// The article is the run with the greatest sum of scores (Kadane's algorithm): a single rule for
// all lines, so short lines within the article survive and long ones far from it do not.
void label_site_lines(std::span<const Line> lines, std::span<const std::uint32_t> pages_with,
                      std::uint32_t pages_of_site, const SiteBlockOptions& options,
                      std::vector<SiteLine>& labels) {
  labels.assign(lines.size(), SiteLine::kKept);
  const std::uint32_t least_pages =
      options.least_pages > 0 ? options.least_pages : std::clamp(pages_of_site, 2U, 3U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (pages_with[i] >= least_pages) labels[i] = SiteLine::kRepeated;
  }
  if (options.rule == SiteRule::kRepeats) return;

  // Lines without a number have no shape; they count as equal, which is not looked at.
  EqualCounts equal;
  const auto shapes = equal.count(lines, [](const Line& line) { return line.shape_key; });
  const auto echoes = equal.count(lines, [](const Line& line) { return line.masked_key; });
  double sum = 0.0, best = 0.0;
  std::size_t begin = 0, best_begin = 0, best_end = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const bool is_short = line.words <= options.short_line;
    double score = std::min<double>(line.words, options.most_words);
    if (line.ends_open) score *= options.open_factor;
    score -= options.line_cost;
    if (labels[i] == SiteLine::kRepeated) {
      score = options.repeated_score;
    } else if (is_short && line.words >= 2 && line.numbers > 0 && !line.is_numbered &&
               shapes[i] >= options.least_echoes) {
      score = options.date_score;
    } else if (is_short && echoes[i] >= options.least_echoes) {
      score = options.echo_score;
    }
    if (sum <= 0.0) {
      sum = 0.0;
      begin = i;
    }
    sum += score;
    if (sum > best) {
      best = sum;
      best_begin = begin;
      best_end = i + 1;
    }
  }
  if (best_begin == best_end) return;
  const double least = pages_of_site < least_pages ? 0.0 : options.least_furniture;
  label_outside(lines.first(best_begin), least, std::span(labels).first(best_begin));
  label_outside(lines.subspan(best_end), least, std::span(labels).subspan(best_end));
}

}  // namespace copydesk
