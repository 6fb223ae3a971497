#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The lines of prose on either side of a place in a page, up to 24 of them, and how alike they are.
// The place moves from line to line; sums are kept in whole numbers and change only by the lines
// that come and go, so a page costs the same per term wherever it is asked.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/text/line_shape.h"

namespace copydesk {

// Numbers the terms of a page from 0 on.
class TermNumbers {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;

  void clear();
  // For so many terms to be numbered.
  void make_room(std::size_t terms);
  // Calls `take` with the number of each term; new ones are numbered in their order. Nothing
  // predicts which are: no branch asks. REQUIRES: there is room.
  template <class Take>
  void number(std::span<const std::uint32_t> terms, Take&& take) {
    Slot* const slots = slots_.data();
    const std::size_t mask = slots_.size() - 1;
    std::uint32_t* const known = terms_.data();
    std::uint32_t size = size_;
    for (const std::uint32_t term : terms) {
      Slot& slot = slots[slot_of(slots, mask, term)];
      const std::uint32_t is_new = (slot.next - 1) >> 31;  // of 0 alone the highest bit is set
      const std::uint32_t next = slot.next + ((size + 1) & (0 - is_new));
      slot = {term, next};
      known[size] = term;
      size += is_new;
      take(next - 1);
    }
    size_ = size;
  }
  // kNone if it has no number.
  [[nodiscard]] std::uint32_t find(std::uint32_t term) const {
    const Slot& slot = slots_[slot_of(term)];
    return slot.next > 0 ? slot.next - 1 : kNone;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::uint32_t term(std::uint32_t number) const { return terms_[number]; }

 private:
  struct Slot {
    std::uint32_t term = 0;
    std::uint32_t next = 0;  // 1 + number; 0 if nothing is here
  };
  // Where the term is, or may go.
  static std::size_t slot_of(const Slot* slots, std::size_t mask, std::uint32_t term) {
    std::size_t slot = (term * 0x9E3779B1u >> 8 ^ term) & mask;
    // One question for both: whether the slot is free, and whether it has the term.
    while (std::uint64_t{slots[slot].next} * (slots[slot].term ^ term) != 0)
      slot = (slot + 1) & mask;
    return slot;
  }
  [[nodiscard]] std::size_t slot_of(std::uint32_t term) const {
    return slot_of(slots_.data(), slots_.size() - 1, term);
  }
  std::vector<Slot> slots_;  // twice as many as terms at least
  std::vector<std::uint32_t> terms_;
  std::uint32_t size_ = 0;
};

// A line of prose that is no later copy, with the numbers of its terms.
struct ProseLine {
  std::uint32_t line = 0;
  std::uint32_t first = 0;  // into ShapedText::terms, which hold numbers for these lines
  std::uint32_t count = 0;
  std::uint32_t several = 0;  // so many of them, the first, stand in other lines of prose, too
  std::uint32_t words = 0;
};

class ProseWindows {
 public:
  static constexpr std::size_t kLines = 24;      // of a window
  static constexpr std::size_t kNearLines = 12;  // of those next to the place

  // Begins in front of the first line, where overlap() may be asked; likeness() only behind
  // move_to(). All must outlive the walk; `terms` are numbers below `vocabulary.size()`, and
  // `lines_with`, by number, says in how many lines each is. A window behind place i ends at
  // ends[i] at the latest, which must ascend and be more than i.
  void start(std::span<const ProseLine> prose, std::span<const std::uint32_t> terms,
             const TermNumbers& vocabulary, std::span<const std::uint32_t> lines_with,
             std::span<const std::uint32_t> ends);

  // Moves on: the place is then in front of prose line `place`. REQUIRES: place() <= place, and
  // place < the number of lines.
  void move_to(std::size_t place);
  [[nodiscard]] std::size_t place() const { return place_; }
  // A story begins here: what is before counts no more.
  void begin_story();

  [[nodiscard]] std::size_t lines_before() const { return place_ - begin_; }
  [[nodiscard]] std::size_t lines_behind() const { return end_ - place_; }
  [[nodiscard]] std::uint64_t words_before() const { return words_in(begin_, place_); }
  [[nodiscard]] std::uint64_t words_behind() const { return words_in(place_, end_); }

  // How alike both sides are: the cosine of their terms, as a share of the least cosine between the
  // even and the odd lines of either side, at most 1.6; plus what share of the terms of two and
  // more lines of one side the other has, either way, together at most 2. Pages of two stories have
  // .3 to 1.3 between them, within a story it is 1.3 to 3. Between few lines that least cosine is
  // next to nothing, whatever they tell; it counts as `least_of_line` / lines of the shorter side
  // at least.
  [[nodiscard]] double likeness(double least_of_line = 0.0);

  // The share of a line's terms, by IDF, that the 12 lines behind (before) the place have.
  struct Overlap {
    double behind = 0.0, before = 0.0;
  };
  [[nodiscard]] Overlap overlap(std::span<const std::uint32_t> terms) const;
  [[nodiscard]] Overlap overlap(const ProseLine& line) const;

 private:
  struct Term {
    std::int32_t idf = 0;          // ln((lines + 1) / lines with it), times 2^16
    std::int32_t idf_of_long = 0;  // 0 of a term of less than four characters
    std::int32_t square = 0;       // of its idf, times 2^16
    std::uint32_t last_line = 0;   // 1 + the last line before the place that has it
    std::uint8_t before[2] = {0, 0}, behind[2] = {0, 0};  // even and odd lines that have it
    std::uint8_t near_behind = 0;
  };
  // Of one side: the sums of squares and products of its even and odd lines, and of terms that
  // stand in two lines and more, those the other side has, too.
  struct Side {
    std::int64_t even = 0, odd = 0, product = 0;
    std::int64_t repeated = 0, shared = 0;
  };
  // The lines of both sides.
  struct Window {
    std::size_t begin = 0, place = 0, end = 0;
    friend bool operator==(const Window&, const Window&) = default;
  };
  static constexpr std::uint32_t kShortTerm = TermNumbers::kNone - 1;
  template <typename NumberOf>
  [[nodiscard]] Overlap overlap_of(std::span<const std::uint32_t> terms, NumberOf number_of) const;
  template <bool kBehind, int kStep>
  void change(std::size_t line);
  [[nodiscard]] std::size_t end_at(std::size_t place) const;
  void fill();
  [[nodiscard]] std::uint64_t words_in(std::size_t begin, std::size_t end) const;
  void mark_last(std::size_t line);
  void count_near(std::size_t line, int step);
  [[nodiscard]] std::span<const std::uint32_t> terms_of(std::size_t line) const {
    return terms_.subspan(prose_[line].first, prose_[line].count);
  }
  // Those of other lines, too.
  [[nodiscard]] std::span<const std::uint32_t> several_of(std::size_t line) const {
    return terms_.subspan(prose_[line].first, prose_[line].several);
  }

  std::span<const ProseLine> prose_;
  std::span<const std::uint32_t> terms_;
  std::span<const std::uint32_t> ends_;
  const TermNumbers* vocabulary_ = nullptr;
  std::vector<Term> states_;
  std::int64_t idf_of_none_ = 0;
  std::int64_t square_of_one_ = 0;  // of a term of one line
  Side before_, behind_;
  std::int64_t product_ = 0;  // of both sides
  Window counted_;            // by the sums
  std::size_t begin_ = 0, place_ = 0, end_ = 0, near_end_ = 0;
  std::size_t story_ = 0;  // where the story begins that the place is in
};

}  // namespace copydesk
