#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Bytes in: a file or standard input, plain, gzip or zstd, recognised by its first bytes.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace copydesk {

enum class Compression { kNone, kGzip, kZstd };

// What stopped a stream before its proper end. Bytes delivered before it are good.
struct StreamFault {
  std::uint64_t offset = 0;  // in the compressed (raw) stream
  std::string reason;        // "truncated gzip stream", "bad checksum", "garbage after the last frame"
};

// What identifies the content of a file between two passes over it.
struct FileIdentity {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified_ns = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills the front of `buffer` and returns how many bytes; 0 only at the end (see fault()).
  // Throws Error{kCannotRead} when the system refuses to read on.
  virtual std::size_t read(std::span<char> buffer) = 0;

  // After read() returned 0: what ended the stream early, if anything did.
  [[nodiscard]] virtual const std::optional<StreamFault>& fault() const = 0;

  [[nodiscard]] virtual Compression compression() const = 0;
};

struct ByteSourceOptions {
  // A stream whose output exceeds both limits below ends with a fault (decompression bombs).
  double max_ratio = 1000.0;                      // decompressed bytes per compressed byte ...
  std::uint64_t max_ratio_from = 1ULL << 30;      // ... once this many bytes came out
};

// Opens `path`, or standard input for "-". Throws Error{kCannotOpen}.
std::unique_ptr<ByteSource> open_byte_source(const std::string& path,
                                             const ByteSourceOptions& options = {});

// Throws Error{kCannotOpen}.
FileIdentity identify_file(const std::string& path);

}  // namespace copydesk
