#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where a sink's bytes go in the end: a temporary file that takes the final name when committed, or
// a descriptor that is written directly.

#include <string>
#include <string_view>

namespace copydesk {

class OutputFile {
 public:
  // As open_byte_sink(), compression aside.
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  // Syncs and closes what is to take a final name. Once, before commit().
  void finish();
  void commit();

 private:
  void open_temporary(const std::string& folder, unsigned mode);

  std::string path_;       // as given, for messages
  std::string name_;       // final name within the folder; empty if written directly
  std::string temporary_;  // current name within the folder; empty if there is none
  int folder_ = -1;
  int descriptor_ = -1;
};

}  // namespace copydesk
