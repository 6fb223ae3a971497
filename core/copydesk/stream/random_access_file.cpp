// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/random_access_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>

#include "copydesk/stream/decoder.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/spool.h"

namespace copydesk {

RandomAccessFile::RandomAccessFile(const std::string& path)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)), path_(path) {
  if (descriptor_ < 0) throw_cannot_open(errno, path);
}

RandomAccessFile::RandomAccessFile(const SpoolFile& spool) : spool_(&spool) {}

RandomAccessFile::~RandomAccessFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool RandomAccessFile::is_compressed() const {
  std::array<char, kMostMagicBytes> begin{};
  const std::size_t count = read_at(0, begin);
  if (further_compression(std::span(begin).first(count)) != Compression::kNone) return true;
  return (count >= kGzipMagicBytes && begins_gzip(begin)) ||
         (count >= kZstdMagicBytes && begins_zstd(begin));
}

std::uint64_t RandomAccessFile::size() const {
  if (spool_ != nullptr) return spool_->size();
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw_cannot_read(errno, path_);
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t RandomAccessFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  if (spool_ != nullptr) return spool_->read_at(offset, buffer);
  return read_fully_at(descriptor_, offset, buffer, path_);
}

}  // namespace copydesk
