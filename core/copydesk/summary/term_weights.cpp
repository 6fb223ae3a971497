// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/term_weights.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace copydesk {
namespace {

constexpr std::uint32_t kFrequencies = 1024;
constexpr std::uint32_t kNoCell = ~std::uint32_t{0};

}  // namespace

float raise(float base, double exponent) {
  if (exponent == 0.0) return 1.0F;
  if (exponent == 1.0) return base;
  if (exponent == 0.5) return std::sqrt(base);
  return std::pow(base, static_cast<float>(exponent));
}

TermWeights::TermWeights(const CorpusIdf& idf, double exponent) : idf_(&idf), exponent_(exponent) {
  for (std::uint32_t count = 0; count < kFrequencies; ++count) {
    by_frequency_.push_back(raise(idf.weight_of(count), exponent));
  }
  const unsigned bits = std::min(kRememberedBits, idf.cell_bits());
  shift_ = idf.cell_bits() - bits;
  remembered_.assign(std::size_t{1} << bits, {kNoCell, 0.0F});
}

float TermWeights::weight_of(std::uint32_t frequency) const {
  return frequency < kFrequencies ? by_frequency_[frequency]
                                  : raise(idf_->weight_of(frequency), exponent_);
}

// Which are missing nothing predicts, so it decides no branch.
void TermWeights::find(std::span<const std::uint64_t> terms, std::vector<float>& weights) {
  weights.resize(terms.size());
  if (cells_.size() < terms.size()) {
    cells_.resize(std::bit_ceil(terms.size()));
    missing_.resize(cells_.size());
  }
  const CorpusIdf::Cells cell_of = idf_->cells();
  const Remembered* const remembered = remembered_.data();
  std::uint32_t* const cells = cells_.data();
  std::uint32_t* const missing = missing_.data();
  const unsigned shift = shift_;
  // Ahead of the loop that needs them: most are not in the first cache, and some in none.
  for (std::size_t i = 0; i < terms.size(); ++i) {
    cells[i] = cell_of(terms[i]);
    __builtin_prefetch(&remembered[cells[i] >> shift]);
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::uint32_t cell = cells[i];
    const Remembered known = remembered[cell >> shift];
    weights[i] = known.weight;
    cells[count] = cell;
    missing[count] = static_cast<std::uint32_t>(i);
    count += known.cell != cell ? 1 : 0;
  }
  for (std::size_t i = 0; i < count; ++i) idf_->prefetch_cell(cells_[i]);
  for (std::size_t i = 0; i < count; ++i) {
    const float weight = weight_of(idf_->frequency_of_cell(cells_[i]));
    weights[missing_[i]] = weight;
    remembered_[cells_[i] >> shift_] = {cells_[i], weight};
  }
}

}  // namespace copydesk
