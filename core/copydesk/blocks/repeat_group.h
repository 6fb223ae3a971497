#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// All places of a corpus that have one fingerprint, compared with each other: which of the windows
// around it are surplus copies. Time is linear in the places, however many there are.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/blocks/token_store.h"

namespace copydesk {

// Windows that share a fingerprint, one behind the other, by their place in the token store.
struct RepeatWindows {
  std::uint64_t hash = 0;       // of the fingerprint
  std::uint64_t span_hash = 0;  // of all tokens of the windows
  std::uint16_t windows = 0;
  std::uint16_t lead = 0;  // tokens from the first window to the fingerprint
  std::uint64_t begin = 0;
  friend auto operator<=>(const RepeatWindows&, const RepeatWindows&) = default;
};

// Windows that are surplus copies, by their places in the token store.
struct RepeatRun {
  std::uint64_t begin = 0;  // window, by its first token
  std::uint64_t first = 0;  // the first copy of that window
  std::uint32_t windows = 0;
  std::uint32_t count = 0;  // copies in the corpus
};

// Reuses its buffers; one object per thread.
class RepeatGroup {
 public:
  // `keep`: copies of each window that stay. `store` must outlive this object. Hashes of windows
  // take `memory_bytes`, or 8 bytes for each surrounding of a fingerprint where that is more.
  RepeatGroup(std::size_t least_tokens, std::size_t keep, const TokenStore& store,
              std::size_t memory_bytes)
      : least_tokens_(least_tokens), keep_(keep), memory_bytes_(memory_bytes), store_(store) {}

  // Appends the surplus windows of the group to `runs`. REQUIRES: `blocks` are all with one hash,
  // sorted. Throws Error{kCannotRead}.
  void resolve(std::span<const RepeatWindows> blocks, std::vector<RepeatRun>& runs);

 private:
  // Blocks with the same tokens; one window of them is told from the others by its number.
  struct Class {
    std::size_t begin, end;  // of the group's blocks
  };
  struct Window {
    std::uint64_t hash;
    std::uint32_t owner;   // class
    std::uint32_t number;  // in its block
    friend auto operator<=>(const Window&, const Window&) = default;
  };
  struct Fate {
    std::uint32_t count = 1;
    std::uint64_t first = 0;    // place of the first copy
    std::uint64_t surplus = 0;  // copies at this place and behind it are surplus
  };
  static constexpr std::uint32_t kNoRun = UINT32_MAX;
  // Windows [begin, end) of a class all have the same copies.
  struct Range {
    std::size_t begin, end;
    Fate fate;  // of the window at `begin`; places grow with the window's number
  };

  void find_classes(std::span<const RepeatWindows> blocks);
  void resolve_equal(std::span<const RepeatWindows> blocks, std::vector<RepeatRun>& runs) const;
  void resolve_two(std::span<const RepeatWindows> blocks, std::vector<RepeatRun>& runs);
  void resolve_many(std::span<const RepeatWindows> blocks, std::vector<RepeatRun>& runs);
  // Of the offsets [first, end): where a class has no window, there is anything.
  void hash_windows(std::span<const RepeatWindows> blocks, std::ptrdiff_t first,
                    std::ptrdiff_t end);
  [[nodiscard]] Fate fate_of(std::span<const RepeatWindows> blocks, std::span<const Window> equal);
  // Appends those of `windows` windows with this fate, the first one at `place`, that are surplus:
  // to the run of this block that came last, if they go on from there, else as a run of their own.
  static void emit(std::uint64_t place, std::uint32_t windows, const Fate& fate,
                   std::uint32_t& last_run, std::vector<RepeatRun>& runs);

  std::size_t least_tokens_, keep_, memory_bytes_;
  const TokenStore& store_;
  std::vector<Class> classes_;
  std::vector<std::uint64_t> hashes_;  // of a few offsets: of the first by class, of the next ...
  std::vector<Window> windows_;        // of one offset
  std::vector<std::uint32_t> last_runs_;  // of each block
  std::vector<Range> ranges_;
  std::vector<StoredToken> left_, right_;
  std::vector<std::uint64_t> places_;
};

}  // namespace copydesk
