#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What an unfinished run leaves behind, so that the same command can go on where it ended: a folder
// in the work folder, named after the command, its inputs and its outputs.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/run/output_set.h"
#include "copydesk/stream/frame_log.h"

namespace copydesk {

// What makes a run the same run. Options that do not change the result (threads, memory) are left
// out.
struct RunIdentity {
  std::string command;
  std::vector<Input> inputs;
  std::vector<std::string> outputs;        // "-" and empty names stand for themselves
  std::vector<WantedOutput> other_outputs;  // files that do not tell runs apart
  std::vector<std::pair<std::string, std::string>> options;  // name and value
};

class Checkpoint {
 public:
  // Opens the folder of this run in `work_folder`, or creates it, and locks it until the object or
  // the process ends. Removes the temporary files of outputs that a killed process left. Throws
  // Error{kInvalidOption} if there is an unfinished run and `resume` is false, or if that run had
  // other options or its inputs have changed since; Error{kCannotOpen} if another process is at
  // work there. REQUIRES: no input is standard input.
  Checkpoint(const std::string& work_folder, const RunIdentity& identity, bool resume);
  ~Checkpoint();
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  // Whether there was an unfinished run.
  [[nodiscard]] bool resumed() const { return resumed_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }

  // Whether anything has been left for a later run.
  [[nodiscard]] bool holds_work() const;

  // A file of the checkpoint. Throws as FrameLog does.
  [[nodiscard]] std::unique_ptr<FrameLog> open(const std::string& name) const;

  // The run has succeeded: removes the folder.
  void remove();

 private:
  Checkpoint() = default;
  // Returns the number of the process that held the lock before, 0 if there was none.
  long lock();
  void compare_options(const std::string& wanted) const;

  std::string folder_;
  bool resumed_ = false;
  int lock_ = -1;
};

}  // namespace copydesk
