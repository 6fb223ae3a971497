#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// 0 for ordinary texts. For a text of so few distinct tokens that more than one in twenty of its
// shingles of `size` tokens would come about by chance if its tokens were drawn at random: how many
// tokens a shingle needs so that fewer do; at least `size`, at most half of the text or `size`.
// Texts of words need fewer than five, however long they are; 1,000 digits that are 0 or 1 need 15,
// 1,000 letters of DNA 8, and no length is enough for one word repeated. Such texts may have all
// shingles of `size` tokens in common and nothing else. REQUIRES: size >= 1.
[[nodiscard]] std::size_t telling_length(std::span<const std::uint64_t> tokens, std::size_t size);

}  // namespace copydesk
