#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// --mask, which every command that compares or summarizes documents has.

#include <string>
#include <vector>

#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/run/corpus_options.h"

namespace CLI {
class App;
}

namespace copydesk::tools {

struct MaskFlags {
  std::vector<std::string> scopes;
  bool site_only = false;  // for commands that need the copies within a page

  void add_to(CLI::App& command);
  // Once the command line is parsed; `corpus` is told that sites are needed. Throws
  // Error{kInvalidOption}.
  [[nodiscard]] TextMaskOptions options(CorpusOptions& corpus) const;
};

}  // namespace copydesk::tools
