#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The subcommands. Each function adds one to `app`; when the user chose it, its callback runs it and
// sets `exit_code`. Errors are thrown and become messages in main().

namespace CLI {
class App;
}

namespace copydesk::tools {

void add_dedup_command(CLI::App& app, int& exit_code);
void add_pairs_command(CLI::App& app, int& exit_code);
void add_extract_command(CLI::App& app, int& exit_code);
void add_filter_command(CLI::App& app, int& exit_code);
void add_compare_command(CLI::App& app, int& exit_code);
void add_summarize_command(CLI::App& app, int& exit_code);
void add_reuse_command(CLI::App& app, int& exit_code);
void add_evaluate_command(CLI::App& app, int& exit_code);
void add_blocks_command(CLI::App& app, int& exit_code);
void add_decontaminate_command(CLI::App& app, int& exit_code);
void add_split_command(CLI::App& app, int& exit_code);
void add_restore_command(CLI::App& app, int& exit_code);
void add_index_command(CLI::App& app, int& exit_code);
void add_serve_command(CLI::App& app, int& exit_code);
void add_why_command(CLI::App& app, int& exit_code);

}  // namespace copydesk::tools
