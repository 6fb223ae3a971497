#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The options that say what evaluation sets are made of, in reuse and decontaminate alike.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace copydesk::tools {

// Where the values go: members of the command's options.
struct AgainstFields {
  std::vector<std::string>& inputs;
  std::string& text;
  std::string& answer;
  std::string& id;
  std::string& set;
};

// Adds --against with `help`, and the options for its fields.
void add_against_options(CLI::App& command, const AgainstFields& fields, const char* help);

}  // namespace copydesk::tools
