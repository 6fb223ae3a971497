// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/reference_rankers.h"

#include <algorithm>
#include <cmath>

#include "copydesk/summary/coverage_rankers.h"
#include "copydesk/summary/graph_rankers.h"
#include "copydesk/summary/pacsum.h"
#include "copydesk/summary/weighted_rows.h"

namespace copydesk {
namespace {

// tf-idf rows of norm 1.
WeightedRows cosine_rows(const TermRows& terms, std::size_t rows, std::span<const float> idf) {
  WeightedRows weighted =
      weigh_rows(terms, rows, [&](std::size_t, std::uint32_t term, std::uint32_t count) {
        return static_cast<float>(count) * idf[term];
      });
  normalize(weighted);
  return weighted;
}

// In how many of the first rows each term stands.
std::vector<double> row_frequency(const TermRows& terms, std::size_t rows) {
  std::vector<double> frequency(terms.terms(), 0.0);
  for (std::size_t i = 0; i < terms.begin[rows]; ++i) frequency[terms.term[i]] += 1.0;
  return frequency;
}

// Where papers drop stop words, words of low IDF are dropped.
class ContentWords {
 public:
  ContentWords(std::span<const float> idf, double least) : idf_(idf), least_(least) {}
  bool has(std::uint32_t term) const { return idf_[term] >= least_; }

 private:
  std::span<const float> idf_;
  double least_;
};

void score_centroid(const WeightedRows& cosines, std::vector<double>& scores) {
  std::vector<double> centroid(cosines.terms, 0.0);
  for (std::size_t i = 0; i < cosines.term.size(); ++i)
    centroid[cosines.term[i]] += cosines.value[i];
  double squares = 0.0;
  for (const double value : centroid) squares += value * value;
  const double norm = squares > 0.0 ? std::sqrt(squares) : 1.0;
  scores.assign(cosines.rows, 0.0);
  for (std::size_t row = 0; row < cosines.rows; ++row) {
    for (std::size_t i = cosines.begin[row]; i < cosines.begin[row + 1]; ++i) {
      scores[row] += cosines.value[i] * centroid[cosines.term[i]] / norm;
    }
  }
}

void score_by_bm25(const TermRows& terms, std::size_t rows, const ContentWords& content,
                   const ReferenceRankerOptions& options, StopFlag stop,
                   std::vector<double>& scores) {
  const std::vector<double> frequency = row_frequency(terms, rows);
  const auto n = static_cast<double>(rows);
  std::vector<double> idf(terms.terms(), 0.0);
  double sum = 0.0, counted = 0.0;
  for (std::uint32_t term = 0; term < terms.terms(); ++term) {
    if (frequency[term] == 0.0 || !content.has(term)) continue;
    idf[term] = std::log(n - frequency[term] + 0.5) - std::log(frequency[term] + 0.5);
    sum += idf[term];
    counted += 1.0;
  }
  // What stands in more than half of the sentences would count against them.
  const double floor = counted > 0.0 ? 0.25 * std::max(0.0, sum / counted) : 0.0;
  for (double& value : idf) {
    if (value < 0.0) value = floor;
  }
  std::vector<double> length(rows, 0.0);
  double mean = 0.0;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = terms.begin[row]; i < terms.begin[row + 1]; ++i) {
      if (content.has(terms.term[i])) length[row] += terms.count[i];
    }
    mean += length[row] / n;
  }
  const WeightedRows queries =
      weigh_rows(terms, rows, [&](std::size_t, std::uint32_t term, std::uint32_t count) {
        return content.has(term) ? static_cast<double>(count) : 0.0;
      });
  const WeightedRows documents =
      weigh_rows(terms, rows, [&](std::size_t row, std::uint32_t term, std::uint32_t count) {
        if (!content.has(term)) return 0.0;
        const double saturation =
            options.bm25_k1 *
            (1.0 - options.bm25_b + options.bm25_b * length[row] / std::max(mean, 1e-9));
        return idf[term] * count * (options.bm25_k1 + 1.0) / (count + saturation);
      });
  score_bm25(queries, documents, options.damping, stop, scores);
}

void score_by_textrank(const TermRows& terms, std::size_t rows, const ContentWords& content,
                       double damping, StopFlag stop, std::vector<double>& scores) {
  const WeightedRows presence =
      weigh_rows(terms, rows, [&](std::size_t, std::uint32_t term, std::uint32_t) {
        return content.has(term) ? 1.0 : 0.0;
      });
  std::vector<double> lengths(rows, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = terms.begin[row]; i < terms.begin[row + 1]; ++i) {
      if (content.has(terms.term[i])) lengths[row] += terms.count[i];
    }
    lengths[row] = std::max(lengths[row], 1.0);
  }
  score_textrank(presence, lengths, damping, stop, scores);
}

void score_by_pacsum(const TermRows& terms, std::size_t rows, const ContentWords& content,
                     const ReferenceRankerOptions& options, StopFlag stop,
                   std::vector<double>& scores) {
  const std::vector<double> frequency = row_frequency(terms, rows);
  const auto n = static_cast<double>(rows);
  const WeightedRows weighted =
      weigh_rows(terms, rows, [&](std::size_t, std::uint32_t term, std::uint32_t count) {
        if (!content.has(term)) return 0.0;
        // Squared in the product, so the sign does not matter.
        const double idf = std::log(n - frequency[term] + 0.5) - std::log(frequency[term] + 0.5);
        return count * std::abs(idf);
      });
  score_pacsum(weighted, options.beta, options.lambda, stop, scores);
}

}  // namespace

void score_by_reference(RankMethod method, const TermRows& terms, std::size_t rows,
                        std::span<const float> idf, const ReferenceRankerOptions& options,
                        StopFlag stop, std::vector<double>& scores) {
  const ContentWords content(idf, options.content_idf);
  switch (method) {
    case RankMethod::kLexRank:
      score_lexrank(cosine_rows(terms, rows, idf), options.threshold, options.damping, stop,
                    scores);
      return;
    case RankMethod::kLexRankContinuous:
      score_lexrank_continuous(cosine_rows(terms, rows, idf), options.damping, stop, scores);
      return;
    case RankMethod::kTextRank:
      score_by_textrank(terms, rows, content, options.damping, stop, scores);
      return;
    case RankMethod::kBm25:
      score_by_bm25(terms, rows, content, options, stop, scores);
      return;
    case RankMethod::kPacSum:
      score_by_pacsum(terms, rows, content, options, stop, scores);
      return;
    case RankMethod::kCentroid:
      score_centroid(cosine_rows(terms, rows, idf), scores);
      return;
    case RankMethod::kSumBasic:
      order_by_sum_basic(weigh_rows(terms, rows,
                                    [&](std::size_t, std::uint32_t term, std::uint32_t count) {
                                      return content.has(term) ? static_cast<double>(count) : 0.0;
                                    }),
                         stop, scores);
      return;
    case RankMethod::kSubmodular:
      order_by_submodular(cosine_rows(terms, rows, idf), options.coverage, options.diversity, stop,
                          scores);
      return;
    case RankMethod::kDirected:
    case RankMethod::kLead:
      scores.resize(rows);
      for (std::size_t row = 0; row < rows; ++row) scores[row] = static_cast<double>(rows - row);
      return;
  }
}

}  // namespace copydesk
