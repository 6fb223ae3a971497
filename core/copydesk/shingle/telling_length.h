#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How long shingles have to be in order to tell texts apart. Texts of words need fewer than five
// tokens, however long they are; 1,000 digits that are 0 or 1 need 18, 1,000 letters of DNA 9, and
// no length is enough for one word repeated. Such texts may have all shorter shingles in common and
// nothing else. A shingle of n tokens is expected N c^n times among N others by chance, where c is
// the probability that two tokens of the text are equal.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// The longest shingle that two texts are compared by of which the shorter has so many tokens: half of
// it, but all of a text of up to 32.
[[nodiscard]] constexpr std::size_t longest_shingle(std::size_t tokens) {
  return std::max(tokens / 2, std::min<std::size_t>(tokens, 32));
}

// 0 for ordinary texts. For a text of so few distinct tokens that more than one in 200 of its
// shingles of `size` tokens would come about by chance if its tokens were drawn at random: how many
// tokens a shingle needs so that fewer do; at least `size`, at most longest_shingle() of the text.
// REQUIRES: size >= 1.
[[nodiscard]] std::size_t telling_length(std::span<const std::uint64_t> tokens, std::size_t size);

}  // namespace copydesk
