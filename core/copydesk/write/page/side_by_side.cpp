// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/page/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>

#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"

namespace copydesk {

namespace {

constexpr std::size_t kColors = 6;

// One side of a comparison, with its passages marked.
class MarkedText {
 public:
  MarkedText(std::string& out, const SideBySide& compared, bool is_left)
      : out_(out),
        compared_(compared),
        shown_(is_left ? compared.left : compared.right),
        is_left_(is_left),
        limit_(compared.most_bytes) {}

  // Takes those passages off `can_show` that overlap the one before on this side.
  void restrict(std::vector<bool>& can_show) const {
    std::size_t last = 0;
    for (const std::size_t i : in_order()) {
      if (!can_show[i]) continue;
      const Passage& passage = compared_.passages[i];
      const std::size_t begin = shown_.tokens[begin_of(passage)].begin;
      const std::size_t end_token = is_left_ ? passage.end_a : passage.end_b;
      can_show[i] = begin >= last;
      if (can_show[i]) last = shown_.tokens[end_token - 1].end;
    }
  }

  // Marks in `written` the passages that there was room for.
  void write(const std::vector<bool>& can_show, std::vector<bool>& written) {
    for (const std::size_t i : in_order()) {
      if (!can_show[i]) continue;
      copy_own(shown_.tokens[begin_of(compared_.passages[i])].begin);
      if (is_full()) break;
      open(i);
      written[i] = true;
      write_runs(compared_.passages[i]);
      out_ += "</a>";
      if (is_full()) break;
    }
    copy_own(shown_.text.size());
    if (place_ < shown_.text.size()) out_ += " <span class=\"skip\">[cut here]</span>";
  }

 private:
  std::vector<std::size_t> in_order() const {
    std::vector<std::size_t> order(compared_.passages.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
      return begin_of(compared_.passages[x]) < begin_of(compared_.passages[y]);
    });
    return order;
  }

  std::size_t begin_of(const Passage& passage) const {
    return is_left_ ? passage.begin_a : passage.begin_b;
  }

  void open(std::size_t passage) {
    const auto to = std::back_inserter(out_);
    // Where all differences are marked, colors would only hide them.
    out_ += compared_.marks_all ? "<a class=\"p\"" : fmt::format("<a class=\"p c{}\"", passage % kColors);
    if (!compared_.anchor.empty()) {
      fmt::format_to(to, " id=\"{0}p{1}{2}\" href=\"#{0}p{1}{3}\"", compared_.anchor, passage,
                     is_left_ ? 'a' : 'b', is_left_ ? 'b' : 'a');
    }
    out_ += '>';
  }

  // What is this side's own, up to byte `end`.
  void copy_own(std::size_t end) {
    if (!compared_.marks_all) {
      copy_until(end);
      return;
    }
    // Words make a difference, not what stands between them.
    const auto first = std::lower_bound(
        shown_.tokens.begin(), shown_.tokens.end(), place_,
        [](const TextSpan& token, std::size_t place) { return token.begin < place; });
    const auto behind = std::upper_bound(
        first, shown_.tokens.end(), end,
        [](std::size_t place, const TextSpan& token) { return place < token.end; });
    if (first != behind) {
      copy_until(first->begin);
      mark_until(std::prev(behind)->end);
    }
    copy_until(end);
  }

  void mark_until(std::size_t end) {
    out_ += is_left_ ? "<del>" : "<ins>";
    copy_until(end);
    out_ += is_left_ ? "</del>" : "</ins>";
  }

  void write_runs(const Passage& passage) {
    std::size_t next_token = begin_of(passage);
    for (const SharedRun& run : passage.runs) {
      const std::size_t begin = is_left_ ? run.begin_a : run.begin_b;
      if (begin > next_token) {
        // What stands between two runs is this side's own.
        copy_until(shown_.tokens[next_token].begin);
        mark_until(shown_.tokens[begin - 1].end);
      }
      next_token = begin + run.length;
      write_equal(begin, next_token);
    }
  }

  // Tokens [begin, end) are equal on both sides.
  void write_equal(std::size_t begin, std::size_t end) {
    const std::size_t ends = compared_.ends_shown;
    constexpr std::size_t kWorthLeavingOut = 10;
    if (ends > 0 && end - begin > 2 * ends + kWorthLeavingOut) {
      copy_until(shown_.tokens[begin + ends - 1].end);
      if (!is_full()) {
        fmt::format_to(std::back_inserter(out_), " <span class=\"skip\">[{}]</span> ",
                       counted_noun(end - begin - 2 * ends, "equal word"));
        place_ = shown_.tokens[end - ends].begin;
      }
    }
    copy_until(shown_.tokens[end - 1].end);
  }

  [[nodiscard]] bool is_full() const { return written_ >= limit_; }

  void copy_until(std::size_t end) {
    if (end <= place_ || is_full()) return;
    std::string_view part = shown_.text.substr(place_, end - place_);
    if (part.size() > limit_ - written_) {
      part = part.substr(0, last_token_end(place_ + (limit_ - written_)) - place_);
      written_ = limit_;
    } else {
      written_ += part.size();
    }
    append_page_text(out_, part);
    place_ += part.size();
  }

  // Where the last token ends that ends at or before `offset`, or the place of now.
  [[nodiscard]] std::size_t last_token_end(std::size_t offset) const {
    const auto behind = std::upper_bound(
        shown_.tokens.begin(), shown_.tokens.end(), offset,
        [](std::size_t place, const TextSpan& token) { return place < token.end; });
    return behind == shown_.tokens.begin() ? place_ : std::max(place_, std::prev(behind)->end);
  }

  std::string& out_;
  const SideBySide& compared_;
  const ShownText& shown_;
  bool is_left_;
  std::size_t limit_;
  std::size_t written_ = 0;  // bytes of the text
  std::size_t place_ = 0;
};

}  // namespace

void append_side_by_side(std::string& out, const SideBySide& compared) {
  std::vector<bool> can_show(compared.passages.size(), true);
  MarkedText(out, compared, true).restrict(can_show);
  MarkedText(out, compared, false).restrict(can_show);
  std::string left, right;
  // Once more without the passages that one side had no room for: a link leads to both sides.
  for (bool is_again = false;; is_again = true) {
    left.clear(), right.clear();
    std::vector<bool> in_left(can_show.size()), in_right(can_show.size());
    MarkedText(left, compared, true).write(can_show, in_left);
    MarkedText(right, compared, false).write(can_show, in_right);
    if (is_again || (in_left == can_show && in_right == can_show)) break;
    for (std::size_t i = 0; i < can_show.size(); ++i) can_show[i] = in_left[i] && in_right[i];
  }
  const auto append_side = [&out](const std::string& name, const std::string& text) {
    out += "<section><h4>";
    out += name;
    out += "</h4><div class=\"text\" dir=\"auto\" tabindex=\"0\">";
    out += text;
    out += "</div></section>";
  };
  out += "<div class=\"both\">";
  append_side(compared.left_name, left);
  append_side(compared.right_name, right);
  out += "</div>";
}

}  // namespace copydesk
