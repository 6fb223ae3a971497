// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/story_splitter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

namespace copydesk {
namespace {

struct WeightedTerm {
  std::uint32_t term;  // numbered within the page
  double weight;
};

// Lines as unit vectors of (1 + log tf) idf, scaled by the weight of the line. Lines that cleaning
// takes out are empty.
class LineVectors {
 public:
  LineVectors(std::span<const Line> lines, const PageLayout& layout,
              std::span<const std::uint64_t> terms, const TermStatistics& statistics,
              double full_words) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      begins_.push_back(terms_.size());
      const bool is_cut = layout.roles[i].is_cut(i);
      weights_.push_back(is_cut ? 0.0 : std::min(1.0, lines[i].words / full_words));
      if (!is_cut) add(terms.subspan(lines[i].first_token, lines[i].tokens), statistics);
    }
    begins_.push_back(terms_.size());
  }

  [[nodiscard]] std::span<const WeightedTerm> terms(std::size_t line) const {
    return std::span(terms_).subspan(begins_[line], begins_[line + 1] - begins_[line]);
  }
  [[nodiscard]] double weight(std::size_t line) const { return weights_[line]; }
  [[nodiscard]] std::size_t vocabulary() const { return numbers_.size(); }

 private:
  void add(std::span<const std::uint64_t> terms, const TermStatistics& statistics) {
    sorted_.assign(terms.begin(), terms.end());
    std::sort(sorted_.begin(), sorted_.end());
    const std::size_t first = terms_.size();
    double squares = 0.0;
    for (std::size_t begin = 0, end = 0; begin < sorted_.size(); begin = end) {
      while (end < sorted_.size() && sorted_[end] == sorted_[begin]) ++end;
      const double weight =
          (1.0 + std::log(static_cast<double>(end - begin))) * statistics.idf(sorted_[begin]);
      const auto number = static_cast<std::uint32_t>(numbers_.size());
      terms_.push_back({numbers_.emplace(sorted_[begin], number).first->second, weight});
      squares += weight * weight;
    }
    if (squares == 0.0) return;
    const double scale = weights_.back() / std::sqrt(squares);
    for (std::size_t i = first; i < terms_.size(); ++i) terms_[i].weight *= scale;
  }

  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::vector<std::uint64_t> sorted_;
  std::vector<WeightedTerm> terms_;
  std::vector<std::size_t> begins_;
  std::vector<double> weights_;
};

enum class Cut : std::uint8_t { kFree, kForced, kForbidden };

std::vector<Cut> known_cuts(std::size_t lines, const PageLayout& layout) {
  std::vector<Cut> cuts(lines + 1, Cut::kFree);
  for (const LineRange& header : layout.headers) {
    for (std::size_t i = header.begin + 1; i <= header.end && i < lines; ++i) {
      cuts[i] = Cut::kForbidden;
    }
  }
  // A later copy or a label begins nothing.
  for (std::size_t i = 0; i < lines; ++i) {
    if (layout.roles[i].is_cut(i)) cuts[i] = Cut::kForbidden;
  }
  for (const std::size_t start : layout.story_starts) {
    cuts[start] = Cut::kForced;
    if (start + 1 < lines && cuts[start + 1] == Cut::kFree) cuts[start + 1] = Cut::kForbidden;
    // The title stands one or two lines above its captions.
    auto header = std::upper_bound(
        layout.headers.begin(), layout.headers.end(), start,
        [](std::size_t line, const LineRange& range) { return line < range.begin; });
    for (; header != layout.headers.end() && header->begin <= start + 2; ++header) {
      for (std::size_t i = start + 1; i <= header->begin; ++i) cuts[i] = Cut::kForbidden;
    }
  }
  return cuts;
}

std::uint32_t median_of_blanks(std::span<const Line> lines) {
  std::vector<std::uint32_t> blanks;
  for (std::size_t i = 1; i < lines.size(); ++i) blanks.push_back(lines[i].blanks_before);
  if (blanks.empty()) return 0;
  const auto middle = blanks.begin() + static_cast<std::ptrdiff_t>(blanks.size() / 2);
  std::nth_element(blanks.begin(), middle, blanks.end());
  return *middle;
}

// Whether a part of a page tells something: in prose, or as a table, with numbers in half of its
// lines.
bool is_story(std::span<const Line> lines, const Story& part, std::uint32_t prose_words) {
  const auto of_part = lines.subspan(part.begin_line, part.end_line - part.begin_line);
  std::size_t with_numbers = 0;
  for (const Line& line : of_part) {
    if (line.words >= prose_words) return true;
    if (!line.ends_open && line.words >= prose_words / 2) return true;
    with_numbers += line.numbers > 0 ? 1 : 0;
  }
  return 2 * with_numbers >= of_part.size();
}

// Parts in the order of the page, those that are no stories joined to their neighbours.
std::vector<Story> join_to_stories(std::span<const Line> lines, const std::vector<Cut>& cuts,
                                   std::span<const Story> parts, std::uint32_t prose_words) {
  std::vector<Story> stories;
  bool is_waiting = false;  // what came so far is no story
  for (const Story& part : parts) {
    const bool stands_alone =
        cuts[part.begin_line] == Cut::kForced || is_story(lines, part, prose_words);
    if (stories.empty() || (stands_alone && !is_waiting)) {
      stories.push_back(part);
      is_waiting = !stands_alone;
      continue;
    }
    Story& story = stories.back();
    story.end_line = part.end_line;
    if (is_waiting && stands_alone) {
      story.has_title = part.has_title;
      story.title_line = part.title_line;
      is_waiting = false;
    }
  }
  return stories;
}

void name_title(std::span<const Line> lines, const PageLayout& layout, Story& story) {
  for (std::size_t i = story.begin_line; i < std::min(story.begin_line + 3, story.end_line); ++i) {
    if (!is_headline_like(lines[i]) || layout.roles[i].is_cut(i)) continue;
    story.has_title = true;
    story.title_line = i;
    return;
  }
}

}  // namespace

// Contiguous correlation clustering: the cuts that maximize, over all pairs of lines within a
// story, the sum of (cosine - likeness) times their weights, less what the cuts cost. For a growing
// story the sum follows from the sum of its vectors, so a story of n lines costs n steps, not n^2.
std::vector<Story> split_stories(std::span<const Line> lines, const PageLayout& layout,
                                 std::span<const std::uint64_t> terms,
                                 const TermStatistics& statistics,
                                 const StorySplitterOptions& options) {
  const std::size_t count = lines.size();
  if (count == 0) return {};
  const LineVectors vectors(lines, layout, terms, statistics, options.full_words);
  const std::vector<Cut> cuts = known_cuts(count, layout);
  const std::uint32_t median = median_of_blanks(lines);
  const double base_cost =
      layout.story_starts.empty() ? options.cut_cost : options.cut_cost_by_title;
  const auto cut_score = [&](std::size_t line) {
    if (line == 0 || cuts[line] == Cut::kForced) return 0.0;
    double score = -base_cost;
    if (lines[line].blanks_before > median) score += options.blank_gain;
    if (is_headline_like(lines[line])) score += options.headline_gain;
    if (is_headline_like(lines[line - 1])) score -= options.headline_gain;
    return score;
  };

  constexpr double kNever = -std::numeric_limits<double>::infinity();
  std::vector<double> best(count + 1, kNever);
  std::vector<std::size_t> previous(count + 1, 0);
  best[0] = 0.0;
  std::vector<double> sums(vectors.vocabulary());
  for (std::size_t begin = 0; begin < count; ++begin) {
    if (best[begin] == kNever || (begin > 0 && cuts[begin] == Cut::kForbidden)) continue;
    const double before = best[begin] + cut_score(begin);
    double likeness = 0.0, weight = 0.0;
    std::size_t end = begin;
    for (; end < count; ++end) {
      if (end > begin && cuts[end] == Cut::kForced) break;
      double dot = 0.0;
      for (const WeightedTerm& term : vectors.terms(end)) dot += sums[term.term] * term.weight;
      for (const WeightedTerm& term : vectors.terms(end)) sums[term.term] += term.weight;
      likeness += dot - options.likeness * weight * vectors.weight(end);
      weight += vectors.weight(end);
      // A story as long as allowed ends at the next place where a cut is not forbidden.
      if (end - begin >= options.most_lines && best[end] != kNever) break;
      if (before + likeness > best[end + 1]) {
        best[end + 1] = before + likeness;
        previous[end + 1] = begin;
      }
    }
    // Only what was added goes: the vocabulary grows with the page.
    for (std::size_t line = begin; line < std::min(end + 1, count); ++line) {
      for (const WeightedTerm& term : vectors.terms(line)) sums[term.term] = 0.0;
    }
  }
  std::vector<Story> stories;
  for (std::size_t end = count; end > 0; end = previous[end]) {
    Story story{previous[end], end, false, 0};
    name_title(lines, layout, story);
    stories.push_back(story);
  }
  std::reverse(stories.begin(), stories.end());
  return join_to_stories(lines, cuts, stories, options.prose_words);
}

}  // namespace copydesk
