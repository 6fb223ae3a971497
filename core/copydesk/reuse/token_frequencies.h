#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which tokens are rare in this corpus: the names and figures by which a copy is told from a
// template. Counted in a table of fixed size, by hash: a rare token that falls together with a
// frequent one is taken for frequent, which happens to about one in a thousand.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace copydesk {

class TokenFrequencies {
 public:
  static constexpr std::size_t kSlots = std::size_t{1} << 22;
  static_assert(kSlots <= std::size_t{1} << 32);

  TokenFrequencies()
      : counts_(static_cast<std::uint32_t*>(std::calloc(kSlots, sizeof(std::uint32_t)))) {
    if (counts_ == nullptr) throw std::bad_alloc();
  }

  [[nodiscard]] static std::uint32_t slot_of(std::uint32_t token) {
    return token & static_cast<std::uint32_t>(kSlots - 1);
  }

  // One document. REQUIRES: the slots of its tokens, each once.
  void add_document(std::span<const std::uint32_t> slots) {
    for (const std::uint32_t slot : slots) ++counts_[slot];
    ++documents_;
  }

  // Rare is what at most 1 % of the documents have; in a small corpus, where that would be next to
  // nothing, up to half of it, or 100.
  [[nodiscard]] bool is_rare(std::uint32_t token) const { return is_rare(token, rare_limit()); }
  [[nodiscard]] bool is_rare(std::uint32_t token, std::uint32_t limit) const {
    return counts_[slot_of(token)] <= limit;
  }
  [[nodiscard]] std::uint32_t rare_limit() const {
    const std::uint64_t small = std::min<std::uint64_t>(100, documents_ / 2);
    return static_cast<std::uint32_t>(std::max<std::uint64_t>({documents_ / 100, small, 2}));
  }

 private:
  struct Free {
    void operator()(std::uint32_t* counts) const { std::free(counts); }
  };
  // Pages of it that no token of the corpus falls into take no memory.
  std::unique_ptr<std::uint32_t[], Free> counts_;
  std::uint64_t documents_ = 0;
};

}  // namespace copydesk
