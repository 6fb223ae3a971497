#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The command line as data, from one walk over it: what man pages, completions and docs/options.md
// are written from. Of `dedup` it holds the option {"-t", "--threshold"}, value "FLOAT", default
// "0.8".

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace copydesk::tools {

struct OptionReference {
  std::vector<std::string> names;  // "-o", "--output"; of a positional its name: "INPUT"
  std::string value;               // of what kind; empty for a switch
  std::string default_value;       // empty where there is none
  std::string description;
  bool is_positional = false, is_required = false;
  bool takes_several = false;
};

struct OptionGroup {
  std::string name;  // "Input"
  std::vector<OptionReference> options;
};

struct CommandReference {
  std::string name;  // "dedup", "evaluate pairs"
  std::string description;
  std::vector<OptionReference> positionals;
  std::vector<OptionGroup> groups;  // in the order in which they came
  std::string footer;               // examples; empty where there are none
  std::vector<CommandReference> commands;
};

// The application, whose own name is "copydesk", or a command of it; with all that is below.
[[nodiscard]] CommandReference read_reference(const CLI::App& app);

// Of "evaluate pairs" the last word.
[[nodiscard]] std::string own_name(const CommandReference& command);

// "copydesk dedup [OPTIONS] INPUT...", without the name of the program.
[[nodiscard]] std::string usage_of(const CommandReference& command);

// The names of an option with its value: "-o, --output FILE".
[[nodiscard]] std::string spelled(const OptionReference& option);

}  // namespace copydesk::tools
