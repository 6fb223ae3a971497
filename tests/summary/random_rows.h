#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Random sentences as term counts, sparse for the library and dense for the references.

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "copydesk/summary/term_rows.h"

struct RandomRows {
  copydesk::TermRows rows;
  std::vector<std::vector<double>> counts;  // by sentence and term
  std::vector<float> idf;
  std::vector<double> dense_idf;
};

// Every fourth sentence or so is empty if `with_empty`.
inline RandomRows make_random_rows(std::uint32_t seed, std::size_t sentences, std::size_t terms,
                                   bool with_empty) {
  std::mt19937 random(seed);
  RandomRows result;
  result.counts.assign(sentences, std::vector<double>(terms, 0.0));
  copydesk::TermIndexer indexer;
  indexer.start(0, result.rows);
  std::vector<std::vector<std::uint64_t>> texts(sentences);
  for (std::size_t s = 0; s < sentences; ++s) {
    if (with_empty && random() % 4 == 0) continue;
    const std::size_t length = 1 + random() % 9;
    for (std::size_t i = 0; i < length; ++i) {
      // Low numbers are frequent.
      const std::size_t term = std::min(random() % terms, random() % terms);
      texts[s].push_back(1000 + term);
    }
  }
  for (const auto& text : texts) indexer.append(text, result.rows);
  for (std::size_t s = 0; s < sentences; ++s) {
    for (const std::uint64_t hash : texts[s]) {
      for (std::size_t t = 0; t < result.rows.terms(); ++t) {
        if (result.rows.vocabulary[t] == hash) result.counts[s][t] += 1.0;
      }
    }
  }
  for (auto& row : result.counts) row.resize(std::max<std::size_t>(result.rows.terms(), 1));
  for (std::size_t t = 0; t < std::max<std::size_t>(result.rows.terms(), 1); ++t) {
    const double weight = 1.7 + static_cast<double>(random() % 100) / 25.0;
    result.idf.push_back(static_cast<float>(weight));
    result.dense_idf.push_back(static_cast<float>(weight));
  }
  return result;
}
