#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Maximal exact matches of two token lists: the seeds of an alignment.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/reuse/gram_index.h"
#include "copydesk/stop.h"
#include "copydesk/verify/shared_run.h"

namespace copydesk {

// Compares one text with many. Reuses its buffers; one object per thread.
class ExactMatcher {
 public:
  // A gram that recurs in a is tried at its first so many places.
  static constexpr std::size_t kMostPlaces = 64;

  // Takes `a`, which must outlive the calls of find(). `size` is the shortest match; in texts of
  // 4,096 tokens and more whose grams recur more than four times on average it is doubled until
  // they do not, up to 40. REQUIRES: size >= 1.
  void prepare(std::span<const std::uint32_t> a, std::size_t size);

  // All runs of at least `size` equal tokens that cannot be made longer to either side, by begin_a,
  // then begin_b; at most |a| + |b| of them (16,384 in short texts), and of what repeats itself
  // throughout not all. Two texts of 640,000 words drawn from seven take 0.1 s. O(|a| + |b|). Valid
  // until the next call. Of matches of fewer than `fewest_alone` tokens those may be left out that
  // have no other match within kNear tokens on both sides. REQUIRES: fewest_alone <= kNear / 2.
  // Throws Cancelled.
  static constexpr std::size_t kNear = 32;
  [[nodiscard]] std::span<const SharedRun> find(std::span<const std::uint32_t> b,
                                                StopFlag stop = {}, std::size_t fewest_alone = 0);

 private:
  [[nodiscard]] bool recurs_often() const;
  [[nodiscard]] bool has_many_places(std::uint32_t first) const;
  [[nodiscard]] std::size_t count_known(std::size_t j) const;
  void find_in_long(std::span<const std::uint32_t> b, std::size_t most, StopFlag stop);
  void find_at(std::size_t j, std::span<const std::uint32_t> b);
  void fetch(std::size_t place, std::size_t j) const;
  void leave_out_alone(std::size_t fewest_alone);
  void sort_matches(std::size_t size_of_b);

  std::span<const std::uint32_t> a_;
  std::size_t size_ = 0;
  GramIndex index_;
  std::vector<std::uint32_t> hits_;           // places in b whose grams may be in a
  std::vector<std::uint32_t> diagonal_ends_;  // in b, of the last match of each diagonal
  std::size_t reach_ = 0;                     // how far in b the matches go
  SharedRun farthest_;                        // the first of them that goes so far
  std::vector<SharedRun> matches_, sorted_;
  std::vector<std::uint16_t> ends_in_cell_;  // by hash of the cell
};

}  // namespace copydesk
