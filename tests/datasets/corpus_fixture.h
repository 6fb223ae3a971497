#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Corpora for the tests, and measures that do not come from the generator.

#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "generate/corpus.h"

namespace copydesk::datasets {

inline CorpusOptions corpus_options(std::string_view plan, std::uint64_t seed = 7) {
  CorpusOptions options;
  options.plan.seed = seed;
  options.plan.rates = Rates::plan(plan);
  options.bytes_per_document = 1200;
  return options;
}

inline std::vector<Printed> print_all(const CorpusOptions& options, std::uint64_t documents) {
  Corpus corpus(options);
  std::vector<Printed> all(documents);
  for (std::uint64_t number = 0; number < documents; ++number) corpus.print(number, all[number]);
  return all;
}

inline std::string lines_of(const CorpusOptions& options, std::uint64_t documents) {
  Corpus corpus(options);
  std::string lines;
  Printed printed;
  for (std::uint64_t number = 0; number < documents; ++number) {
    corpus.print(number, printed);
    append_document(lines, printed, corpus.site_name(printed.site));
  }
  return lines;
}

// Words between spaces.
inline std::vector<std::string> split_words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

inline std::set<std::vector<std::string>> word_runs(const std::string& text, std::size_t length) {
  const std::vector<std::string> words = split_words(text);
  std::set<std::vector<std::string>> runs;
  for (std::size_t begin = 0; begin + length <= words.size(); ++begin) {
    runs.emplace(words.begin() + static_cast<std::ptrdiff_t>(begin),
                 words.begin() + static_cast<std::ptrdiff_t>(begin + length));
  }
  return runs;
}

inline double run_jaccard(const std::string& a, const std::string& b, std::size_t length = 5) {
  const auto left = word_runs(a, length);
  const auto right = word_runs(b, length);
  std::size_t shared = 0;
  for (const auto& run : left) shared += right.count(run);
  const std::size_t all = left.size() + right.size() - shared;
  return all == 0 ? 1.0 : static_cast<double>(shared) / static_cast<double>(all);
}

}  // namespace copydesk::datasets
