#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the grams of one text stand, for comparing it with others.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

class GramIndex {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Indexes the grams of `size` tokens of a text, which must outlive the other calls. REQUIRES:
  // size >= 1; fewer than 2^31 tokens.
  void build(std::span<const std::uint32_t> tokens, std::size_t size);

  // The places of `b` whose grams may be in the text, ascending; nearly all of those that are not
  // are turned away by one bit. Valid until `buffer` is used again. REQUIRES: build() was called.
  [[nodiscard]] std::span<const std::uint32_t> find_hits(std::span<const std::uint32_t> b,
                                                         std::vector<std::uint32_t>& buffer) const;

  // The first position of the gram that begins at `gram`, or kNone; next() leads to the later ones,
  // ascending.
  [[nodiscard]] std::uint32_t first(const std::uint32_t* gram) const {
    std::size_t slot = slot_of(gram);
    while (table_[slot] != kNone && !is_equal(&tokens_[table_[slot]], gram)) {
      slot = (slot + 1) & mask_;
    }
    return table_[slot];
  }
  [[nodiscard]] std::uint32_t next(std::uint32_t position) const { return next_[position]; }
  // Whether the gram at a position stands nowhere else.
  [[nodiscard]] bool is_unique(std::uint32_t position) const {
    return (is_unique_[position / 64] >> position % 64 & 1) != 0;
  }

  // For who looks up many grams, one after the other: prefetch_slot() some grams ahead,
  // prefetch_place() fewer of them ahead; what the latter returns is most likely first().
  void prefetch_slot(const std::uint32_t* gram) const { __builtin_prefetch(&table_[slot_of(gram)]); }
  std::uint32_t prefetch_place(const std::uint32_t* gram) const {
    const std::uint32_t place = table_[slot_of(gram)];
    if (place != kNone) {
      __builtin_prefetch(&tokens_[place]);
      __builtin_prefetch(&next_[place]);
    }
    return place;
  }

  [[nodiscard]] std::size_t distinct() const { return distinct_; }

 private:
  // The hash of a gram of tokens t[0], ..., t[n-1] is the sum of t[i] * kBase^(n-1-i), modulo 2^32,
  // rolled from one to the next. Tokens are hashes, so its upper bits are as good as random; and
  // what is found by it is compared token by token.
  static constexpr std::uint32_t kBase = 0x9E3779B1u;

  [[nodiscard]] bool is_equal(const std::uint32_t* x, const std::uint32_t* y) const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (x[i] != y[i]) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t slot_of(const std::uint32_t* gram) const {
    std::uint32_t hash = gram[0];
    for (std::size_t i = 1; i < size_; ++i) hash = hash * kBase + gram[i];
    return hash >> slot_shift_;
  }

  std::span<const std::uint32_t> tokens_;
  std::size_t size_ = 1;
  std::vector<std::uint32_t> next_;   // by position
  std::vector<std::uint32_t> table_;  // open addressing: first positions
  std::uint64_t mask_ = 0;
  unsigned slot_shift_ = 28;
  std::vector<std::uint64_t> is_unique_;  // one bit a position
  std::vector<std::uint32_t> filter_;     // one bit for each upper part of a gram that occurs
  unsigned filter_shift_ = 27;
  std::size_t distinct_ = 0;
};

}  // namespace copydesk
