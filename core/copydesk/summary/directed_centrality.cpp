// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/directed_centrality.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "copydesk/summary/term_weights.h"

namespace copydesk {
namespace {

// Counts in a sentence are small, so their powers are looked up.
constexpr std::size_t kLookedUp = 16;

}  // namespace

void DirectedCentrality::weigh(const TermRows& rows, std::span<const float> idf,
                               const DirectedCentralityOptions& options) {
  rows_ = &rows;
  if (options.idf_exponent != 1.0) {
    weight_.resize(rows.terms());
    for (std::size_t term = 0; term < rows.terms(); ++term) {
      weight_[term] = raise(idf[term], options.idf_exponent);
    }
    idf = weight_;
  }
  std::array<float, kLookedUp> power;
  for (std::size_t count = 0; count < kLookedUp; ++count) {
    power[count] = raise(static_cast<float>(count), options.tf_exponent);
  }
  value_.resize(rows.term.size());
  norm_.resize(rows.rows());
  const std::uint32_t* const begin = rows.begin.data();
  const std::uint32_t* const term = rows.term.data();
  const std::uint32_t* const count = rows.count.data();
  float* const value = value_.data();
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::size_t first = begin[row], end = begin[row + 1];
    float squares = 0.0F;
    for (std::size_t i = first; i < end; ++i) {
      const float raised = count[i] < kLookedUp
                               ? power[count[i]]
                               : raise(static_cast<float>(count[i]), options.tf_exponent);
      value[i] = raised * idf[term[i]];
      squares += value[i] * value[i];
    }
    const float norm = std::sqrt(squares);
    const float scale = norm > 0.0F ? 1.0F / raise(norm, options.norm_exponent) : 0.0F;
    for (std::size_t i = first; i < end; ++i) value[i] *= scale;
    norm_[row] = norm * scale;
  }
}

std::span<const float> DirectedCentrality::values_of(std::size_t row) const {
  return std::span(value_).subspan(rows_->begin[row], rows_->begin[row + 1] - rows_->begin[row]);
}

// One pass over the rows for all sums, because each is a chain of additions that wait for each
// other.
void DirectedCentrality::score(std::vector<float>& scores, double direction, std::size_t other,
                               std::vector<double>& cosines) {
  const TermRows& rows = *rows_;
  sums_.assign(rows.terms(), {});
  cosines.resize(scores.size());
  const std::uint32_t* const begin = rows.begin.data();
  const std::uint32_t* const term = rows.term.data();
  const float* const value = value_.data();
  Sums* const sums = sums_.data();
  if (other != kNoRow) {
    for (std::size_t i = begin[other]; i < begin[other + 1]; ++i) sums[term[i]].other = value[i];
  }
  const float other_norm = other != kNoRow ? norm_[other] : 0.0F;
  const std::size_t end = begin[scores.size()];
  for (std::size_t i = 0; i < end; ++i) sums[term[i]].total += value[i];
  const auto forward = static_cast<float>(1.0 - direction);
  const auto backward = static_cast<float>(direction);
  for (std::size_t row = 0; row < scores.size(); ++row) {
    float following = 0.0F, preceding = 0.0F, product = 0.0F;
    const std::size_t row_end = begin[row + 1];
    for (std::size_t i = begin[row]; i < row_end; ++i) {
      Sums& sum = sums[term[i]];
      preceding += value[i] * sum.before;
      sum.before += value[i];
      following += value[i] * (sum.total - sum.before);
      product += value[i] * sum.other;
    }
    scores[row] = forward * following - backward * preceding;
    const double norms = static_cast<double>(norm_[row]) * other_norm;
    cosines[row] = norms == 0.0 ? 0.0 : product / norms;
  }
}

void DirectedCentrality::uncover() {
  covered_.assign(rows_ == nullptr ? 0 : rows_->terms(), 0.0F);
}

void DirectedCentrality::cover(std::size_t row) {
  for (std::size_t i = rows_->begin[row]; i < rows_->begin[row + 1]; ++i) {
    covered_[rows_->term[i]] += value_[i];
  }
}

double DirectedCentrality::covered(std::size_t row) const {
  float product = 0.0F;
  for (std::size_t i = rows_->begin[row]; i < rows_->begin[row + 1]; ++i) {
    product += covered_[rows_->term[i]] * value_[i];
  }
  return product;
}

void DirectedCentrality::cosines(std::size_t b, std::vector<double>& out, std::size_t count) {
  out.assign(count, 0.0);
  if (norm_[b] == 0.0F) return;
  if (dense_.size() < rows_->terms()) dense_.resize(rows_->terms(), 0.0F);
  const auto terms = rows_->terms_of(b);
  const auto values = values_of(b);
  for (std::size_t i = 0; i < terms.size(); ++i) dense_[terms[i]] = values[i];
  const std::uint32_t* const begin = rows_->begin.data();
  const std::uint32_t* const term = rows_->term.data();
  const float* const value = value_.data();
  const float* const dense = dense_.data();
  for (std::size_t row = 0; row < count; ++row) {
    if (norm_[row] == 0.0F) continue;
    float product = 0.0F;
    const std::size_t end = begin[row + 1];
    for (std::size_t i = begin[row]; i < end; ++i) product += dense[term[i]] * value[i];
    out[row] = product / (static_cast<double>(norm_[row]) * norm_[b]);
  }
  for (const std::uint32_t known : terms) dense_[known] = 0.0F;
}

void DirectedCentrality::shares(std::size_t b, std::vector<double>& out, std::size_t count) {
  out.assign(count, 0.0);
  if (dense_.size() < rows_->terms()) dense_.resize(rows_->terms(), 0.0F);
  const auto terms = rows_->terms_of(b);
  const auto values = values_of(b);
  double whole = 0.0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    dense_[terms[i]] = values[i];
    whole += values[i];
  }
  for (std::size_t row = 0; whole > 0.0 && row < count; ++row) {
    double part = 0.0;
    for (const std::uint32_t term : rows_->terms_of(row)) part += dense_[term];
    out[row] = part / whole;
  }
  for (const std::uint32_t known : terms) dense_[known] = 0.0F;
}

void DirectedCentrality::cosines_between(std::size_t a, std::size_t first, std::span<double> out) {
  std::fill(out.begin(), out.end(), 0.0);
  if (norm_[a] == 0.0F) return;
  if (dense_.size() < rows_->terms()) dense_.resize(rows_->terms(), 0.0F);
  const auto terms_a = rows_->terms_of(a);
  const auto values_a = values_of(a);
  for (std::size_t i = 0; i < terms_a.size(); ++i) dense_[terms_a[i]] = values_a[i];
  for (std::size_t k = 0; k < out.size(); ++k) {
    const std::size_t b = first + k;
    if (norm_[b] == 0.0F) continue;
    double product = 0.0;
    for (std::size_t i = rows_->begin[b]; i < rows_->begin[b + 1]; ++i) {
      product += dense_[rows_->term[i]] * value_[i];
    }
    out[k] = product / (static_cast<double>(norm_[a]) * norm_[b]);
  }
  for (const std::uint32_t term : terms_a) dense_[term] = 0.0F;
}

}  // namespace copydesk
