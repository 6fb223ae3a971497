#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The options that dedup and pairs share.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/near_duplicate_options.h"
#include "copydesk/run/run_plan.h"
#include "corpus_flags.h"
#include "mask_flags.h"

namespace CLI {
class App;
class Option;
}

namespace copydesk::tools {

struct NearDuplicateFlags {
  CorpusFlags corpus;
  NearDuplicateOptions options;
  MaskFlags mask;
  std::string shingle = "word";
  std::string sketch = "fast";
  std::string method = "minhash";
  std::optional<std::size_t> distance;
  std::string tokens = "words";
  std::string tokens_field;
  std::string fold;
  std::string simhash_features = "words";
  std::string simhash_weights = "plain";

  void add_to(CLI::App& command);
  // The part of it that says when texts are alike, by the method minhash.
  void add_similarity(CLI::App& command);
  // For add of index: INPUT, the options of a corpus, and those of similarity, which must be as those of the
  // index if they are given.
  void add_for_index(CLI::App& command);
  // Turns that part into values. Throws Error{kInvalidOption}.
  void finish_similarity();
  // What of it is not given is as the index has it. After finish(), or finish_similarity().
  void take_from_index(const std::string& path);
  // Also finishes `corpus` and copies it into `options`. Throws Error{kInvalidOption}.
  void finish();
  // Throws Error{kInvalidOption} with this sentence if one of the options is given by which texts are
  // compared.
  void refuse_similarity(const std::string& why) const;

 private:
  void add_run_options(CLI::App& command);
  void add_texts(CLI::App& command);
  void add_methods(CLI::App& command);
  void add_minhash(CLI::App& command);
  void finish_method();

  const CLI::App* command_ = nullptr;
  std::vector<CLI::Option*> of_minhash_, of_simhash_;
};

// "accents=no,chinese=yes"; what is not named stays as it is by default. Throws
// Error{kInvalidOption}.
[[nodiscard]] FoldOptions parse_fold(std::string_view text);

// "merged    5 segments of the index, which has 4 now", with its line feed; nothing where none were.
[[nodiscard]] std::string merged_line(const DedupSummary& summary);

// Prints the plan to standard error, unless --quiet.
void show_plan(const RunPlan& plan, const NearDuplicateFlags& flags);

}  // namespace copydesk::tools
