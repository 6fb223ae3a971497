#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A file that bears its final name only when it is complete, or standard output.

#include <string>
#include <string_view>

namespace copydesk::datasets {

class OutputFile {
 public:
  // "-" is standard output; anything else is written to ".NAME.tmp-PID" beside it first. Throws
  // Error{kCannotWrite}.
  explicit OutputFile(std::string path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  // Without commit() before it, removes what was written.
  ~OutputFile();

  // Throws Error{kCannotWrite}; ClosedOutput when the reader of standard output has gone.
  void write(std::string_view bytes);
  // Syncs and renames. Call once, last.
  void commit();

 private:
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

// The reader of our standard output has gone; a program ends quietly with 0.
struct ClosedOutput {};

}  // namespace copydesk::datasets
