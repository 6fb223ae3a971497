#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What --help prints: usage, options by group with their defaults, examples. Lines are wrapped at the
// width of the terminal, at 80 columns where there is none, and never beyond 100.

#include <cstddef>
#include <memory>
#include <string>

#include "command_reference.h"

namespace CLI {
class FormatterBase;
}

namespace copydesk::tools {

// `width` in columns, at least 60. Descriptions begin at column 30; examples are left as they are.
[[nodiscard]] std::string help_text(const CommandReference& command, std::size_t width);

// Makes help_text() the help of an application and of all commands that are added to it later.
[[nodiscard]] std::shared_ptr<CLI::FormatterBase> make_help_formatter();

}  // namespace copydesk::tools
