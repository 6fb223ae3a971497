// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/graph_rankers.h"

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>

namespace copydesk {
namespace {

constexpr std::size_t kMostIterations = 200;
constexpr double kTolerance = 1e-9;
constexpr std::size_t kMostDenseRows = 300;  // beyond, products are cheaper than their matrix

using Vector = Eigen::VectorXd;

// p = (1 - d) / n + d * step(p), where step spreads p over the outgoing edges. A sentence without
// edges spreads over all. Scores sum to 1.
template <class Step>
void walk(std::size_t rows, double damping, const Vector& out_weight, Step&& step, StopFlag stop,
          std::vector<double>& scores) {
  const auto n = static_cast<double>(rows);
  const auto size = static_cast<Eigen::Index>(rows);
  Vector p = Vector::Constant(size, 1.0 / n), spread(size), next(size);
  for (std::size_t iteration = 0; iteration < kMostIterations; ++iteration) {
    stop.check();
    double lost = 0.0;
    for (Eigen::Index i = 0; i < size; ++i) {
      const bool has_edges = out_weight[i] > 0.0;
      spread[i] = has_edges ? p[i] / out_weight[i] : 0.0;
      if (!has_edges) lost += p[i];
    }
    step(spread, next);
    next = (damping * next).array() + (1.0 - damping + damping * lost) / n;
    const double change = (next - p).lpNorm<1>();
    p.swap(next);
    if (change < kTolerance) break;
  }
  scores.assign(p.data(), p.data() + size);
}

void walk_over(const Eigen::MatrixXd& edges, double damping, StopFlag stop,
               std::vector<double>& scores) {
  walk(
      static_cast<std::size_t>(edges.rows()), damping, edges.rowwise().sum(),
      [&edges](const Vector& spread, Vector& next) { next.noalias() = edges.transpose() * spread; },
      stop, scores);
}

// sum = sum over rows of weight[row] * row.
void add_rows(const WeightedRows& rows, const Vector& weight, Vector& sum) {
  sum.setZero(static_cast<Eigen::Index>(rows.terms));
  for (std::size_t row = 0; row < rows.rows; ++row) {
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      sum[rows.term[i]] += weight[static_cast<Eigen::Index>(row)] * rows.value[i];
    }
  }
}

double dot(const WeightedRows& rows, std::size_t row, const Vector& by_term) {
  double product = 0.0;
  for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
    product += rows.value[i] * by_term[rows.term[i]];
  }
  return product;
}

// To a power of two or one and a half of it, downwards; 1 stays.
double rounded_length(double length) {
  double rounded = 1.0;
  while (2.0 * rounded <= length) rounded *= 2.0;
  return rounded >= 2.0 && 1.5 * rounded <= length ? 1.5 * rounded : rounded;
}

}  // namespace

void score_lexrank(const WeightedRows& cosines, double threshold, double damping, StopFlag stop,
                   std::vector<double>& scores) {
  if (cosines.rows > kMostRowsByPairs) {
    score_lexrank_continuous(cosines, damping, stop, scores);
    return;
  }
  const InvertedIndex index(cosines);
  std::vector<float> products(cosines.rows);
  const auto size = static_cast<Eigen::Index>(cosines.rows);
  // Rounding must not lose the link of a sentence to itself or of equal sentences.
  const auto least = static_cast<float>(threshold - 1e-6);
  const auto is_edge = [&](std::size_t j) { return products[j] > 0.0F && products[j] >= least; };
  if (cosines.rows <= kMostDenseRows) {
    Eigen::MatrixXd edges = Eigen::MatrixXd::Zero(size, size);
    for (std::size_t i = 0; i < cosines.rows; ++i) {
      index.multiply(cosines, i, products);
      for (std::size_t j = 0; j < cosines.rows; ++j) {
        if (is_edge(j)) edges(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = 1.0;
      }
    }
    walk_over(edges, damping, stop, scores);
    return;
  }
  // The threshold leaves about one product in a hundred.
  std::vector<Eigen::Triplet<double>> links;
  Vector degree = Vector::Zero(size);
  for (std::size_t i = 0; i < cosines.rows; ++i) {
    index.multiply(cosines, i, products);
    for (std::size_t j = 0; j < cosines.rows; ++j) {
      if (!is_edge(j)) continue;
      links.emplace_back(static_cast<int>(j), static_cast<int>(i), 1.0);
      degree[static_cast<Eigen::Index>(i)] += 1.0;
    }
  }
  Eigen::SparseMatrix<double, Eigen::RowMajor> into(size, size);
  into.setFromTriplets(links.begin(), links.end());
  walk(
      cosines.rows, damping, degree,
      [&into](const Vector& spread, Vector& next) { next.noalias() = into * spread; }, stop,
      scores);
}

// The matrix of cosines is X X^T, so a step is X (X^T p).
void score_lexrank_continuous(const WeightedRows& cosines, double damping, StopFlag stop,
                              std::vector<double>& scores) {
  const auto size = static_cast<Eigen::Index>(cosines.rows);
  Vector by_term;
  const auto multiply = [&](const Vector& spread, Vector& next) {
    add_rows(cosines, spread, by_term);
    for (Eigen::Index i = 0; i < size; ++i) {
      next[i] = dot(cosines, static_cast<std::size_t>(i), by_term);
    }
  };
  Vector out_weight(size);
  multiply(Vector::Ones(size), out_weight);
  walk(cosines.rows, damping, out_weight, multiply, stop, scores);
}

// The weight of a pair depends on the lengths only through their sum of logarithms. Sentences of
// the same length can therefore be added up by term first: the time of a step is that of the rows
// times the number of different lengths, not the square of the sentences.
void score_textrank(const WeightedRows& presence, const std::vector<double>& exact_lengths,
                    double damping, StopFlag stop, std::vector<double>& scores) {
  const std::size_t rows = presence.rows;
  std::vector<double> lengths = exact_lengths;
  if (rows > kMostRowsByPairs) {
    for (double& length : lengths) length = rounded_length(length);
  }
  const auto size = static_cast<Eigen::Index>(rows);
  if (rows <= kMostDenseRows) {
    const InvertedIndex index(presence);
    std::vector<float> shared(rows);
    Eigen::MatrixXd edges = Eigen::MatrixXd::Zero(size, size);
    for (std::size_t i = 0; i < rows; ++i) {
      index.multiply(presence, i, shared);
      for (std::size_t j = 0; j < rows; ++j) {
        const double logarithms = std::log(lengths[i]) + std::log(lengths[j]);
        if (i == j || shared[j] == 0.0F || !(logarithms > 0.0)) continue;
        edges(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = shared[j] / logarithms;
      }
    }
    walk_over(edges, damping, stop, scores);
    return;
  }
  std::vector<std::size_t> by_length(rows);
  for (std::size_t i = 0; i < rows; ++i) by_length[i] = i;
  std::stable_sort(by_length.begin(), by_length.end(),
                   [&](std::size_t a, std::size_t b) { return lengths[a] < lengths[b]; });
  std::vector<double> by_term(presence.terms, 0.0);
  const auto multiply = [&](const Vector& spread, Vector& next) {
    next.setZero(size);
    for (std::size_t begin = 0, end = 0; begin < rows; begin = end) {
      stop.check();
      const double length = lengths[by_length[begin]];
      for (end = begin; end < rows && lengths[by_length[end]] == length; ++end) {
        const std::size_t row = by_length[end];
        for (const std::uint32_t term : presence.terms_of(row)) {
          by_term[term] += spread[static_cast<Eigen::Index>(row)];
        }
      }
      for (std::size_t i = 0; i < rows; ++i) {
        const double logarithms = std::log(lengths[i]) + std::log(length);
        if (!(logarithms > 0.0)) continue;
        double sum = 0.0;
        for (const std::uint32_t term : presence.terms_of(i)) sum += by_term[term];
        // Not the sentence itself.
        if (lengths[i] == length) {
          sum -= spread[static_cast<Eigen::Index>(i)] *
                 static_cast<double>(presence.terms_of(i).size());
        }
        next[static_cast<Eigen::Index>(i)] += sum / logarithms;
      }
      for (std::size_t k = begin; k < end; ++k) {
        for (const std::uint32_t term : presence.terms_of(by_length[k])) by_term[term] = 0.0;
      }
    }
  };
  Vector out_weight(size);
  multiply(Vector::Ones(size), out_weight);
  walk(rows, damping, out_weight, multiply, stop, scores);
}

// Edges are Q D^T without its diagonal: a step is D (Q^T p) - diagonal.
void score_bm25(const WeightedRows& queries, const WeightedRows& documents, double damping,
                StopFlag stop, std::vector<double>& scores) {
  const std::size_t rows = queries.rows;
  const auto size = static_cast<Eigen::Index>(rows);
  Vector by_term, own(size), out_weight(size);
  add_rows(documents, Vector::Ones(size), by_term);
  for (std::size_t i = 0; i < rows; ++i) {
    double product = 0.0;
    // Documents have the terms of queries in the same order, less those that weigh nothing.
    std::size_t q = queries.begin[i];
    for (std::size_t k = documents.begin[i]; k < documents.begin[i + 1]; ++k) {
      while (queries.term[q] != documents.term[k]) ++q;
      product += queries.value[q] * documents.value[k];
    }
    own[static_cast<Eigen::Index>(i)] = product;
    out_weight[static_cast<Eigen::Index>(i)] = std::max(0.0, dot(queries, i, by_term) - product);
  }
  // What rounding leaves of nothing is no edge.
  for (Eigen::Index i = 0; i < size; ++i) {
    if (out_weight[i] < 1e-6 * own[i]) out_weight[i] = 0.0;
  }
  walk(
      rows, damping, out_weight,
      [&](const Vector& spread, Vector& next) {
        add_rows(queries, spread, by_term);
        for (Eigen::Index i = 0; i < size; ++i) {
          next[i] = std::max(
              0.0, dot(documents, static_cast<std::size_t>(i), by_term) - own[i] * spread[i]);
        }
      },
      stop, scores);
}

}  // namespace copydesk
