#include "copydesk/stream/temporary_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "copydesk/error.h"

namespace copydesk {

namespace {

std::string default_folder() {
  const char* const folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

int create_unnamed(const std::string& folder) {
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
    return descriptor;
  }
  // Some file systems have no unnamed files: create one and take its name away.
  std::string name = folder + "/.copydesk-XXXXXX";
  descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

TemporaryFile::TemporaryFile(std::string folder)
    : folder_(folder.empty() ? default_folder() : std::move(folder)) {}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : folder_(std::move(other.folder_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t TemporaryFile::append(std::span<const std::byte> bytes) {
  if (descriptor_ < 0) {
    descriptor_ = create_unnamed(folder_);
    if (descriptor_ < 0) {
      throw Error(ErrorCode::kCannotWrite,
                  std::string("cannot create a temporary file: ") + std::strerror(errno), folder_);
    }
  }
  const std::uint64_t start = size_;
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0) {
      if (errno == EINTR) continue;
      throw Error(ErrorCode::kCannotWrite,
                  std::string("cannot write a temporary file: ") + std::strerror(errno), folder_);
    }
    size_ += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return start;
}

void TemporaryFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      throw Error(ErrorCode::kCannotRead,
                  got == 0 ? std::string("a temporary file ended early")
                           : std::string("cannot read a temporary file: ") + std::strerror(errno),
                  folder_);
    }
    offset += static_cast<std::uint64_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace copydesk
