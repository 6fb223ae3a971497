// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "copydesk/error.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOMEM; }

void throw_cannot_open(int error, const std::string& path) {
  throw Error(is_shortage(error) ? ErrorCode::kLimitExceeded : ErrorCode::kCannotOpen,
              "cannot open: " + std::generic_category().message(error), path);
}

void throw_cannot_read(int error, const std::string& path) {
  throw Error(is_shortage(error) ? ErrorCode::kLimitExceeded : ErrorCode::kCannotRead,
              "cannot read: " + std::generic_category().message(error), path);
}

int open_regular_file(const std::string& path, int flags, unsigned mode) {
  const int descriptor =
      ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode);
  if (descriptor < 0) throw_cannot_open(errno, path);
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) return descriptor;
  ::close(descriptor);
  throw Error(ErrorCode::kCorruptFile, "is no regular file; remove it to start over", path);
}

void throw_cannot_write(std::string_view what, int error, const std::string& path) {
  throw Error(ErrorCode::kCannotWrite,
              std::string(what) + ": " + std::generic_category().message(error), path);
}

bool sync_to_disk(int descriptor) {
  return ::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

void sync_folder(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw_cannot_write("cannot open the folder", errno, path);
  const bool is_synced = sync_to_disk(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (!is_synced) throw_cannot_write("cannot sync the folder", error, path);
}

void write_fully(int descriptor, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    // A regular file that accepts nothing without an error is full, whatever the reason.
    const int error = count == 0 ? ENOSPC : errno;
    if (error == EINTR) continue;
    if (error == EAGAIN || error == EWOULDBLOCK) {
      pollfd ready{descriptor, POLLOUT, 0};
      ::poll(&ready, 1, -1);
      continue;
    }
    if (error == EPIPE) throw ClosedPipe();
    throw_cannot_write("cannot write", error, name);
  }
}

std::size_t read_fully_at(int descriptor, std::uint64_t offset, std::span<char> buffer,
                          const std::string& name) {
  std::size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t count = ::pread(descriptor, buffer.data() + done, buffer.size() - done,
                                  static_cast<off_t>(offset + done));
    if (count == 0) break;
    if (count > 0) {
      done += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      throw_cannot_read(errno, name);
    }
  }
  return done;
}

}  // namespace copydesk
