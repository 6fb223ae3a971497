// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/raw_reader.h"

namespace copydesk {
namespace {

constexpr std::size_t kCopyBytes = 1 << 20;

}  // namespace

SpoolFile::SpoolFile(int descriptor, const std::string& folder, const std::string& name,
                     const std::atomic<bool>* stop)
    : file_(folder) {
  file_.append({});  // a folder that cannot be written to is found out before anything is read
  // A duplicate, because DescriptorSource closes what it reads from.
  const int duplicate = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (duplicate < 0) {
    throw_cannot_read(errno, name);
  }
  DescriptorSource source(duplicate, name, stop);
  std::vector<char> buffer(kCopyBytes);
  while (const std::size_t count = source.read(buffer)) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Interrupted();
    file_.append(std::as_bytes(std::span(buffer).first(count)));
  }
}

std::size_t SpoolFile::read_at(std::uint64_t offset, std::span<char> buffer) const {
  if (offset >= file_.size()) return 0;
  const std::size_t count = std::min<std::uint64_t>(buffer.size(), file_.size() - offset);
  file_.read(offset, std::as_writable_bytes(buffer.first(count)));
  return count;
}

SpoolFile spool_stream(const std::string& path, const std::string& folder,
                       const std::atomic<bool>* stop) {
  if (path == "-") return SpoolFile(STDIN_FILENO, folder, "standard input", stop);
  // Where we can be stopped, opening a pipe must not wait for a writer; reading does.
  const int kind = stop == nullptr ? 0 : O_NONBLOCK;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | kind);
  if (descriptor < 0) throw_cannot_open(errno, path);
  // Closed when it goes out of scope.
  const DescriptorSource owner(descriptor, path);
  return SpoolFile(descriptor, folder, path, stop);
}

}  // namespace copydesk
