#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Header-only: the programs that make corpora take it, too.

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

namespace copydesk::tools {

// Makes negative counts wrong usage, in `command` and all below it: the parser would wrap -1 round
// to the largest number. To be called when all options are there.
inline void refuse_negative_counts(CLI::App& command) {
  const CLI::Validator not_negative(
      [](std::string& text) {
        return text.starts_with('-') ? std::string("must not be negative") : std::string();
      },
      "");
  for (CLI::Option* option : command.get_options()) {
    const std::string type = option->get_type_name();
    for (const std::string_view count : {"UINT", "COUNT", "UNITS", "NUMBER"}) {
      if (type.starts_with(count)) option->check(not_negative);
    }
  }
  for (CLI::App* inner : command.get_subcommands({})) refuse_negative_counts(*inner);
}

}  // namespace copydesk::tools
