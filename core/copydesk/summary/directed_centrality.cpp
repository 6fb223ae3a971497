// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/directed_centrality.h"

#include <array>
#include <cmath>

namespace copydesk {
namespace {

float raise(float base, double exponent) {
  if (exponent == 0.0) return 1.0F;
  if (exponent == 1.0) return base;
  if (exponent == 0.5) return std::sqrt(base);
  return std::pow(base, static_cast<float>(exponent));
}

// Counts in a sentence are small, so their powers are looked up.
constexpr std::size_t kLookedUp = 16;

}  // namespace

void DirectedCentrality::weigh(const TermRows& rows, std::span<const float> idf,
                               const DirectedCentralityOptions& options) {
  rows_ = &rows;
  weight_.resize(rows.terms());
  if (options.idf_exponent == 0.5) {
    for (std::size_t term = 0; term < rows.terms(); ++term) weight_[term] = std::sqrt(idf[term]);
  } else {
    for (std::size_t term = 0; term < rows.terms(); ++term) {
      weight_[term] = raise(idf[term], options.idf_exponent);
    }
  }
  std::array<float, kLookedUp> power;
  for (std::size_t count = 0; count < kLookedUp; ++count) {
    power[count] = raise(static_cast<float>(count), options.tf_exponent);
  }
  value_.resize(rows.term.size());
  norm_.resize(rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    float squares = 0.0F;
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      const std::uint32_t count = rows.count[i];
      const float raised =
          count < kLookedUp ? power[count] : raise(static_cast<float>(count), options.tf_exponent);
      value_[i] = raised * weight_[rows.term[i]];
      squares += value_[i] * value_[i];
    }
    const float norm = std::sqrt(squares);
    const float scale = norm > 0.0F ? 1.0F / raise(norm, options.norm_exponent) : 0.0F;
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) value_[i] *= scale;
    norm_[row] = norm * scale;
  }
}

std::span<const float> DirectedCentrality::values_of(std::size_t row) const {
  return std::span(value_).subspan(rows_->begin[row], rows_->begin[row + 1] - rows_->begin[row]);
}

void DirectedCentrality::score(std::vector<float>& scores, double direction) {
  const TermRows& rows = *rows_;
  total_.assign(rows.terms(), 0.0F);
  before_.assign(rows.terms(), 0.0F);
  const std::size_t end = rows.begin[scores.size()];
  for (std::size_t i = 0; i < end; ++i) total_[rows.term[i]] += value_[i];
  const auto forward = static_cast<float>(1.0 - direction);
  const auto backward = static_cast<float>(direction);
  for (std::size_t row = 0; row < scores.size(); ++row) {
    float following = 0.0F, preceding = 0.0F;
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      const std::uint32_t term = rows.term[i];
      const float value = value_[i];
      preceding += value * before_[term];
      before_[term] += value;
      following += value * (total_[term] - before_[term]);
    }
    scores[row] = forward * following - backward * preceding;
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
  for (std::size_t row = 0; row < count; ++row) {
    if (norm_[row] == 0.0F) continue;
    float product = 0.0F;
    for (std::size_t i = rows_->begin[row]; i < rows_->begin[row + 1]; ++i) {
      product += dense_[rows_->term[i]] * value_[i];
    }
    out[row] = product / (static_cast<double>(norm_[row]) * norm_[b]);
  }
  for (const std::uint32_t term : terms) dense_[term] = 0.0F;
}

double DirectedCentrality::cosine(std::size_t a, std::size_t b) {
  if (norm_[a] == 0.0F || norm_[b] == 0.0F) return 0.0;
  if (dense_.size() < rows_->terms()) dense_.resize(rows_->terms(), 0.0F);
  const auto terms_a = rows_->terms_of(a), terms_b = rows_->terms_of(b);
  const auto values_a = values_of(a), values_b = values_of(b);
  for (std::size_t i = 0; i < terms_a.size(); ++i) dense_[terms_a[i]] = values_a[i];
  double product = 0.0;
  for (std::size_t i = 0; i < terms_b.size(); ++i) product += dense_[terms_b[i]] * values_b[i];
  for (const std::uint32_t term : terms_a) dense_[term] = 0.0F;
  return product / (static_cast<double>(norm_[a]) * norm_[b]);
}

}  // namespace copydesk
