#include "copydesk/stream/temporary_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"

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

TemporaryFile& TemporaryFile::operator=(TemporaryFile&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

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
  write_fully(descriptor_, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, folder_);
  size_ += bytes.size();
  return start;
}

void TemporaryFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  const std::span<char> buffer(reinterpret_cast<char*>(bytes.data()), bytes.size());
  if (read_fully_at(descriptor_, offset, buffer, folder_) != buffer.size()) {
    throw Error(ErrorCode::kCannotRead, "a temporary file ended early", folder_);
  }
}

}  // namespace copydesk
