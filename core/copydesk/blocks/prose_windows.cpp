// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/prose_windows.h"

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

// Nothing predicts which terms are new.
void TermNumbers::number(std::span<std::uint32_t> terms) {
  Slot* const slots = slots_.data();
  const std::size_t mask = slots_.size() - 1;
  std::uint32_t* const known = terms_.data();
  std::uint32_t size = size_;
  for (std::uint32_t& term : terms) {
    Slot& slot = slots[slot_of(slots, mask, term)];
    const std::uint32_t is_new = slot.next == 0 ? 1 : 0;
    const std::uint32_t next = slot.next + is_new * (size + 1);
    slot = {term, next};
    known[size] = term;
    size += is_new;
    term = next - 1;
  }
  size_ = size;
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
  words_before_ = words_behind_ = 0;
  begin_ = place_ = end_ = near_end_ = story_ = 0;
  states_.assign(vocabulary.size(), {});
  const auto lines = static_cast<double>(prose.size() + 1);
  idf_of_none_ = fixed_log(lines);
  std::int64_t logs[64];
  for (std::int64_t n = 1; n < 64; ++n) logs[n] = fixed_log(lines / static_cast<double>(n));
  for (std::uint32_t i = 0; i < states_.size(); ++i) {
    Term& term = states_[i];
    const std::int64_t n = std::max<std::uint32_t>(lines_with[i], 1);
    term.idf = n < 64 ? logs[n] : fixed_log(lines / static_cast<double>(n));
    term.square = term.idf * term.idf >> 16;
    term.is_long = (vocabulary.term(i) & kTermOfFour) != 0;
  }
  square_of_one_ = logs[1] * logs[1] >> 16;
  for (; near_end_ < std::min(kNearLines, prose.size()); ++near_end_) count_near(near_end_, 1);
}

// Terms of one line have no product with any other and no share in what lines have in common: they
// count by their number.
template <bool kBehind, int kStep>
void ProseWindows::change(std::size_t line) {
  const std::size_t parity = line & 1;
  Side& side = kBehind ? behind_ : before_;
  Side& opposite = kBehind ? before_ : behind_;
  std::int64_t own = kStep * square_of_one_ * (prose_[line].count - prose_[line].several);
  std::int64_t product = 0, both = 0;
  for (const std::uint32_t number : several_of(line)) {
    Term& term = states_[number];
    std::uint8_t* const here = kBehind ? term.behind : term.before;
    const std::uint8_t* const there = kBehind ? term.before : term.behind;
    const std::int64_t weight = term.square;
    const int others = there[0] + there[1];
    const int old = here[0] + here[1];
    own += weight * (kStep * 2 * here[parity] + 1);
    product += weight * here[1 - parity];
    both += weight * others;
    here[parity] = static_cast<std::uint8_t>(here[parity] + kStep);
    if (!term.is_long) continue;
    // Counted are terms of two lines and more.
    const int now = old + kStep;
    const std::int64_t more = ((now >= 2 ? now : 0) - (old >= 2 ? old : 0)) * term.idf;
    side.repeated += more;
    if (others > 0) side.shared += more;
    if (others >= 2 && (old == 0 || now == 0)) opposite.shared += kStep * others * term.idf;
  }
  (parity == 0 ? side.even : side.odd) += own;
  side.product += kStep * product;
  product_ += kStep * both;
  std::uint64_t& words = kBehind ? words_behind_ : words_before_;
  words = kStep > 0 ? words + prose_[line].words : words - prose_[line].words;
}

void ProseWindows::count_near(std::size_t line, int step) {
  for (const std::uint32_t number : terms_of(line)) {
    states_[number].near_behind = static_cast<std::uint8_t>(states_[number].near_behind + step);
  }
}

void ProseWindows::move_to(std::size_t place) {
  if (place >= place_ + kLines || end_ <= place_) {
    jump_to(place);
  } else {
    while (place_ < place) step();
  }
}

void ProseWindows::step() {
  change<true, -1>(place_);
  count_near(place_, -1);
  change<false, 1>(place_);
  mark_last(place_);
  ++place_;
  if (place_ - begin_ > kLines) change<false, -1>(begin_++);
  while (end_ < end_at(place_)) change<true, 1>(end_++);
  if (near_end_ < prose_.size()) count_near(near_end_++, 1);
}

std::size_t ProseWindows::end_at(std::size_t place) const {
  const std::size_t end = std::min(place + kLines, prose_.size());
  return ends_.empty() ? end : std::min<std::size_t>(end, ends_[place]);
}

// Empties the windows and fills them at another place.
void ProseWindows::jump_to(std::size_t place) {
  while (begin_ < place_) change<false, -1>(begin_++);
  for (std::size_t line = place_; line < end_; ++line) change<true, -1>(line);
  for (std::size_t line = place_; line < near_end_; ++line) count_near(line, -1);
  begin_ = std::max(story_, place > kLines ? place - kLines : 0);
  place_ = place;
  end_ = end_at(place);
  near_end_ = std::min(place + kNearLines, prose_.size());
  for (std::size_t line = begin_; line < place; ++line) {
    change<false, 1>(line);
    mark_last(line);
  }
  for (std::size_t line = place; line < end_; ++line) change<true, 1>(line);
  for (std::size_t line = place; line < near_end_; ++line) count_near(line, 1);
}

void ProseWindows::mark_last(std::size_t line) {
  for (const std::uint32_t number : terms_of(line)) {
    states_[number].last_line = static_cast<std::uint32_t>(line + 1);
  }
}

void ProseWindows::begin_story() {
  while (begin_ < place_) change<false, -1>(begin_++);
  story_ = place_;
}

double ProseWindows::likeness(double least_of_line) const {
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
