#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <atomic>

namespace copydesk::tools {

// Makes SIGINT, SIGTERM and SIGHUP set a flag (a second one ends the program at once) and ignores
// SIGPIPE, so that a closed pipe is an error of write().
void install_signal_handlers();

// Set once a signal asked the program to stop.
[[nodiscard]] const std::atomic<bool>& stop_requested();

// The exit code for the signal that came: kInterrupted or kTerminated.
[[nodiscard]] int signal_exit_code();

}  // namespace copydesk::tools
