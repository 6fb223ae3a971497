// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/raw_reader.h"

namespace copydesk {
namespace {

constexpr std::size_t kCopyBytes = 1 << 20;

// mkstemp would do, but it neither refuses links nor closes on exec.
int create_unnamed_file(const std::string& folder) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const std::string path =
        folder + "/.copydesk-spool-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    const int descriptor =
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
      ::unlink(path.c_str());
      return descriptor;
    }
    if (errno != EEXIST) break;
  }
  throw Error(ErrorCode::kCannotWrite,
              "cannot create a file for a copy of standard input: " +
                  std::generic_category().message(errno),
              folder);
}

}  // namespace

SpoolFile::SpoolFile(int descriptor, const std::string& folder)
    : descriptor_(create_unnamed_file(folder)) {
  // A duplicate, because DescriptorSource closes what it reads from.
  const int duplicate = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (duplicate < 0) {
    const int error = errno;
    ::close(descriptor_);
    throw Error(ErrorCode::kCannotRead, "cannot read: " + std::generic_category().message(error),
                "standard input");
  }
  DescriptorSource source(duplicate, "standard input");
  std::vector<char> buffer(kCopyBytes);
  try {
    while (const std::size_t count = source.read(buffer)) {
      write_fully(descriptor_, {buffer.data(), count}, folder);
      size_ += count;
    }
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

SpoolFile::~SpoolFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

SpoolFile& SpoolFile::operator=(SpoolFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

std::size_t SpoolFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  return read_fully_at(descriptor_, offset, buffer, "standard input");
}

SpoolFile spool_standard_input(const std::string& folder) {
  return SpoolFile(STDIN_FILENO, folder);
}

}  // namespace copydesk
