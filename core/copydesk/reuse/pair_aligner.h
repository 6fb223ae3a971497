#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two texts to the passages they share and what they are to each other by these: how short a
// passage may be depends on what the pair turns out to be.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/reuse/relation.h"

namespace copydesk {

struct AlignedPair {
  std::vector<Passage> passages;
  SharedParts parts;
  Relation relation = Relation::kExcerpt;  // by the passages alone: never kTemplate
};

// Compares one text with many. Reuses its buffers; one object per thread.
class PairAligner {
 public:
  // Throws Error{kInvalidOption} for options out of range.
  explicit PairAligner(const PassageOptions& options)
      : minimum_tokens_(options.minimum_tokens), aligner_(options) {}

  // Takes `a`, which must outlive the calls of align().
  void prepare(std::span<const std::uint32_t> a) {
    a_ = a;
    is_prepared_ = false;
  }

  [[nodiscard]] AlignedPair align(std::span<const std::uint32_t> b);

 private:
  std::size_t minimum_tokens_;
  PassageAligner aligner_;
  std::span<const std::uint32_t> a_;
  bool is_prepared_ = false;
};

}  // namespace copydesk
