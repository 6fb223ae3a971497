// SPDX-License-Identifier: Apache-2.0
//
// The bit-parallel table of H. Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004.
// Let t[i][j] be the length for the first i tokens of the reference and the first j of the
// candidate. Row j is a bit vector whose bit i - 1 is 0 where t[i][j] = t[i - 1][j] + 1.
//
// Walking back needs one comparison: go left (leave out the candidate's token) if
// t[i][j - 1] > t[i - 1][j]. Where the tokens differ, t[i][j] is the larger of the two, and
// neighbors differ by at most 1, so this is true just when t[i][j] > t[i - 1][j]: the bit itself.
#include "copydesk/evaluate/common_subsequence.h"

#include <algorithm>
#include <bit>

namespace copydesk {

void CommonSubsequence::set_reference(std::span<const std::uint32_t> reference) {
  for (const std::uint32_t token : reference_) slot_[token] = 0;
  reference_.assign(reference.begin(), reference.end());
  words_ = (reference.size() + 63) / 64;
  masks_.clear();
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (reference[i] >= slot_.size()) slot_.resize(reference[i] + std::size_t{1}, 0);
    std::uint32_t& slot = slot_[reference[i]];
    if (slot == 0) {
      masks_.resize(masks_.size() + words_, 0);
      slot = static_cast<std::uint32_t>(masks_.size() / words_);
    }
    masks_[(slot - 1) * words_ + i / 64] |= std::uint64_t{1} << (i % 64);
  }
}

void CommonSubsequence::advance(std::uint32_t token, std::span<const std::uint64_t> row,
                                std::span<std::uint64_t> next) {
  const std::uint32_t slot = token < slot_.size() ? slot_[token] : 0;
  if (slot == 0) {
    if (next.data() != row.data()) std::copy(row.begin(), row.end(), next.begin());
    return;
  }
  const std::uint64_t* mask = masks_.data() + (slot - 1) * words_;
  std::uint64_t carry = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    const std::uint64_t old = row[w];
    const std::uint64_t matches = old & mask[w];
    const std::uint64_t partial = old + matches;
    const std::uint64_t sum = partial + carry;
    carry = static_cast<std::uint64_t>(partial < old) | static_cast<std::uint64_t>(sum < partial);
    next[w] = sum | (old & ~mask[w]);
  }
}

std::size_t CommonSubsequence::length(std::span<const std::uint32_t> candidate) {
  if (words_ == 0) return 0;
  rows_.assign(words_, ~std::uint64_t{0});
  for (const std::uint32_t token : candidate) advance(token, rows_, rows_);
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < words_; ++i) {
    const std::size_t used = std::min<std::size_t>(64, reference_.size() - i * 64);
    const std::uint64_t inside = used == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << used) - 1;
    zeros += static_cast<std::size_t>(std::popcount(~rows_[i] & inside));
  }
  return zeros;
}

void CommonSubsequence::mark(std::span<const std::uint32_t> candidate,
                             std::span<std::uint8_t> marks) {
  if (words_ == 0) return;
  rows_.assign((candidate.size() + 1) * words_, ~std::uint64_t{0});
  const auto row = [&](std::size_t j) {
    return std::span<std::uint64_t>(rows_).subspan(j * words_, words_);
  };
  for (std::size_t j = 0; j < candidate.size(); ++j) advance(candidate[j], row(j), row(j + 1));

  std::size_t i = reference_.size();
  std::size_t j = candidate.size();
  while (i > 0 && j > 0) {
    if (reference_[i - 1] == candidate[j - 1]) {
      marks[i - 1] = 1;
      --i;
      --j;
    } else if ((row(j)[(i - 1) / 64] >> ((i - 1) % 64) & 1) == 0) {
      --j;
    } else {
      --i;
    }
  }
}

}  // namespace copydesk
