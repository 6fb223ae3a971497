#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Reuse search as it is defined, without regard to time: all pairs, all places, whole tables.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace copydesk::reference {

using Tokens = std::vector<std::uint32_t>;

// (begin_a, begin_b, length) of all maximal runs of at least `size` equal tokens, ascending.
inline std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> maximal_matches(
    const Tokens& a, const Tokens& b, std::size_t size) {
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> matches;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (i > 0 && j > 0 && a[i - 1] == b[j - 1]) continue;
      std::size_t length = 0;
      while (i + length < a.size() && j + length < b.size() && a[i + length] == b[j + length]) {
        ++length;
      }
      if (length >= size) matches.emplace_back(i, j, length);
    }
  }
  return matches;
}

// The best score of an alignment of a beginning of a with a beginning of b: +1 for an equal token,
// -1 for a replaced, dropped or added one. The whole table.
inline int best_extension(const Tokens& a, const Tokens& b) {
  std::vector<std::vector<int>> score(a.size() + 1, std::vector<int>(b.size() + 1));
  int best = 0;
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 && j == 0) continue;
      int value = -1'000'000;
      if (i > 0) value = std::max(value, score[i - 1][j] - 1);
      if (j > 0) value = std::max(value, score[i][j - 1] - 1);
      if (i > 0 && j > 0) {
        value = std::max(value, score[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 1 : -1));
      }
      score[i][j] = value;
      best = std::max(best, value);
    }
  }
  return best;
}

inline std::size_t longest_common_subsequence(const Tokens& a, const Tokens& b) {
  std::vector<std::vector<std::size_t>> length(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      length[i][j] = a[i - 1] == b[j - 1] ? length[i - 1][j - 1] + 1
                                          : std::max(length[i - 1][j], length[i][j - 1]);
    }
  }
  return length[a.size()][b.size()];
}

struct PairWeight {
  std::uint32_t a, b;
  double weight;
  std::size_t shared;
  std::uint32_t median_df;
};

// For every two sets of fingerprints what they share, each fingerprint weighing 1/sqrt(df-1).
inline std::vector<PairWeight> weigh_all_pairs(const std::vector<std::set<std::uint64_t>>& sets) {
  std::map<std::uint64_t, std::uint32_t> df;
  for (const auto& set : sets) {
    for (const std::uint64_t fingerprint : set) ++df[fingerprint];
  }
  std::vector<PairWeight> pairs;
  for (std::uint32_t a = 0; a < sets.size(); ++a) {
    for (std::uint32_t b = a + 1; b < sets.size(); ++b) {
      double weight = 0.0;
      std::vector<std::uint32_t> frequencies;
      for (const std::uint64_t fingerprint : sets[a]) {
        if (!sets[b].contains(fingerprint)) continue;
        weight += 1.0 / std::sqrt(df[fingerprint] - 1.0);
        frequencies.push_back(df[fingerprint]);
      }
      if (frequencies.empty()) continue;
      std::sort(frequencies.begin(), frequencies.end());
      pairs.push_back(
          {a, b, weight, frequencies.size(), frequencies[(frequencies.size() - 1) / 2]});
    }
  }
  return pairs;
}

}  // namespace copydesk::reference
