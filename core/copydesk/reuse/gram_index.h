#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the grams of one text stand, for comparing it with others.

#include <algorithm>
#include <bit>
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

  // The same one by one: take(j) is called for each such place and returns from which place to go
  // on, j + 1 or a later one.
  template <class Take>
  void visit_hits(std::span<const std::uint32_t> b, Take&& take) const {
    const std::size_t grams = b.size() < size_ ? 0 : b.size() - size_ + 1;
    for (std::size_t j = 0; j < grams;) {
      for (std::uint32_t hash = hash_of(&b[j]);;) {
        if (may_hold(hash)) {
          const std::size_t next = take(j);
          if (next > j + 1) {
            j = next;
            break;
          }
        }
        if (++j >= grams) return;
        hash = roll(hash, b[j - 1], b[j + size_ - 1]);
      }
    }
  }

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

  // How many grams from `position` on, up to `most`, stand nowhere else. REQUIRES: there are so
  // many.
  [[nodiscard]] std::size_t unique_run(std::size_t position, std::size_t most) const {
    for (std::size_t run = 0; run < most;) {
      const std::size_t place = position + run;
      const auto ones =
          static_cast<std::size_t>(std::countr_one(is_unique_[place / 64] >> place % 64));
      run += ones;
      if (ones < 64 - place % 64) return std::min(run, most);
    }
    return most;
  }

  // For who looks up many grams, one after the other: prefetch_slot() some grams ahead,
  // prefetch_place() fewer of them ahead; what the latter returns is most likely first().
  void prefetch_slot(const std::uint32_t* gram) const {
    __builtin_prefetch(&table_[slot_of(gram)]);
  }
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
  [[nodiscard]] std::uint32_t hash_of(const std::uint32_t* gram) const {
    std::uint32_t hash = gram[0];
    for (std::size_t i = 1; i < size_; ++i) hash = hash * kBase + gram[i];
    return hash;
  }
  // The hash of the next gram: without its token `first`, and with `last`.
  [[nodiscard]] std::uint32_t roll(std::uint32_t hash, std::uint32_t first,
                                   std::uint32_t last) const {
    return hash * kBase + last - power_ * first;
  }
  [[nodiscard]] bool may_hold(std::uint32_t hash) const {
    const std::uint32_t bit = hash >> filter_shift_;
    return (filter_[bit / 32] >> bit % 32 & 1) != 0;
  }
  [[nodiscard]] std::size_t slot_of(const std::uint32_t* gram) const {
    return hash_of(gram) >> slot_shift_;
  }

  std::span<const std::uint32_t> tokens_;
  std::size_t size_ = 1;
  std::uint32_t power_ = kBase;       // kBase^size_
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
