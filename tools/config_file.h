#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Options that a file gives where the command line does not: `memory = "8G"` for all commands that
// have such an option, below `[dedup]` for that one alone. Read is what --config names, else
// copydesk.toml of the current folder, else copydesk/copydesk.toml below $XDG_CONFIG_HOME (or
// ~/.config).

#include <string>
#include <vector>

namespace copydesk::tools {

struct Configuration {
  std::vector<std::string> words;    // of the command line, and behind them those of the file
  std::string path;                  // of the file; empty if there is none
  std::vector<std::string> applied;  // names of the options that it gave
  std::string printed;               // what --print-config asks for; else empty
  bool is_quiet = false;             // --quiet is among the options
};

// `words` are those of the command line without the program's name. Throws Error{kInvalidOption}
// for a key that is no option, and for a value that a switch cannot have, Error{kCannotOpen} for a
// file that was named and cannot be read.
[[nodiscard]] Configuration configure(std::vector<std::string> words);

}  // namespace copydesk::tools
