#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the terms of a text weigh in a corpus: IDF to a power. Most terms of a text stood in the one
// before it too, so weights are remembered.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/summary/corpus_idf.h"

namespace copydesk {

// One object per thread.
class TermWeights {
 public:
  // Terms weigh idf^exponent. `idf` is not owned.
  TermWeights(const CorpusIdf& idf, double exponent);

  // Replaces the contents of `weights`, one for each term.
  void find(std::span<const std::uint64_t> terms, std::vector<float>& weights);

 private:
  struct Remembered {
    std::uint32_t cell;
    float weight;
  };
  static constexpr unsigned kRememberedBits = 15;

  [[nodiscard]] float weight_of(std::uint32_t frequency) const;

  const CorpusIdf* idf_;
  double exponent_;
  unsigned shift_;  // of a cell to where its weight is remembered
  std::vector<Remembered> remembered_;
  std::vector<float> by_frequency_;     // weights of small frequencies
  std::vector<std::uint32_t> cells_;    // of terms
  std::vector<std::uint32_t> missing_;  // terms whose weights are not remembered
};

// base^exponent; the exponents of the default ranking are exact and fast.
[[nodiscard]] float raise(float base, double exponent);

}  // namespace copydesk
