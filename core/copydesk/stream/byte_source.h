#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Bytes in: a file, standard input or a spooled copy of it, plain, gzip, zstd, xz, bzip2 or lz4, recognized by its
// first bytes. Nothing is ever mapped or sought, so pipes work and a file that shrinks while it is
// read ends early instead of ending the program.
//
// Example:
//   std::ofstream("five.txt") << "Rain.";
//   char buffer[16];
//   const auto source = open_byte_source("five.txt");
//   const std::size_t size = source->read(buffer);
//   assert(size == 5 && source->compression() == Compression::kNone);

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace copydesk {

class SpoolFile;

// Of these xz, bzip2 and lz4 are read where their libraries were found when copydesk was built.
enum class Compression { kNone, kGzip, kZstd, kXz, kBzip2, kLz4 };

// "a.jsonl" of "a.jsonl.gz": the name without the ending of a compression, in whatever case.
[[nodiscard]] std::string_view without_compression_ending(std::string_view name);

// What stopped a stream before its proper end. Bytes delivered before it are good, except that
// those of the last gzip member or zstd frame are unverified after "bad checksum".
struct StreamFault {
  std::uint64_t offset = 0;  // in the compressed (raw) stream
  std::string reason;        // "truncated gzip stream", "bad gzip checksum", ...
};

// What identifies the content of a file between two passes over it.
struct FileIdentity {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified_ns = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

// One pass over a stream. Not thread-safe.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills the front of `buffer` and returns how many bytes; 0 only at the end (see fault()). May
  // return fewer bytes than fit. REQUIRES: `buffer` is not empty.
  // Throws Error{kCannotRead} when the system refuses to read on.
  virtual std::size_t read(std::span<char> buffer) = 0;

  // The same for a caller that leaves what it reads where it is, which saves a decoder keeping a
  // history of its own. REQUIRES: all calls on a source are of this kind; `buffer` holds at least
  // kInPlaceBytes; it follows what the last call filled, or begins a new stretch of memory. By then
  // at least kInPlaceHistory bytes of the stretch before, if there is one, were filled. What was
  // filled stays until the next stretch but one begins.
  virtual std::size_t read_in_place(std::span<char> buffer) { return read(buffer); }
  static constexpr std::size_t kInPlaceBytes = std::size_t{128} << 10;
  static constexpr std::size_t kInPlaceHistory = std::size_t{8} << 20;

  // After read() returned 0: what ended the stream early, if anything did.
  [[nodiscard]] virtual const std::optional<StreamFault>& fault() const = 0;

  [[nodiscard]] virtual Compression compression() const = 0;

  // Bytes of the raw (compressed) stream used so far: the measure of progress through a file.
  [[nodiscard]] virtual std::uint64_t raw_offset() const = 0;
};

// Which library inflates gzip. Both give the same bytes and the same faults; ISA-L is about 2.5
// times as fast. kFastest is ISA-L where it was built in.
enum class GzipEngine { kFastest, kIsal, kZlib };

[[nodiscard]] bool is_available(GzipEngine engine);

// Thrown by a read that waits for a pipe or a terminal when ByteSourceOptions::stop becomes true.
struct Interrupted {};

struct ByteSourceOptions {
  // A stream whose output exceeds both limits below ends with a fault (decompression bombs).
  double max_ratio = 1000.0;                  // decompressed bytes per compressed byte ...
  std::uint64_t max_ratio_from = 1ULL << 30;  // ... once this many bytes came out

  // A zstd frame that asks for a window of more than 2^this bytes is a fault. 27 (128 MiB) is what
  // the zstd program itself accepts without --long, and what may be held besides the memory that a
  // run is given; range [10, 31].
  int zstd_window_log_max = 27;

  GzipEngine gzip_engine = GzipEngine::kFastest;

  // If set, a read that has to wait for its bytes ends with Interrupted soon after this is true.
  const std::atomic<bool>* stop = nullptr;
};

// Opens `path`, or standard input for "-" (which is left open afterwards). A file named .gz or .zst
// that is empty or ends within its first four bytes is a truncated stream, not a plain one.
// Throws Error{kCannotOpen}, Error{kCannotRead}, Error{kInvalidOption}.
std::unique_ptr<ByteSource> open_byte_source(const std::string& path,
                                             const ByteSourceOptions& options = {});

// Reads `spool` from its beginning. REQUIRES: `spool` outlives the source.
std::unique_ptr<ByteSource> open_byte_source(const SpoolFile& spool,
                                             const ByteSourceOptions& options = {});

// "-" is standard input. Throws Error{kCannotOpen}.
FileIdentity identify_file(const std::string& path);

}  // namespace copydesk
