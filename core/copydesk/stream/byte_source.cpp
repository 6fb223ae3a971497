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

std::unique_ptr<ByteSource> decode_stream(std::unique_ptr<RawSource> source,
                                          const std::string& name,
                                          const ByteSourceOptions& options) {
  RawReader raw(std::move(source));
  const std::size_t count = raw.peek(kZstdMagicBytes);
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
  return std::make_unique<PlainSource>(std::move(raw));
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
