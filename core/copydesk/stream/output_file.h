#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where a sink's bytes go in the end: a temporary file that takes the final name when committed, or
// a descriptor that is written directly. Process 4711 writes kept.jsonl as .kept.jsonl.tmp-4711 in
// the same folder.

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
  // Whether the rename is done, so that the file under the final name is this one.
  [[nodiscard]] bool has_final_name() const { return has_final_name_; }

  // Under which hidden name, beside the file, the process writes what is to be called `name`; after
  // a killed run of the same process number the `attempt`-th (from 1) that is free. Long names are
  // cut: "kept.jsonl" of process 17 is ".kept.jsonl.tmp-17", then ".kept.jsonl.tmp-17-1".
  [[nodiscard]] static std::string temporary_name(std::string_view name, long process,
                                                  int attempt = 0);
  static constexpr int kMostAttempts = 100;

 private:
  void open_temporary(const std::string& folder, unsigned mode);

  std::string path_;       // as given, for messages
  std::string name_;       // final name within the folder; empty if written directly
  std::string temporary_;  // current name within the folder; empty if there is none
  bool has_final_name_ = false;
  int folder_ = -1;
  int descriptor_ = -1;
};

}  // namespace copydesk
