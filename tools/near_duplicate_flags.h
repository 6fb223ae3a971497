#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The options that dedup and pairs share.

#include <string>

#include "copydesk/pipeline/near_duplicate_options.h"
#include "copydesk/pipeline/run_plan.h"
#include "corpus_flags.h"

namespace copydesk::tools {

struct NearDuplicateFlags {
  CorpusFlags corpus;
  NearDuplicateOptions options;
  std::string shingle = "word";
  std::string sketch = "fast";

  void add_to(CLI::App& command);
  // Also finishes `corpus` and copies it into `options`. Throws Error{kInvalidOption}.
  void finish();

 private:
  void add_run_options(CLI::App& command);
};

// Prints the plan to standard error, unless --quiet.
void show_plan(const RunPlan& plan, const NearDuplicateFlags& flags);

}  // namespace copydesk::tools
