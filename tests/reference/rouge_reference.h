#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// ROUGE by its definition: maps of n-grams and full tables, on tokens given as strings.

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace copydesk::reference {

using Tokens = std::vector<std::string>;

inline std::size_t shared_ngrams(const Tokens& reference, const Tokens& candidate, std::size_t n) {
  std::map<Tokens, std::size_t> counts[2];
  const Tokens* texts[2] = {&reference, &candidate};
  for (int side = 0; side < 2; ++side) {
    for (std::size_t i = 0; i + n <= texts[side]->size(); ++i) {
      ++counts[side][Tokens(texts[side]->begin() + static_cast<std::ptrdiff_t>(i),
                            texts[side]->begin() + static_cast<std::ptrdiff_t>(i + n))];
    }
  }
  std::size_t shared = 0;
  for (const auto& [ngram, count] : counts[0]) {
    const auto other = counts[1].find(ngram);
    if (other != counts[1].end()) shared += std::min(count, other->second);
  }
  return shared;
}

inline std::vector<std::vector<std::size_t>> subsequence_table(const Tokens& a, const Tokens& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                         : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table;
}

inline std::size_t subsequence_length(const Tokens& a, const Tokens& b) {
  return subsequence_table(a, b)[a.size()][b.size()];
}

inline std::set<std::size_t> subsequence_positions(const Tokens& a, const Tokens& b) {
  const auto table = subsequence_table(a, b);
  std::set<std::size_t> positions;
  std::size_t i = a.size(), j = b.size();
  while (i > 0 && j > 0) {
    if (a[i - 1] == b[j - 1]) {
      positions.insert(i - 1);
      --i, --j;
    } else if (table[i][j - 1] > table[i - 1][j]) {
      --j;
    } else {
      --i;
    }
  }
  return positions;
}

inline std::size_t summary_hits(const std::vector<Tokens>& reference,
                                const std::vector<Tokens>& candidate) {
  std::map<std::string, std::size_t> left[2];
  for (const Tokens& line : reference) {
    for (const std::string& token : line) ++left[0][token];
  }
  for (const Tokens& line : candidate) {
    for (const std::string& token : line) ++left[1][token];
  }
  std::size_t hits = 0;
  for (const Tokens& line : reference) {
    std::set<std::size_t> all;
    for (const Tokens& other : candidate) all.merge(subsequence_positions(line, other));
    for (const std::size_t position : all) {
      const std::string& token = line[position];
      if (left[0][token] > 0 && left[1][token] > 0) {
        --left[0][token], --left[1][token];
        ++hits;
      }
    }
  }
  return hits;
}

}  // namespace copydesk::reference
