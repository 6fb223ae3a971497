// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"

namespace copydesk {
namespace {

constexpr unsigned kNewFileMode = 0666;  // less the umask

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path) {
  if (path == "-" || path == "/dev/stdout") {
    descriptor_ = STDOUT_FILENO;
    return;
  }
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) throw_cannot_write("cannot write", errno, path);
  if (exists && S_ISDIR(status.st_mode)) throw_cannot_write("cannot write", EISDIR, path);
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor_ < 0) throw_cannot_write("cannot write", errno, path);
    return;
  }
  std::filesystem::path target(path);
  if (exists) {
    // Replace the file a link points to, not the link.
    std::error_code error;
    target = std::filesystem::canonical(target, error);
    if (error) throw_cannot_write("cannot write", error.value(), path);
  } else if (::lstat(path.c_str(), &status) == 0) {
    throw Error(ErrorCode::kCannotWrite, "is a link to a file that does not exist", path);
  }
  name_ = target.filename().string();
  if (name_.empty()) throw_cannot_write("cannot write", EISDIR, path);
  const std::string folder = target.parent_path().string();
  open_temporary(folder.empty() ? "." : folder, exists ? status.st_mode & 07777 : 0);
}

// `mode` is that of the file to be replaced, 0 for a new one.
void OutputFile::open_temporary(const std::string& folder, unsigned mode) {
  folder_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) throw_cannot_write("cannot open its folder", errno, path_);
  int error = EEXIST;
  for (int attempt = 0; attempt < kMostAttempts && error == EEXIST; ++attempt) {
    // A file of that name may be left from a killed run with the same process id.
    std::string name = temporary_name(name_, ::getpid(), attempt);
    descriptor_ = ::openat(folder_, name.c_str(),
                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kNewFileMode);
    if (descriptor_ >= 0) {
      temporary_ = std::move(name);
      if (mode != 0) static_cast<void>(::fchmod(descriptor_, mode));
      return;
    }
    error = errno;
  }
  ::close(folder_);
  throw_cannot_write("cannot create a file beside it", error, path_);
}

std::string OutputFile::temporary_name(std::string_view name, long process, int attempt) {
  // Leaves room for the rest of the name within the usual 255 bytes.
  constexpr std::size_t kMostOfName = 200;
  std::string temporary = ".";
  temporary += name.substr(0, kMostOfName);
  temporary += ".tmp-" + std::to_string(process);
  if (attempt > 0) temporary += "-" + std::to_string(attempt);
  return temporary;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0 && descriptor_ != STDOUT_FILENO) ::close(descriptor_);
  if (!temporary_.empty()) ::unlinkat(folder_, temporary_.c_str(), 0);
  if (folder_ >= 0) ::close(folder_);
}

void OutputFile::write(std::string_view bytes) {
  write_fully(descriptor_, bytes, path_);
}

void OutputFile::finish() {
  if (name_.empty()) return;
  if (!sync_to_disk(descriptor_)) throw_cannot_write("cannot sync", errno, path_);
  // Network file systems may report a failed write only now.
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0 && errno != EINTR) throw_cannot_write("cannot close", errno, path_);
}

void OutputFile::commit() {
  if (name_.empty()) return;
  if (::renameat(folder_, temporary_.c_str(), folder_, name_.c_str()) != 0) {
    throw_cannot_write("cannot rename the finished file", errno, path_);
  }
  temporary_.clear();
  has_final_name_ = true;
  if (!sync_to_disk(folder_)) throw_cannot_write("cannot sync its folder", errno, path_);
}

}  // namespace copydesk
