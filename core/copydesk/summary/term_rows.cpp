// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/term_rows.h"

#include <algorithm>
#include <bit>

namespace copydesk {
namespace {

constexpr std::size_t kMostExpectedTokens = std::size_t{1} << 19;
// Rows are appended so many tokens at a time, each of which may be a new term until it is looked
// up: room for more is never taken at once, unless one row is longer.
constexpr std::size_t kSliceTokens = std::size_t{1} << 18;

// `condition ? a : b`, of which compilers make no branch.
std::uint32_t choose(bool condition, std::uint32_t a, std::uint32_t b) {
  return b + ((a - b) & (0U - static_cast<std::uint32_t>(condition)));
}

}  // namespace

void TermRows::clear() {
  begin.assign(1, 0);
  term.clear();
  count.clear();
  tokens.clear();
  vocabulary.clear();
}

void TermIndexer::resize_table(std::size_t slots) {
  if (slots_.size() < slots) slots_.resize(slots);
  mask_ = slots - 1;
  std::fill_n(slots_.begin(), slots, kFree);
}

void TermIndexer::start(std::size_t tokens, TermRows& rows) {
  rows.clear();
  // About half of the tokens of a text are different terms, so the table is at most a quarter full.
  const std::size_t expected = std::min(tokens, kMostExpectedTokens);
  resize_table(std::bit_ceil(std::max<std::size_t>(2 * expected, 64)));
}

void TermIndexer::grow(const TermRows& rows) {
  resize_table(2 * (mask_ + 1));
  for (std::size_t term = 0; term < rows.vocabulary.size(); ++term) {
    std::size_t slot = rows.vocabulary[term] & mask_;
    while (slots_[slot] != kFree) slot = (slot + 1) & mask_;
    slots_[slot] = static_cast<std::uint32_t>(term);
  }
}

// The inner loop of the summary is in two halves. Nothing predicts whether a term is new to the
// text or to the row, so that decides no branch: the same words are written either way, and
// arithmetic says where. The one branch left is a collision in the table.

// Writes the number of each token's term, and returns how many terms there are now.
std::uint32_t TermIndexer::number_terms(std::span<const std::uint64_t> tokens, TermRows& rows,
                                        std::uint32_t terms) {
  std::uint64_t* const vocabulary = rows.vocabulary.data();
  std::uint32_t* const slots = slots_.data();
  std::uint32_t* const numbers = numbers_.data();
  const std::size_t mask = mask_;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::uint64_t hash = tokens[i];
    vocabulary[terms] = hash;
    std::size_t at = hash & mask;
    // A free slot counts as holding the next new term.
    bool is_known = slots[at] < terms;
    std::uint32_t number = choose(is_known, slots[at], terms);
    while (vocabulary[number] != hash) [[unlikely]] {
        at = (at + 1) & mask;
        is_known = slots[at] < terms;
        number = choose(is_known, slots[at], terms);
      }
    slots[at] = number;
    numbers[i] = number;
    terms += is_known ? 0 : 1;
  }
  return terms;
}

// Counts them into the row that begins at `first`, and returns where it ends. Counts behind the
// last row are 0.
std::uint32_t TermIndexer::count_terms(std::uint32_t tokens, TermRows& rows, std::uint32_t first) {
  std::uint32_t* const place = place_.data();
  std::uint32_t* const term = rows.term.data();
  std::uint32_t* const count = rows.count.data();
  const std::uint32_t* const numbers = numbers_.data();
  std::uint32_t next = first;
  for (std::uint32_t i = 0; i < tokens; ++i) {
    const std::uint32_t number = numbers[i];
    // One more than the place of the term's last occurrence: in an earlier row, or in this one.
    const std::uint32_t known = place[number];
    const bool is_again = known > first;
    const std::uint32_t to = choose(is_again, known - 1, next);
    ++count[to];
    term[to] = number;
    place[number] = to + 1;
    next += is_again ? 0 : 1;
  }
  return next;
}

void TermIndexer::append(std::span<const std::uint64_t> tokens, std::span<const TokenRange> ranges,
                         TermRows& rows) {
  for (std::size_t first = 0; first < ranges.size();) {
    std::size_t end = first, all = 0;
    while (end < ranges.size() && (end == first || all + ranges[end].size() <= kSliceTokens)) {
      all += ranges[end++].size();
    }
    append_slice(tokens, ranges.subspan(first, end - first), all, rows);
    first = end;
  }
}

// `all` is how many tokens the ranges have.
void TermIndexer::append_slice(std::span<const std::uint64_t> tokens,
                               std::span<const TokenRange> ranges, std::size_t all,
                               TermRows& rows) {
  while (2 * (rows.vocabulary.size() + all) > mask_) grow(rows);
  std::size_t most = 0;
  for (const TokenRange& range : ranges) most = std::max<std::size_t>(most, range.size());
  auto terms = static_cast<std::uint32_t>(rows.vocabulary.size());
  std::uint32_t next = rows.begin.back();
  // One more than the tokens: what is written last may not count.
  rows.vocabulary.resize(terms + all + 1);
  rows.term.resize(next + all + 1);
  rows.count.resize(next + all + 1);
  if (numbers_.size() < most) numbers_.resize(2 * most);
  if (place_.size() < rows.vocabulary.size()) place_.resize(2 * rows.vocabulary.size());
  std::fill_n(place_.begin() + terms, all + 1, 0U);
  for (const TokenRange& range : ranges) {
    terms = number_terms(tokens.subspan(range.begin, range.size()), rows, terms);
    next = count_terms(range.size(), rows, next);
    rows.tokens.push_back(range.size());
    rows.begin.push_back(next);
  }
  rows.vocabulary.resize(terms);
  rows.term.resize(next);
  rows.count.resize(next);
}

void TermIndexer::append(std::span<const std::uint64_t> tokens, TermRows& rows) {
  const TokenRange all{0, static_cast<std::uint32_t>(tokens.size())};
  append(tokens, std::span(&all, 1), rows);
}

}  // namespace copydesk
