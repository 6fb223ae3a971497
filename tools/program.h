#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The whole command line: what main() of the program does, and what the Python package's console
// script does within Python.

namespace copydesk::tools {

// Returns the exit code. Handles signals from then on; messages go to standard error. At most once
// in a process.
int run_program(int argc, char** argv);

}  // namespace copydesk::tools
