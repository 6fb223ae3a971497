// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/page_layout.h"

#include <algorithm>
#include <utility>

#include "copydesk/blocks/structured_lines.h"

namespace copydesk {
namespace {

constexpr std::uint32_t kProseWords = 12;
constexpr std::uint32_t kSentenceWords = 3;
constexpr std::uint32_t kLinesAbout = 2;  // of two copies, looked at for other repeats
constexpr std::size_t kLinesAboveCaption = 2;
constexpr std::size_t kLabelsInARow = 2;  // other labels that may stand between a label and prose

class LayoutFinder {
 public:
  LayoutFinder(std::string_view text, std::span<const Line> lines, const PageLayoutOptions& options,
               PageLayout& layout)
      : text_(text), lines_(lines), options_(options), layout_(layout) {}

  void run() {
    layout_.headers.clear();
    layout_.story_starts.clear();
    layout_.roles.assign(lines_.size(), {});
    for (std::uint32_t i = 0; i < lines_.size(); ++i) layout_.roles[i].first = i;
    collect_copies();
    merge_headers();
    mark_chrome();
    close_passages();
    find_starts();
  }

 private:
  void collect_copies() {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].tokens > 0) keys.emplace_back(lines_[i].key, i);
    }
    std::sort(keys.begin(), keys.end());
    is_repeated_.assign(lines_.size(), false);
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i].first != keys[i - 1].first) continue;
      is_repeated_[keys[i].second] = is_repeated_[keys[i - 1].second] = true;
    }
    StructuredLines structured(text_, lines_, {});
    std::vector<std::uint32_t> copies;
    for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
      copies.clear();
      while (end < keys.size() && keys[end].first == keys[begin].first) {
        copies.push_back(keys[end++].second);
      }
      if (copies.size() < 2) continue;
      if (lines_[copies[0]].words < options_.block_words) {
        labels_.push_back(copies);
      } else if (!is_any_of(copies, structured)) {
        mark_block(copies);
      }
    }
    // A label between copies of titles and captions does not stand among its like.
    std::vector<bool> is_block(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      is_block[i] = layout_.roles[i].kind != PageLine::kText;
    }
    StructuredLines structured_labels(text_, lines_, is_block);
    std::erase_if(labels_, [&](const auto& label) { return is_any_of(label, structured_labels); });
  }

  // One copy among its like is enough: the others are then no accident either.
  static bool is_any_of(const std::vector<std::uint32_t>& copies, StructuredLines& structured) {
    return std::any_of(copies.begin(), copies.end(),
                       [&](std::uint32_t line) { return structured.contains(line); });
  }

  void mark_block(const std::vector<std::uint32_t>& copies) {
    const Line& line = lines_[copies[0]];
    const bool is_far_repeat = line.words >= options_.teaser_words || line.ends_open;
    const auto count = static_cast<std::uint32_t>(copies.size());
    bool any_near = false;
    for (std::size_t i = 0; i < copies.size(); ++i) {
      const bool near_before = i > 0 && are_near(copies[i - 1], copies[i]);
      const bool near_after = i + 1 < copies.size() && are_near(copies[i], copies[i + 1]);
      any_near = any_near || near_before;
      if (near_before) headers_.push_back({copies[i - 1], std::size_t{copies[i]} + 1});
      if (!near_before && !near_after && !is_far_repeat) continue;
      const bool adjacent = (near_before && copies[i] - copies[i - 1] == 1) ||
                            (near_after && copies[i + 1] - copies[i] == 1);
      PageLine kind = PageLine::kTeaser;
      if (near_before || near_after) {
        kind = is_headline_like(line) && !adjacent ? PageLine::kTitle : PageLine::kCaption;
      }
      layout_.roles[copies[i]] = {kind, copies[0], count};
    }
    // The first copy is named after the nearer ones, unless they are all far away.
    if (any_near && layout_.roles[copies[0]].kind == PageLine::kTeaser) {
      layout_.roles[copies[0]].kind = PageLine::kTitle;
    }
  }

  // Copies in one header. What is said twice in a dialogue is not: there stands a sentence between
  // that does not repeat, and nothing else about does.
  [[nodiscard]] bool are_near(std::uint32_t first, std::uint32_t second) const {
    if (second - first > options_.near_lines) return false;
    if (lines_[first].ends_open) return true;
    bool has_sentence = false, has_repeat = false;
    const std::size_t end = std::min<std::size_t>(second + kLinesAbout + 1, lines_.size());
    for (std::size_t i = first > kLinesAbout ? first - kLinesAbout : 0; i < end; ++i) {
      const Line& line = lines_[i];
      if (line.key == lines_[first].key) continue;
      has_repeat |= is_repeated_[i] && line.words >= options_.block_words;
      has_sentence |= i > first && i < second && !is_repeated_[i] && !line.ends_open &&
                      line.words >= kSentenceWords;
    }
    return has_repeat || !has_sentence;
  }

  // A short line within a passage that is printed twice goes with it.
  void close_passages() {
    std::vector<PageLineRole>& roles = layout_.roles;
    for (std::size_t i = 1; i + 1 < lines_.size(); ++i) {
      const PageLineRole &before = roles[i - 1], &behind = roles[i + 1];
      if (roles[i].kind != PageLine::kText || before.kind == PageLine::kChrome ||
          !before.is_cut(i - 1) || !behind.is_cut(i + 1)) {
        continue;
      }
      const std::size_t first = std::size_t{before.first} + 1;
      if (behind.first != first + 1 || lines_[first].key != lines_[i].key) continue;
      roles[i] = {before.kind, static_cast<std::uint32_t>(first), before.count};
    }
  }

  void merge_headers() {
    std::sort(headers_.begin(), headers_.end(),
              [](const LineRange& x, const LineRange& y) { return x.begin < y.begin; });
    for (const LineRange& range : headers_) {
      if (!layout_.headers.empty() && range.begin <= layout_.headers.back().end) {
        layout_.headers.back().end = std::max(layout_.headers.back().end, range.end);
      } else {
        layout_.headers.push_back(range);
      }
    }
  }

  // A label is chrome if each of its copies stands in a header, or alone between prose, headers and
  // the ends of the page. Cells, refrains and speakers stand among their like or end in a sign.
  void mark_chrome() {
    std::vector<bool> is_label(lines_.size());
    for (const auto& copies : labels_) {
      if (!lines_[copies[0]].ends_open) continue;
      for (const std::uint32_t line : copies) is_label[line] = true;
    }
    std::vector<bool> in_header(lines_.size());
    for (const LineRange& header : layout_.headers) {
      for (std::size_t i = header.begin; i < header.end; ++i) in_header[i] = true;
    }
    const auto ends_search = [&](std::size_t line) {
      return in_header[line] || lines_[line].words >= kProseWords ||
             layout_.roles[line].kind != PageLine::kText;
    };
    const auto is_apart = [&](std::uint32_t line) {
      if (in_header[line]) return true;
      std::size_t i = line;
      for (std::size_t labels = 0; i > 0 && is_label[i - 1] && labels < kLabelsInARow; ++labels)
        --i;
      if (i > 0 && !ends_search(i - 1)) return false;
      i = line + std::size_t{1};
      for (std::size_t labels = 0; i < lines_.size() && is_label[i] && labels < kLabelsInARow;
           ++labels) {
        ++i;
      }
      return i >= lines_.size() || ends_search(i);
    };
    for (const auto& copies : labels_) {
      if (!is_label[copies[0]] || !std::all_of(copies.begin(), copies.end(), is_apart)) continue;
      for (const std::uint32_t line : copies) {
        layout_.roles[line] = {PageLine::kChrome, copies[0],
                               static_cast<std::uint32_t>(copies.size())};
      }
    }
  }

  void find_starts() {
    for (const LineRange& header : layout_.headers) {
      std::size_t lead = header.begin;
      const PageLineRole& role = layout_.roles[lead];
      // A later copy is no beginning: the story it names began where its first copy is.
      if (role.first != lead) continue;
      if (role.kind != PageLine::kTitle) {
        const bool is_double = lead + 1 < header.end && lines_[lead + 1].key == lines_[lead].key;
        if (!is_double) continue;
        std::size_t above = 1;
        while (above <= kLinesAboveCaption && above <= lead && !may_be_title(lead - above)) ++above;
        if (above > kLinesAboveCaption || above > lead) continue;
        lead -= above;
      }
      layout_.story_starts.push_back(lead);
    }
    std::sort(layout_.story_starts.begin(), layout_.story_starts.end());
    layout_.story_starts.erase(
        std::unique(layout_.story_starts.begin(), layout_.story_starts.end()),
        layout_.story_starts.end());
  }

  [[nodiscard]] bool may_be_title(std::size_t line) const {
    return is_headline_like(lines_[line]) && !layout_.roles[line].is_cut(line);
  }

  std::string_view text_;
  std::span<const Line> lines_;
  const PageLayoutOptions& options_;
  PageLayout& layout_;
  std::vector<LineRange> headers_;
  std::vector<std::vector<std::uint32_t>> labels_;
  std::vector<bool> is_repeated_;
};

}  // namespace

bool is_headline_like(const Line& line) {
  return line.words >= 3 && line.words <= 20 && line.ends_open;
}

void find_page_layout(std::string_view text, std::span<const Line> lines,
                      const PageLayoutOptions& options, PageLayout& layout) {
  LayoutFinder(text, lines, options, layout).run();
}

}  // namespace copydesk
