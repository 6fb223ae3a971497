#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The commands below `index`, as in command.h.

namespace CLI {
class App;
}

namespace copydesk::tools {

// create, add, query.
void add_index_corpus_commands(CLI::App& index, int& exit_code);

}  // namespace copydesk::tools
