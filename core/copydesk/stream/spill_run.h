#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A sorted run of a SpillList while it is merged with others: what an external merge sort reads
// (Knuth, TAOCP 3, 5.4). Of a run of 5,000 values, read 2,048 at a time, three parts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "copydesk/stream/spill_list.h"

namespace copydesk {

template <class Value>
class SpillRun {
 public:
  // Values [begin, end) of the list, which must outlive the object, at most `most` of them at a
  // time. REQUIRES: most >= 1. This and what goes on may throw Error{kCannotRead}.
  SpillRun(const SpillList<Value>& list, std::uint64_t begin, std::uint64_t end, std::size_t most)
      : list_(&list), next_(begin), end_(end), most_(most) {
    fill();
  }

  [[nodiscard]] bool is_at_end() const { return place_ == part_.size(); }
  // REQUIRES: of these and all that follow: !is_at_end().
  [[nodiscard]] const Value& front() const { return part_[place_]; }
  // The last of those in memory.
  [[nodiscard]] const Value& last_read() const { return part_.back(); }

  void advance() {
    if (++place_ == part_.size()) fill();
  }
  // Appends those in memory that do not stand behind `last`, and goes on behind them.
  void take_until(const Value& last, std::vector<Value>& out) {
    const auto begin = part_.begin() + static_cast<std::ptrdiff_t>(place_);
    const auto past = std::upper_bound(begin, part_.end(), last);
    out.insert(out.end(), begin, past);
    place_ = static_cast<std::size_t>(past - part_.begin());
    if (place_ == part_.size()) fill();
  }

 private:
  void fill() {
    part_.resize(std::min<std::uint64_t>(most_, end_ - next_));
    list_->read(next_, part_);
    next_ += part_.size();
    place_ = 0;
  }

  const SpillList<Value>* list_;
  std::uint64_t next_;  // behind what is in part_
  std::uint64_t end_;
  std::size_t most_;
  std::vector<Value> part_;
  std::size_t place_ = 0;
};

}  // namespace copydesk
