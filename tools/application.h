#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The command line as a whole, for the program that runs it and for the one that writes its
// reference.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace copydesk::tools {

// All commands with their options. The command that parse() runs sets `exit_code`, which must
// outlive the application.
[[nodiscard]] std::unique_ptr<CLI::App> make_application(int& exit_code);

// The long names of a command's options, without "--".
[[nodiscard]] std::vector<std::string> long_names(const CLI::App& command);

}  // namespace copydesk::tools
