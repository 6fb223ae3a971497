#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The default ranking: a sentence is good if what follows elaborates it and nothing before it said
// it already. Directed centrality [Zheng & Lapata 2019], length-normalized and computed from prefix
// sums in time linear in the text instead of quadratic in its sentences.

#include <span>
#include <vector>

#include "copydesk/summary/term_rows.h"

namespace copydesk {

struct DirectedCentralityOptions {
  // Share of what precedes, in [-1, 1]; 1 - direction is that of what follows. Below 0, what
  // precedes speaks for a sentence, not against it.
  double direction = 0.5;
  double tf_exponent = 0.5;    // terms count as occurrences^this, at least 0
  double norm_exponent = 0.8;  // rows are divided by norm^this, in [0, 1]: 0 dot product, 1 cosine
  double idf_exponent = 0.5;   // terms weigh idf^this, at least 0
  // Whether `direction` falls in abstracts that are a large part of their text (text_shape.h).
  bool follows_budget = true;
};

// Reuses its buffers; one object per thread.
class DirectedCentrality {
 public:
  // Makes the weighted rows of `rows`. `idf` has one weight >= 0 for each term.
  void weigh(const TermRows& rows, std::span<const float> idf,
             const DirectedCentralityOptions& options);

  static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);

  // score[i] = (1 - direction) * x_i . sum_{j > i} x_j - direction * x_i . sum_{j < i} x_j over
  // rows [0, scores.size()), and in passing their cosines with the row `other`, which stands behind
  // them: 0 with kNoRow. REQUIRES: weigh() came before; not more scores than rows.
  void score(std::vector<float>& scores, double direction, std::size_t other,
             std::vector<double>& cosines);

  // out[i] = the cosine of row `a` and row first + i, in [0, 1]: their dot product divided by their
  // norms. 0 for empty rows.
  void cosines_between(std::size_t a, std::size_t first, std::span<double> out);

  // The cosines of rows [0, count) with row `b`.
  void cosines(std::size_t b, std::vector<double>& out, std::size_t count);

  // What share of the weight of row `b` has its terms in each of the rows [0, count), in [0, 1].
  void shares(std::size_t b, std::vector<double>& out, std::size_t count);

  // The sum of the rows covered since weigh(), or since uncover(), and the product of a row with
  // it.
  void uncover();
  void cover(std::size_t row);
  [[nodiscard]] double covered(std::size_t row) const;

  // The weighted values of a row, beside TermRows::terms_of().
  [[nodiscard]] std::span<const float> values_of(std::size_t row) const;

 private:
  const TermRows* rows_ = nullptr;
  std::vector<float> weight_;  // by term
  std::vector<float> value_;   // beside TermRows::term
  std::vector<float> norm_;    // of each row as weighted here
  struct Sums {
    float total = 0.0F, before = 0.0F;  // over all rows; over those in front
    float other = 0.0F;                 // in the row to compare with
  };
  std::vector<Sums> sums_;      // by term
  std::vector<float> dense_;    // by term, all 0 between calls
  std::vector<float> covered_;  // by term
};

}  // namespace copydesk
