// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/coverage_rankers.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>
#include <span>

namespace copydesk {
namespace {

constexpr std::size_t kMostChosen = 1000;
constexpr std::size_t kMostClusters = 200;
constexpr int kClusterRounds = 10;
// Of all centers: fewer clusters are made of a text of very many different words. 200 clusters of
// 160,000 words are within it.
constexpr std::size_t kMostCenterValues = std::size_t{1} << 25;

// Spherical k-means from evenly spaced sentences: the same clusters every time.
std::vector<std::uint32_t> cluster(const WeightedRows& rows, std::size_t clusters, StopFlag stop) {
  std::vector<std::uint32_t> of(rows.rows, 0);
  std::vector<float> centers(clusters * rows.terms, 0.0F);
  const auto add = [&](std::size_t row, std::size_t center) {
    for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
      centers[center * rows.terms + rows.term[i]] += rows.value[i];
    }
  };
  for (std::size_t c = 0; c < clusters; ++c) add(c * rows.rows / clusters, c);
  std::vector<float> norms(clusters, 1.0F);
  for (int round = 0; round < kClusterRounds; ++round) {
    bool has_changed = false;
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (row % 64 == 0) stop.check();
      float best = -1.0F;
      std::uint32_t chosen = 0;
      for (std::uint32_t c = 0; c < clusters; ++c) {
        const float* const center = centers.data() + c * rows.terms;
        float product = 0.0F;
        for (std::size_t i = rows.begin[row]; i < rows.begin[row + 1]; ++i) {
          product += rows.value[i] * center[rows.term[i]];
        }
        product /= norms[c];
        if (product > best) {
          best = product;
          chosen = c;
        }
      }
      has_changed |= of[row] != chosen;
      of[row] = chosen;
    }
    if (!has_changed && round > 0) break;
    std::fill(centers.begin(), centers.end(), 0.0F);
    for (std::size_t row = 0; row < rows.rows; ++row) add(row, of[row]);
    for (std::size_t c = 0; c < clusters; ++c) {
      float squares = 0.0F;
      for (std::size_t t = 0; t < rows.terms; ++t) {
        squares += centers[c * rows.terms + t] * centers[c * rows.terms + t];
      }
      norms[c] = squares > 0.0F ? std::sqrt(squares) : 1.0F;
    }
  }
  return of;
}

}  // namespace

void order_by_sum_basic(const WeightedRows& counts, StopFlag stop, std::vector<double>& scores) {
  scores.assign(counts.rows, 0.0);
  std::vector<double> weight(counts.terms, 0.0);
  double all = 0.0;
  for (std::size_t i = 0; i < counts.term.size(); ++i) {
    weight[counts.term[i]] += counts.value[i];
    all += counts.value[i];
  }
  for (double& value : weight) value /= std::max(all, 1.0);
  std::vector<std::size_t> open(counts.rows);
  std::iota(open.begin(), open.end(), std::size_t{0});
  const auto mean_of = [&](std::size_t row) {
    double sum = 0.0, words = 0.0;
    for (std::size_t i = counts.begin[row]; i < counts.begin[row + 1]; ++i) {
      sum += counts.value[i] * weight[counts.term[i]];
      words += counts.value[i];
    }
    return words > 0.0 ? sum / words : -1.0;
  };
  for (std::size_t rank = 0; !open.empty(); ++rank) {
    stop.check();
    if (rank == kMostChosen) {
      std::stable_sort(open.begin(), open.end(),
                       [&](std::size_t a, std::size_t b) { return mean_of(a) > mean_of(b); });
      for (const std::size_t row : open) scores[row] = static_cast<double>(counts.rows - rank++);
      break;
    }
    // The heaviest word that any open sentence has.
    std::uint32_t heaviest = 0;
    double most = -1.0;
    for (const std::size_t row : open) {
      for (const std::uint32_t term : counts.terms_of(row)) {
        if (weight[term] <= most) continue;
        most = weight[term];
        heaviest = term;
      }
    }
    std::size_t best = open.size();
    double best_mean = -2.0;
    for (std::size_t k = 0; k < open.size(); ++k) {
      const auto terms = counts.terms_of(open[k]);
      const bool has_word = std::find(terms.begin(), terms.end(), heaviest) != terms.end();
      if (most >= 0.0 && !has_word) continue;
      const double mean = mean_of(open[k]);
      if (mean <= best_mean) continue;
      best_mean = mean;
      best = k;
    }
    const std::size_t row = open[best];
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(best));
    scores[row] = static_cast<double>(counts.rows - rank);
    for (const std::uint32_t term : counts.terms_of(row)) weight[term] *= weight[term];
  }
}

namespace {

void order_the_most_similar(const WeightedRows& cosines, double coverage, double diversity,
                            StopFlag stop, std::vector<double>& scores) {
  const std::size_t n = cosines.rows;
  const std::vector<double> similarity = products_with_sum(cosines);
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return similarity[a] > similarity[b];
  });
  for (std::size_t i = kMostRowsByPairs; i < n; ++i) scores[order[i]] = static_cast<double>(n - i);
  const auto chosen = std::span(order).first(kMostRowsByPairs);
  std::sort(chosen.begin(), chosen.end());
  std::vector<double> ranks;
  order_by_submodular(choose_rows(cosines, chosen), coverage, diversity, stop, ranks);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    scores[chosen[i]] = static_cast<double>(n - kMostRowsByPairs) + ranks[i];
  }
}

}  // namespace

void order_by_submodular(const WeightedRows& cosines, double coverage, double diversity,
                         StopFlag stop, std::vector<double>& scores) {
  const std::size_t n = cosines.rows;
  scores.assign(n, 0.0);
  if (n == 0) return;
  if (n > kMostRowsByPairs) {
    order_the_most_similar(cosines, coverage, diversity, stop, scores);
    return;
  }
  const InvertedIndex index(cosines);
  const std::size_t room = kMostCenterValues / std::max<std::size_t>(cosines.terms, 1);
  const std::size_t clusters =
      std::min(std::clamp<std::size_t>(n / 5, 1, kMostClusters), std::max<std::size_t>(room, 1));
  const std::vector<std::uint32_t> cluster_of = cluster(cosines, clusters, stop);
  std::vector<float> row(n);
  std::vector<double> limit(n), reward(n), covered(n, 0.0), taken(clusters, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    index.multiply(cosines, i, row);
    double sum = 0.0;
    for (const float product : row) sum += product;
    limit[i] = std::min(1.0, coverage / static_cast<double>(n)) * sum;
    reward[i] = sum / static_cast<double>(n);
  }
  const auto gain_of = [&](std::size_t j) {
    stop.check();
    index.multiply(cosines, j, row);
    double gain = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      if (row[i] > 0.0F)
        gain += std::min(limit[i], covered[i] + row[i]) - std::min(limit[i], covered[i]);
    }
    const double before = taken[cluster_of[j]];
    return gain + diversity * (std::sqrt(before + reward[j]) - std::sqrt(before));
  };
  // Lazy greedy: gains never grow.
  struct Entry {
    double gain;
    std::size_t sentence, round;
    bool operator<(const Entry& other) const {
      return gain != other.gain ? gain < other.gain : sentence > other.sentence;
    }
  };
  std::priority_queue<Entry> queue;
  for (std::size_t j = 0; j < n; ++j) queue.push({gain_of(j), j, 0});
  std::size_t chosen = 0;
  while (!queue.empty()) {
    Entry entry = queue.top();
    queue.pop();
    if (entry.round < chosen && chosen < kMostChosen) {
      entry.gain = gain_of(entry.sentence);
      entry.round = chosen;
      queue.push(entry);
      continue;
    }
    scores[entry.sentence] = static_cast<double>(n - chosen);
    ++chosen;
    if (chosen >= kMostChosen) continue;
    index.multiply(cosines, entry.sentence, row);
    for (std::size_t i = 0; i < n; ++i) covered[i] += row[i];
    taken[cluster_of[entry.sentence]] += reward[entry.sentence];
  }
}

}  // namespace copydesk
