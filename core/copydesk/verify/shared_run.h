#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The longest passage that two texts have in common word by word, which is what a person is shown
// as evidence. Of the tokens 1 2 3 4 5 6 and 9 2 3 4 5 8 it is {1, 1, 4}: four tokens, from place 1
// on in both.

#include <cstddef>
#include <cstdint>
#include <span>

#include "copydesk/stop.h"

namespace copydesk {

// A run of equal tokens: a[begin_a, begin_a + length) equals b[begin_b, begin_b + length).
struct SharedRun {
  std::size_t begin_a = 0;
  std::size_t begin_b = 0;
  std::size_t length = 0;
  friend bool operator==(const SharedRun&, const SharedRun&) = default;
};

// The longest run of tokens that a and b share; the first in a (then in b) among equals. Runs of
// fewer than 4 tokens are looked for only if a text has no more than that; length 0 if there is none.
// O(|a| + |b|) for ordinary texts. A window of tokens that recurs in b is tried at its first 64
// places only, which bounds the work for texts that repeat themselves throughout. Throws Cancelled.
// REQUIRES: both have fewer than 2^32 - 1 tokens.
[[nodiscard]] SharedRun longest_shared_run(std::span<const std::uint32_t> a,
                                           std::span<const std::uint32_t> b, StopFlag stop = {});

}  // namespace copydesk
