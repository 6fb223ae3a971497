// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/prose_windows.h"

#include <algorithm>
#include <cmath>

namespace copydesk {
namespace {

constexpr double kUnit = 65536.0;
constexpr std::size_t kTermsOfPage = std::size_t{1} << 14;
constexpr double kMostLikeness = 1.6, kLeastSelf = .02;

std::int64_t fixed_log(double value) {
  return static_cast<std::int64_t>(std::llround(std::log(value) * kUnit));
}

double cosine(std::int64_t product, std::int64_t x, std::int64_t y) {
  const double norm = std::sqrt(static_cast<double>(x) * static_cast<double>(y));
  return norm > 0.0 ? static_cast<double>(product) / norm : 0.0;
}

}  // namespace

void TermNumbers::clear() {
  if (slots_.size() < 1024 || slots_.size() > std::size_t{16} * size_ + 4096) {
    slots_.assign(1024, {});
  } else {
    std::fill(slots_.begin(), slots_.end(), Slot());
  }
  size_ = 0;
}

void TermNumbers::make_room(std::size_t terms) {
  const std::size_t most = size_ + terms + 1;
  if (terms_.size() < most) terms_.resize(2 * most);
  // Fewer searches in the pages there are; less memory in those that nobody wrote.
  const std::size_t room = (most <= kTermsOfPage ? 4 : 2) * most;
  if (room <= slots_.size()) return;
  std::size_t slots = std::max<std::size_t>(slots_.size(), 1024);
  while (slots < room) slots *= 2;
  slots_.assign(slots, {});
  for (std::uint32_t i = 0; i < size_; ++i) slots_[slot_of(terms_[i])] = {terms_[i], i + 1};
}

void ProseWindows::start(std::span<const ProseLine> prose, std::span<const std::uint32_t> terms,
                         const TermNumbers& vocabulary, std::span<const std::uint32_t> lines_with,
                         std::span<const std::uint32_t> ends) {
  prose_ = prose;
  terms_ = terms;
  vocabulary_ = &vocabulary;
  ends_ = ends;
  before_ = behind_ = {};
  product_ = 0;
  begin_ = place_ = end_ = near_end_ = story_ = 0;
  counted_ = {};
  states_.assign(vocabulary.size(), {});
  const auto lines = static_cast<double>(prose.size() + 1);
  idf_of_none_ = fixed_log(lines);
  // Few terms are in many lines.
  constexpr std::uint32_t kLogs = 64;
  std::int64_t logs[kLogs] = {};
  std::uint32_t most = 1;
  for (const std::uint32_t n : lines_with) most = std::max(most, n);
  for (std::uint32_t n = 1; n <= std::min(most, kLogs - 1); ++n) logs[n] = fixed_log(lines / n);
  for (std::uint32_t i = 0; i < states_.size(); ++i) {
    Term& term = states_[i];
    const std::uint32_t n = std::max(lines_with[i], 1u);
    const std::int64_t idf = n < kLogs ? logs[n] : fixed_log(lines / n);
    static_assert(kTermOfFour == 2);
    const std::uint32_t is_long = vocabulary.term(i) >> 1 & 1;  // nothing predicts it
    term.idf = static_cast<std::int32_t>(idf);
    term.idf_of_long = term.idf & -static_cast<std::int32_t>(is_long);
    term.square = static_cast<std::int32_t>(idf * idf >> 16);
  }
  square_of_one_ = logs[1] * logs[1] >> 16;
  for (; near_end_ < std::min(kNearLines, prose.size()); ++near_end_) count_near(near_end_, 1);
}

// Terms of one line have no product with any other and no share in what lines have in common: they
// count by their number. Of the others nothing predicts which are on a side already: no branch
// asks.
template <bool kBehind, int kStep>
void ProseWindows::change(std::size_t line) {
  const std::size_t parity = line & 1;
  Side& side = kBehind ? behind_ : before_;
  Side& opposite = kBehind ? before_ : behind_;
  std::int64_t own = kStep * square_of_one_ * (prose_[line].count - prose_[line].several);
  std::int64_t product = 0, both = 0, repeated = 0, shared = 0, shared_there = 0;
  for (const std::uint32_t number : several_of(line)) {
    Term& term = states_[number];
    std::uint8_t* const here = kBehind ? term.behind : term.before;
    const std::uint8_t* const there = kBehind ? term.before : term.behind;
    const std::int64_t weight = term.square;
    const int others = there[0] + there[1];
    const int old = here[0] + here[1];
    const int now = old + kStep;
    own += weight * (kStep * 2 * here[parity] + 1);
    product += weight * here[1 - parity];
    both += weight * others;
    here[parity] = static_cast<std::uint8_t>(here[parity] + kStep);
    // Counted are terms of two lines and more: the second line of a term brings the first along.
    const int fewer = std::min(old, now);
    const int lines = static_cast<int>(fewer > 0) + static_cast<int>(fewer == 1);
    const std::int64_t more = std::int64_t{term.idf_of_long} * (kStep * lines);
    repeated += more;
    shared += more & -static_cast<std::int64_t>(others > 0);
    const int met = (others & -static_cast<int>(others >= 2)) & -static_cast<int>(fewer == 0);
    shared_there += std::int64_t{term.idf_of_long} * (kStep * met);
  }
  (parity == 0 ? side.even : side.odd) += own;
  side.product += kStep * product;
  side.repeated += repeated;
  side.shared += shared;
  opposite.shared += shared_there;
  product_ += kStep * both;
}

void ProseWindows::count_near(std::size_t line, int step) {
  for (const std::uint32_t number : terms_of(line)) {
    states_[number].near_behind = static_cast<std::uint8_t>(states_[number].near_behind + step);
  }
}

// Of the lines up to the place it is seen at once which terms they have; how alike its sides are is
// found out only where somebody asks.
void ProseWindows::move_to(std::size_t place) {
  const std::size_t near_end = std::min(place + kNearLines, prose_.size());
  const std::size_t first_near = place > kNearLines ? place - kNearLines : 0;
  for (std::size_t line = std::max(place_, first_near); line < place; ++line) mark_last(line);
  for (std::size_t line = place_; line < std::min(place, near_end_); ++line) count_near(line, -1);
  for (std::size_t line = std::max(place, near_end_); line < near_end; ++line) count_near(line, 1);
  place_ = place;
  near_end_ = near_end;
  begin_ = std::max(story_, place > kLines ? place - kLines : 0);
  end_ = end_at(place);
}

std::uint64_t ProseWindows::words_in(std::size_t begin, std::size_t end) const {
  std::uint64_t words = 0;
  for (std::size_t line = begin; line < end; ++line) words += prose_[line].words;
  return words;
}

std::size_t ProseWindows::end_at(std::size_t place) const {
  const std::size_t end = std::min(place + kLines, prose_.size());
  return ends_.empty() ? end : std::min<std::size_t>(end, ends_[place]);
}

// Counts the terms of the windows, by the lines that came and went since it was asked last.
void ProseWindows::fill() {
  const Window from = counted_;
  counted_ = {begin_, place_, end_};
  if (counted_ == from) return;
  for (std::size_t line = from.place; line < std::min(from.end, place_); ++line) {
    change<true, -1>(line);
  }
  for (std::size_t line = from.begin; line < std::min(from.place, begin_); ++line) {
    change<false, -1>(line);
  }
  for (std::size_t line = std::max(from.place, begin_); line < place_; ++line) {
    change<false, 1>(line);
  }
  for (std::size_t line = std::max(from.end, place_); line < end_; ++line) change<true, 1>(line);
}

void ProseWindows::mark_last(std::size_t line) {
  for (const std::uint32_t number : terms_of(line)) {
    states_[number].last_line = static_cast<std::uint32_t>(line + 1);
  }
}

void ProseWindows::begin_story() {
  story_ = begin_ = place_;
}

double ProseWindows::likeness(double least_of_line) {
  fill();
  const auto norm = [](const Side& side) { return side.even + side.odd + 2 * side.product; };
  const double self = std::min(cosine(before_.product, before_.even, before_.odd),
                               cosine(behind_.product, behind_.even, behind_.odd));
  const auto lines = static_cast<double>(std::min(lines_before(), lines_behind()));
  const double least = std::max(kLeastSelf, least_of_line / std::max(1.0, lines));
  const double alike = std::min(
      kMostLikeness, cosine(product_, norm(before_), norm(behind_)) / std::max(least, self));
  const auto share = [](const Side& side) {
    if (side.repeated <= 0) return .5;
    return static_cast<double>(side.shared) / static_cast<double>(side.repeated);
  };
  return alike + share(before_) + share(behind_);
}

// Takes what `number_of` gives for each of `terms`.
template <typename NumberOf>
ProseWindows::Overlap ProseWindows::overlap_of(std::span<const std::uint32_t> terms,
                                               NumberOf number_of) const {
  std::int64_t all = 0, before = 0, behind = 0;
  const std::size_t first_near = std::max(begin_, place_ > kNearLines ? place_ - kNearLines : 0);
  for (const std::uint32_t term : terms) {
    const std::uint32_t number = number_of(term);
    if (number == kShortTerm) continue;
    if (number == TermNumbers::kNone) {
      all += idf_of_none_;
      continue;
    }
    const Term& state = states_[number];
    all += state.idf;
    if (state.near_behind > 0) behind += state.idf;
    if (state.last_line > first_near) before += state.idf;
  }
  if (all <= 0) return {};
  return {static_cast<double>(behind) / static_cast<double>(all),
          static_cast<double>(before) / static_cast<double>(all)};
}

ProseWindows::Overlap ProseWindows::overlap(std::span<const std::uint32_t> terms) const {
  return overlap_of(terms, [&](std::uint32_t term) {
    return (term & kTermOfTwo) == 0 ? kShortTerm : vocabulary_->find(term);
  });
}

ProseWindows::Overlap ProseWindows::overlap(const ProseLine& line) const {
  return overlap_of(terms_.subspan(line.first, line.count), [&](std::uint32_t number) {
    return (vocabulary_->term(number) & kTermOfTwo) == 0 ? kShortTerm : number;
  });
}

}  // namespace copydesk
