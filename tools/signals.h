#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Ctrl-C and kill, as a flag that runs look at between batches and within long records: the first
// signal lets the run clean up and end with 130 or 143, the second ends the program on the spot.

#include <atomic>

namespace copydesk::tools {

// Makes SIGINT, SIGTERM and SIGHUP set a flag (a second one ends the program at once), except those
// the program was started to ignore, and ignores SIGPIPE and SIGXFSZ, so that a closed pipe and a
// limit on the size of files are errors of write().
void install_signal_handlers();

// Set once a signal asked the program to stop.
[[nodiscard]] const std::atomic<bool>& stop_requested();

// The exit code for the signal that came: kInterrupted or kTerminated.
[[nodiscard]] int signal_exit_code();

}  // namespace copydesk::tools
