#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Bytes out: a file that bears its final name only when complete, or standard output.
//
// A sink that is destroyed without commit() removes its temporary file, also while an exception
// passes. A program that turns SIGINT and SIGTERM into a flag, and ends by unwinding, therefore
// leaves nothing behind and needs no list of open files. After kill -9 a file ".NAME.tmp-PID" may
// remain; its name is hidden, so folders given as input do not pick it up.

#include <memory>
#include <string>
#include <string_view>

namespace copydesk {

// Not thread-safe.
class ByteSink {
 public:
  // Without commit() before it, removes what was written so far.
  virtual ~ByteSink() = default;

  // Throws Error{kCannotWrite}; for a pipe closed by its reader, ClosedPipe. After either, only
  // destroy the sink. The program must ignore SIGPIPE.
  virtual void write(std::string_view bytes) = 0;

  // Brings all bytes to where they go; only the final name, which takes no space, is left to
  // commit(). At most once, and nothing is written after it. Throws like write().
  virtual void finish() = 0;

  // Finishes, if finish() was not called, and renames to the final name; then syncs the folder.
  // Call exactly once, last. Throws like write().
  virtual void commit() = 0;

  // Whether the rename of commit() is done; it may have thrown behind it. Always false for what is
  // written directly.
  [[nodiscard]] virtual bool has_final_name() const = 0;
};

// Thrown when the reader of our standard output has gone; the program ends quietly with 0.
struct ClosedPipe {};

// "-" and "/dev/stdout" are standard output. A name that ends in .gz or .zst, in whatever
// case, is compressed so (gzip
// level 6 without time or name; zstd level 3 with checksum, one frame, one thread: the same bytes
// for the same content however it was cut into calls of write()). The file is written to
// ".NAME.tmp-PID" in the same folder and renamed by commit(). A link to a file is followed and the
// file replaced. What exists and is not a regular file (/dev/null, a FIFO) is written directly.
// Throws Error{kCannotWrite}.
std::unique_ptr<ByteSink> open_byte_sink(const std::string& path);

// The same for bytes that are compressed already, whatever the name ends in.
std::unique_ptr<ByteSink> open_packed_byte_sink(const std::string& path);

}  // namespace copydesk
