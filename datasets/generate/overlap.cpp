// SPDX-License-Identifier: Apache-2.0
#include "generate/overlap.h"

#include <unicode/uchar.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "generate/characters.h"

namespace copydesk::datasets {
namespace {

constexpr std::size_t kRun = 5;

std::vector<std::uint64_t> runs_of(std::string_view text) {
  std::vector<std::uint64_t> words;
  std::string small;
  for (const TextSpan& word : words_in(text)) {
    small.clear();
    const std::string_view bytes = word.of(text);
    for (std::size_t position = 0; position < bytes.size();) {
      const auto letter = static_cast<UChar32>(next_character(bytes, position));
      append_character(small, static_cast<char32_t>(u_tolower(letter)));
    }
    words.push_back(XXH3_64bits(small.data(), small.size()));
  }
  std::vector<std::uint64_t> runs;
  const std::size_t length = std::min(kRun, words.size());
  for (std::size_t begin = 0; length > 0 && begin + length <= words.size(); ++begin) {
    runs.push_back(XXH3_64bits(&words[begin], length * sizeof words[begin]));
  }
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

}  // namespace

double word_jaccard(std::string_view a, std::string_view b) {
  const std::vector<std::uint64_t> left = runs_of(a);
  const std::vector<std::uint64_t> right = runs_of(b);
  std::vector<std::uint64_t> shared;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(shared));
  const std::size_t all = left.size() + right.size() - shared.size();
  return all == 0 ? 1.0 : static_cast<double>(shared.size()) / static_cast<double>(all);
}

}  // namespace copydesk::datasets
