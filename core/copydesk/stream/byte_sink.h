#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Bytes out: a file that bears its final name only when complete, or standard output.

#include <memory>
#include <string>
#include <string_view>

namespace copydesk {

class ByteSink {
 public:
  // Without commit() before it, removes what was written so far.
  virtual ~ByteSink() = default;

  // Throws Error{kCannotWrite}; for standard output closed by the reader, ClosedPipe.
  virtual void write(std::string_view bytes) = 0;

  // Flushes, syncs and renames to the final name; then syncs the folder. Call exactly once, last.
  virtual void commit() = 0;
};

// Thrown when the reader of our standard output has gone; the program ends quietly with 0.
struct ClosedPipe {};

// "-" is standard output. A name that ends in .gz or .zst is compressed so. The file is written to
// ".NAME.tmp-PID" in the same folder and renamed by commit().
std::unique_ptr<ByteSink> open_byte_sink(const std::string& path);

}  // namespace copydesk
