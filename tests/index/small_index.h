#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Small indexes, and runs over them.

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/read/document_columns.h"
#include "random_sets.h"

namespace copydesk::tests {

// Which document was removed, for which one, by what rule, how alike.
using Removals = std::map<std::string, std::tuple<std::string, std::string, double>>;

struct IndexRun {
  Removals removed;
  std::uint64_t alike_in_index = 0;
  DedupSummary summary;
};

inline DedupOptions dedup_options(const IndexParameters& parameters) {
  DedupOptions options;
  options.search.shingles = parameters.shingles;
  options.search.sketch = parameters.sketch;
  options.search.threshold = parameters.threshold;
  options.search.recall = parameters.recall;
  options.search.corpus.threads = 2;
  return options;
}

// Documents [begin, end) are called "0", "1", ... by their numbers among all.
inline IndexRun run_dedup_of(const std::vector<std::string>& texts, std::size_t begin,
                             std::size_t end, DedupOptions options) {
  std::vector<std::string> part(texts.begin() + static_cast<std::ptrdiff_t>(begin),
                                texts.begin() + static_cast<std::ptrdiff_t>(end));
  std::vector<std::string> ids;
  for (std::size_t i = begin; i < end; ++i) ids.push_back(std::to_string(i));
  const DocumentColumns columns{.text = part, .id = ids};
  options.search.corpus.documents = &columns;
  IndexRun run;
  options.on_removed = [&](const RemovedDocument& removed) {
    run.removed[removed.document.id] = {removed.kept.id, std::string(removed.rule), removed.jaccard};
  };
  const DedupResult result = run_dedup(options, {});
  run.summary = result.summary;
  const std::string counts = result.report.counts.to_json(0);
  const std::string name = "\"pairs_of_index_found_alike\": ";
  if (const std::size_t at = counts.find(name); at != std::string::npos) {
    run.alike_in_index = std::stoull(counts.substr(at + name.size()));
  }
  return run;
}

inline IndexRun add_to_index(const std::string& path, const std::vector<std::string>& texts,
                             std::size_t begin, std::size_t end) {
  DedupOptions options = dedup_options(read_newest_manifest(path).parameters);
  options.index_path = path;
  options.add_to_index = true;
  return run_dedup_of(texts, begin, end, options);
}

// Families of texts that share most, some or none of their words, copies, and copies in other case;
// with `of_template` so many that differ in a number or a name only.
inline std::vector<std::string> family_texts(std::uint64_t seed, std::size_t count,
                                             std::size_t of_template = 0) {
  RandomValues random(seed);
  std::vector<std::vector<std::string>> all;
  const auto word = [&] { return "w" + std::to_string(random.next() % 20'000); };
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::string> text;
    if (!all.empty() && random.next() % 10 < 5) {
      text = all[random.next() % all.size()];
      static constexpr std::size_t kEdits[] = {0, 0, 1, 1, 2, 3, 5, 9};
      for (std::size_t left = kEdits[random.next() % 8]; left > 0 && !text.empty(); --left) {
        text[random.next() % text.size()] = word();
      }
      if (!text.empty() && random.next() % 8 == 0) text.resize(text.size() - text.size() / 8);
      if (!text.empty() && random.next() % 8 == 0) text.front().front() = 'W';
    } else {
      for (std::size_t left = random.next() % 120; left > 0; --left) text.push_back(word());
    }
    all.push_back(std::move(text));
  }
  std::vector<std::string> texts;
  for (const auto& one : all) {
    std::string text;
    for (const std::string& next : one) text += (text.empty() ? "" : " ") + next;
    texts.push_back(std::move(text));
  }
  for (std::size_t i = 0; i < of_template; ++i) {
    std::string text = "The weather in the town of " + word() + " was fine on " +
                       std::to_string(random.next() % 28 + 1) + " May";
    // Words that differ: of texts of few distinct ones the order of all counts, which takes long.
    for (int next = 0; next < 60; ++next) {
      const std::string number = std::to_string(next);
      text += " sun" + number + " rain" + number + " wind" + number + " snow" + number;
    }
    texts.insert(texts.begin() + static_cast<std::ptrdiff_t>(random.next() % (texts.size() + 1)),
                 std::move(text));
  }
  return texts;
}

}  // namespace copydesk::tests
