#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>

namespace copydesk::tools {

// Adds `evaluate` with its measures (pairs, clusters, passages, blocks, text, segments, rouge) to
// the program. Parsing runs the one that was asked for, which writes its report and sets
// `exit_code` to 0, or to 3 if records were skipped; it throws Error for what ends the run.
// `exit_code` must outlive the parsing.
void add_evaluate_command(CLI::App& app, int& exit_code);

}  // namespace copydesk::tools
