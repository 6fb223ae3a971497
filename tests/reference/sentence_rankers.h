#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Sentence rankings as the papers write them down: dense matrices, every pair, no shortcuts.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace reference {

using Matrix = std::vector<std::vector<double>>;
using Scores = std::vector<double>;

// counts[sentence][term].
inline Matrix tf_idf(const Matrix& counts, const Scores& idf) {
  Matrix rows = counts;
  for (auto& row : rows) {
    for (std::size_t t = 0; t < row.size(); ++t) row[t] *= idf[t];
  }
  return rows;
}

inline double dot(const Scores& a, const Scores& b) {
  double sum = 0.0;
  for (std::size_t t = 0; t < a.size(); ++t) sum += a[t] * b[t];
  return sum;
}

inline Matrix cosines(const Matrix& rows) {
  const std::size_t n = rows.size();
  Matrix result(n, Scores(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double norms = std::sqrt(dot(rows[i], rows[i]) * dot(rows[j], rows[j]));
      if (norms > 0.0) result[i][j] = dot(rows[i], rows[j]) / norms;
    }
  }
  return result;
}

// p = (1 - d) / n + d * sum_j w[j][i] / out[j] * p[j]; sentences without edges spread over all.
inline Scores page_rank(const Matrix& w, double damping) {
  const std::size_t n = w.size();
  Scores p(n, 1.0 / static_cast<double>(n));
  for (int iteration = 0; iteration < 250; ++iteration) {
    Scores next(n, (1.0 - damping) / static_cast<double>(n));
    for (std::size_t j = 0; j < n; ++j) {
      double out = 0.0;
      for (const double weight : w[j]) out += weight;
      for (std::size_t i = 0; i < n; ++i) {
        next[i] += damping * p[j] * (out > 0.0 ? w[j][i] / out : 1.0 / static_cast<double>(n));
      }
    }
    p = next;
  }
  return p;
}

inline Scores lexrank(const Matrix& counts, const Scores& idf, double threshold, double damping) {
  Matrix w = cosines(tf_idf(counts, idf));
  for (auto& row : w) {
    for (double& value : row) value = value > 0.0 && value >= threshold - 1e-6 ? 1.0 : 0.0;
  }
  return page_rank(w, damping);
}

inline Scores lexrank_continuous(const Matrix& counts, const Scores& idf, double damping) {
  return page_rank(cosines(tf_idf(counts, idf)), damping);
}

inline Scores textrank(const Matrix& counts, double damping) {
  const std::size_t n = counts.size();
  Matrix w(n, Scores(n, 0.0));
  Scores length(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (const double count : counts[i]) length[i] += count;
    length[i] = std::max(length[i], 1.0);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double shared = 0.0;
      for (std::size_t t = 0; t < counts[i].size(); ++t) {
        shared += counts[i][t] > 0.0 && counts[j][t] > 0.0 ? 1.0 : 0.0;
      }
      const double logarithms = std::log(length[i]) + std::log(length[j]);
      if (i != j && logarithms > 0.0) w[i][j] = shared / logarithms;
    }
  }
  return page_rank(w, damping);
}

inline Scores bm25(const Matrix& counts, double k1, double b, double damping) {
  const std::size_t n = counts.size(), terms = counts[0].size();
  Scores idf(terms, 0.0), length(n, 0.0);
  double mean_idf = 0.0, used = 0.0, mean_length = 0.0;
  for (std::size_t t = 0; t < terms; ++t) {
    double frequency = 0.0;
    for (const auto& row : counts) frequency += row[t] > 0.0 ? 1.0 : 0.0;
    if (frequency == 0.0) continue;
    idf[t] = std::log((static_cast<double>(n) - frequency + 0.5) / (frequency + 0.5));
    mean_idf += idf[t];
    used += 1.0;
  }
  mean_idf /= used;
  for (double& value : idf) {
    if (value < 0.0) value = 0.25 * std::max(0.0, mean_idf);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (const double count : counts[i]) length[i] += count;
    mean_length += length[i] / static_cast<double>(n);
  }
  Matrix w(n, Scores(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      for (std::size_t t = 0; t < terms; ++t) {
        if (counts[i][t] == 0.0 || counts[j][t] == 0.0) continue;
        w[i][j] += counts[i][t] * idf[t] * counts[j][t] * (k1 + 1.0) /
                   (counts[j][t] + k1 * (1.0 - b + b * length[j] / mean_length));
      }
    }
  }
  return page_rank(w, damping);
}

inline Scores pacsum(const Matrix& counts, double beta, double lambda) {
  const std::size_t n = counts.size(), terms = counts[0].size();
  Scores idf(terms, 0.0);
  for (std::size_t t = 0; t < terms; ++t) {
    double frequency = 0.0;
    for (const auto& row : counts) frequency += row[t] > 0.0 ? 1.0 : 0.0;
    idf[t] = std::log(static_cast<double>(n) - frequency + 0.5) - std::log(frequency + 0.5);
  }
  const Matrix rows = tf_idf(counts, idf);
  Matrix w(n, Scores(n, 1.0));
  double low = 1.0, high = 1.0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j) w[i][j] = dot(rows[i], rows[j]);
      low = std::min(low, w[i][j]);
      high = std::max(high, w[i][j]);
    }
  }
  const double threshold = low + beta * (high - low);
  Scores scores(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double edge = std::max(0.0, w[i][j] - threshold);
      if (j < i) scores[i] -= lambda * edge;
      if (j > i) scores[i] += (1.0 - lambda) * edge;
    }
  }
  return scores;
}

inline Scores centroid(const Matrix& counts, const Scores& idf) {
  Matrix rows = tf_idf(counts, idf);
  Scores center(idf.size(), 0.0);
  for (auto& row : rows) {
    const double norm = std::sqrt(dot(row, row));
    for (std::size_t t = 0; t < row.size() && norm > 0.0; ++t) {
      row[t] /= norm;
      center[t] += row[t];
    }
  }
  const double norm = std::sqrt(dot(center, center));
  Scores scores;
  for (const auto& row : rows) scores.push_back(norm > 0.0 ? dot(row, center) / norm : 0.0);
  return scores;
}

// The order of choice as n, n - 1, ...
inline Scores sum_basic(const Matrix& counts) {
  const std::size_t n = counts.size(), terms = counts[0].size();
  Scores p(terms, 0.0), scores(n, 0.0);
  double all = 0.0;
  for (const auto& row : counts) {
    for (std::size_t t = 0; t < terms; ++t) {
      p[t] += row[t];
      all += row[t];
    }
  }
  for (double& value : p) value /= all;
  for (std::size_t rank = 0; rank < n; ++rank) {
    double heaviest = -1.0;
    for (std::size_t t = 0; t < terms; ++t) {
      for (std::size_t i = 0; i < n; ++i) {
        if (scores[i] == 0.0 && counts[i][t] > 0.0) heaviest = std::max(heaviest, p[t]);
      }
    }
    std::size_t best = n;
    double best_mean = -2.0;
    for (std::size_t i = 0; i < n; ++i) {
      if (scores[i] != 0.0) continue;
      double sum = 0.0, words = 0.0;
      bool has_heaviest = false;
      for (std::size_t t = 0; t < terms; ++t) {
        sum += counts[i][t] * p[t];
        words += counts[i][t];
        has_heaviest |= counts[i][t] > 0.0 && p[t] == heaviest;
      }
      const double mean = words > 0.0 ? sum / words : -1.0;
      if ((heaviest >= 0.0 && !has_heaviest) || mean <= best_mean) continue;
      best = i;
      best_mean = mean;
    }
    scores[best] = static_cast<double>(n - rank);
    for (std::size_t t = 0; t < terms; ++t) {
      if (counts[best][t] > 0.0) p[t] *= p[t];
    }
  }
  return scores;
}

// Directed centrality by pairs.
inline Scores directed(const Matrix& counts, const Scores& idf, double direction,
                       double tf_exponent, double norm_exponent, double idf_exponent) {
  const std::size_t n = counts.size();
  Matrix rows = counts;
  for (auto& row : rows) {
    for (std::size_t t = 0; t < row.size(); ++t) {
      row[t] = row[t] > 0.0 ? std::pow(row[t], tf_exponent) * std::pow(idf[t], idf_exponent) : 0.0;
    }
    const double norm = std::sqrt(dot(row, row));
    for (double& value : row) value = norm > 0.0 ? value / std::pow(norm, norm_exponent) : 0.0;
  }
  Scores scores(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (j > i) scores[i] += (1.0 - direction) * dot(rows[i], rows[j]);
      if (j < i) scores[i] -= direction * dot(rows[i], rows[j]);
    }
  }
  return scores;
}

}  // namespace reference
