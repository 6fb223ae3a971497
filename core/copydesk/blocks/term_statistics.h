#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// In how many texts each term occurs, and the weight that follows. Terms are the first five
// characters of folded words, which stands in for a stemmer in any language, and pairs of
// neighboring characters where a script has no spaces. "Builders" and "building" are one term,
// "build".

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copydesk/text/tokenizer.h"

namespace copydesk {

class PackedBytes;
class PackedReader;

// One term for each token, in order. REQUIRES: `tokens` have spans, and `folded` is the tokenizer's
// folded text they were made from.
void make_terms(std::string_view folded, const TokenList& tokens,
                std::vector<std::uint64_t>& terms);

// Counts of terms over the units of a run: documents, or lines where there are few documents.
class TermStatistics {
 public:
  // Most terms remembered; rare ones are forgotten first, and count as never seen.
  static constexpr std::size_t kMostTerms = std::size_t{1} << 22;

  // Counts each different term of one unit once.
  void add(std::span<const std::uint64_t> terms);

  // log((units + 1) / (units with the term + 0.5)): 0 or more.
  [[nodiscard]] double idf(std::uint64_t term) const;
  // The most frequent terms, at most `count`, of those in at least `share` of the units, ascending.
  // None if there are fewer than 1 / share units.
  [[nodiscard]] std::vector<std::uint64_t> frequent(std::size_t count, double share) const;
  [[nodiscard]] std::uint64_t units() const { return units_; }

  // For a checkpoint: the same counts give the same bytes. read() throws Error{kCorruptFile}.
  void write(PackedBytes& bytes) const;
  [[nodiscard]] static TermStatistics read(PackedReader& bytes);

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;
  std::uint64_t units_ = 0;
  std::uint32_t floor_ = 0;  // terms forgotten so far were seen at most so often
  std::vector<std::uint64_t> distinct_;
};

}  // namespace copydesk
