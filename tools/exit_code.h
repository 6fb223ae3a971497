#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the program ends with, so that scripts can tell a run that failed from one that skipped
// records: 3 after 999,999 good records and a bad one, 1 where none could be read.

namespace copydesk::tools {

// A reader that closes our standard output early is success.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,         // the run ended early; no output bears its final name
  kWrongUsage = 2,     // an option or argument is wrong; nothing was read
  kDoneWithFaults = 3, // done, but records were skipped: each was counted and reported
  kInterrupted = 130,  // SIGINT
  kTerminated = 143,   // SIGTERM
};

}  // namespace copydesk::tools
