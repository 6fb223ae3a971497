#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Small JSON Lines corpora and runs over them.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "copydesk/pipeline/dedup/dedup_run.h"
#include "random_sets.h"
#include "temporary_folder.h"
#include "without_places.h"

namespace copydesk::tests {

inline std::string record(std::string_view id, std::string_view text) {
  return fmt::format("{{\"id\": \"{}\",  \"text\": \"{}\", \"more\": [1,2]}}\n", id, text);
}

// `count` different words, numbered from `first`.
inline std::string words(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) {
    text += fmt::format("{}w{}", text.empty() ? "" : " ", i);
  }
  return text;
}

// A word of letters alone for each number: lines that differ in numbers only count as equal.
inline std::string letters(std::uint64_t number) {
  std::string word = "w";
  for (; number > 0; number /= 26) word += static_cast<char>('a' + number % 26);
  return word;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

// The string value of `key` in a line written without escapes.
inline std::string value_of(const std::string& line, const std::string& key) {
  std::size_t begin = line.find('"' + key + "\":");
  if (begin == std::string::npos) return "(none)";
  begin = line.find('"', begin + key.size() + 3) + 1;
  return line.substr(begin, line.find('"', begin) - begin);
}

inline std::vector<std::string> ids_of(const std::string& text) {
  std::vector<std::string> ids;
  for (const std::string& line : lines_of(text)) ids.push_back(value_of(line, "id"));
  return ids;
}

// Families of texts that share most, some or none of their words, exact copies, short and empty
// texts, in mixed order.
inline std::string random_corpus(std::uint64_t seed, std::size_t documents,
                                 const std::string& prefix = "d") {
  RandomValues random(seed);
  std::vector<std::vector<std::string>> texts;
  std::string corpus;
  for (std::size_t i = 0; i < documents; ++i) {
    std::vector<std::string> text;
    if (!texts.empty() && random.next() % 10 < 7) {
      text = texts[random.next() % texts.size()];
      const std::size_t edits = random.next() % 4;
      for (std::size_t edit = 0; edit < edits && !text.empty(); ++edit) {
        text[random.next() % text.size()] = fmt::format("e{}", random.next() % 50);
      }
      if (random.next() % 5 == 0) text.resize(text.size() - text.size() / 8);
    } else {
      for (std::size_t left = random.next() % 80; left > 0; --left) {
        text.push_back(fmt::format("v{}", random.next() % 400));
      }
    }
    texts.push_back(text);
    corpus += record(fmt::format("{}{}", prefix, i), fmt::format("{}", fmt::join(text, " ")));
  }
  return corpus;
}

struct DedupOutput {
  std::string kept, decisions, clusters;
  DedupResult result;
};

// Runs dedup with its three outputs in `folder`.
inline DedupOutput dedup(const TemporaryFolder& folder, std::vector<std::string> inputs,
                         DedupOptions options = {}, const RunControl& control = {}) {
  options.search.corpus.inputs = std::move(inputs);
  options.search.corpus.work_folder = folder.path();
  options.kept_path = folder.path("kept.out");
  options.decisions_path = folder.path("decisions.out");
  options.clusters_path = folder.path("clusters.out");
  DedupOutput output;
  output.result = run_dedup(options, control);
  output.kept = folder.read("kept.out");
  // Folders have other names in each run; where records stand is for other tests to say.
  output.decisions = without_places(folder.read("decisions.out"));
  output.clusters = without_places(folder.read("clusters.out"));
  return output;
}

inline DedupOutput dedup_text(const std::string& corpus, const DedupOptions& options = {}) {
  const TemporaryFolder folder;
  return dedup(folder, {folder.write("in.jsonl", corpus)}, options);
}

}  // namespace copydesk::tests
