// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/error.h"
#include "copydesk/stream/decoder.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/raw_reader.h"
#include "copydesk/stream/spool.h"

namespace copydesk {
namespace {

class PlainSource : public ByteSource {
 public:
  explicit PlainSource(RawReader raw) : raw_(std::move(raw)) {}
  std::size_t read(std::span<char> buffer) override { return raw_.read(buffer); }
  [[nodiscard]] const std::optional<StreamFault>& fault() const override { return fault_; }
  [[nodiscard]] Compression compression() const override { return Compression::kNone; }
  [[nodiscard]] std::uint64_t raw_offset() const override { return raw_.offset(); }

 private:
  RawReader raw_;
  std::optional<StreamFault> fault_;
};

class SpoolSource : public RawSource {
 public:
  explicit SpoolSource(const SpoolFile& spool) : spool_(spool) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = spool_.read_at(offset_, buffer);
    offset_ += count;
    return count;
  }

 private:
  const SpoolFile& spool_;
  std::uint64_t offset_ = 0;
};

}  // namespace

bool begins_gzip(std::span<const char> bytes) {
  constexpr std::string_view kMagic = "\x1f\x8b";
  const std::size_t count = std::min(bytes.size(), kMagic.size());
  return std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count),
                    kMagic.begin());
}

bool begins_zstd(std::span<const char> bytes) {
  constexpr std::string_view kFrame = "\x28\xb5\x2f\xfd";
  constexpr std::string_view kSkippable = "\x50\x2a\x4d\x18";  // the low 4 bits of 0x50 are free
  const std::size_t count = std::min(bytes.size(), kFrame.size());
  const std::string_view begin(bytes.data(), count);
  if (begin == kFrame.substr(0, count)) return true;
  return (begin[0] & 0xf0) == 0x50 && begin.substr(1) == kSkippable.substr(1, count - 1);
}

bool begins_bzip2(std::span<const char> bytes) {
  const std::string_view begin(bytes.data(), bytes.size());
  if (begin.size() < kBzip2MagicBytes || !begin.starts_with("BZh")) return false;
  // A block, or the end of a stream without any.
  const std::string_view block = begin.substr(4, 6);
  return begin[3] >= '1' && begin[3] <= '9' &&
         (block == "\x31\x41\x59\x26\x53\x59" || block == "\x17\x72\x45\x38\x50\x90");
}

Compression further_compression(std::span<const char> bytes) {
  const std::string_view begin(bytes.data(), bytes.size());
  using namespace std::string_view_literals;
#ifdef COPYDESK_HAVE_LZMA
  if (begin.starts_with("\xfd"
                        "7zXZ\0"sv)) {
    return Compression::kXz;
  }
#endif
#ifdef COPYDESK_HAVE_BZIP2
  if (begins_bzip2(bytes)) return Compression::kBzip2;
#endif
#ifdef COPYDESK_HAVE_LZ4
  if (begin.starts_with("\x04\x22\x4d\x18"sv)) return Compression::kLz4;
#endif
  return Compression::kNone;
}

std::string_view without_compression_ending(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst", ".xz", ".bz2", ".lz4"}) {
    if (ends_ignoring_case(name, ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

std::unique_ptr<ByteSource> decode_stream(std::unique_ptr<RawSource> source,
                                          const std::string& name,
                                          const ByteSourceOptions& options) {
  RawReader raw(std::move(source));
  const std::size_t count = raw.peek(kMostMagicBytes);
  const std::span<const char> begin = raw.available().first(count);
  // An interrupted download of an archive may be too short for its magic number.
  if (count < kZstdMagicBytes && name.ends_with(".zst") && (count == 0 || begins_zstd(begin))) {
    return decode_zstd(std::move(raw), options);
  }
  if (count < kGzipMagicBytes && name.ends_with(".gz") && (count == 0 || begins_gzip(begin))) {
    return decode_gzip(std::move(raw), options);
  }
  if (count >= kGzipMagicBytes && begins_gzip(begin)) return decode_gzip(std::move(raw), options);
  if (count >= kZstdMagicBytes && begins_zstd(begin)) return decode_zstd(std::move(raw), options);
  switch (further_compression(begin)) {
#ifdef COPYDESK_HAVE_LZMA
    case Compression::kXz:
      return decode_xz(std::move(raw), options);
#endif
#ifdef COPYDESK_HAVE_BZIP2
    case Compression::kBzip2:
      return decode_bzip2(std::move(raw), options);
#endif
#ifdef COPYDESK_HAVE_LZ4
    case Compression::kLz4:
      return decode_lz4(std::move(raw), options);
#endif
    default:
      return std::make_unique<PlainSource>(std::move(raw));
  }
}

std::unique_ptr<ByteSource> open_byte_source(const std::string& path,
                                             const ByteSourceOptions& options) {
  if (path == "-") {
    return decode_stream(
        std::make_unique<DescriptorSource>(STDIN_FILENO, "standard input", options.stop), path,
        options);
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) throw_cannot_open(errno, path);
  auto source = std::make_unique<DescriptorSource>(descriptor, path, options.stop);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_cannot_open(errno, path);
  if (S_ISDIR(status.st_mode)) throw_cannot_open(EISDIR, path);
#ifdef POSIX_FADV_SEQUENTIAL
  if (S_ISREG(status.st_mode)) ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
  return decode_stream(std::move(source), path, options);
}

std::unique_ptr<ByteSource> open_byte_source(const SpoolFile& spool,
                                             const ByteSourceOptions& options) {
  return decode_stream(std::make_unique<SpoolSource>(spool), "-", options);
}

FileIdentity identify_file(const std::string& path) {
  struct stat status {};
  const int result = path == "-" ? ::fstat(STDIN_FILENO, &status) : ::stat(path.c_str(), &status);
  if (result != 0) throw_cannot_open(errno, path);
#ifdef __APPLE__
  const timespec& modified = status.st_mtimespec;
#else
  const timespec& modified = status.st_mtim;
#endif
  return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
          static_cast<std::uint64_t>(status.st_size),
          static_cast<std::int64_t>(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec};
}

}  // namespace copydesk
