// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/frame_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cerrno>
#include <cstring>
#include <span>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"

namespace copydesk {

namespace {

constexpr char kFileHead[8] = {'c', 'p', 'y', 'd', 's', 'k', 0, 1};
constexpr std::uint32_t kFrameMagic = 0x46726d65;

std::uint64_t checksum_of(std::uint32_t kind, std::string_view payload) {
  return XXH3_64bits_withSeed(payload.data(), payload.size(),
                              (std::uint64_t{kind} << 40) ^ payload.size());
}

}  // namespace

FrameLog::FrameLog(std::string path) : path_(std::move(path)) {
  descriptor_ = open_regular_file(path_, O_RDWR | O_CREAT);
  char head[sizeof kFileHead] = {};
  const std::size_t found = read_fully_at(descriptor_, 0, head, path_);
  // A file shorter than its head was just being created when the program ended.
  const bool complete = found == sizeof head;
  if (std::memcmp(head, kFileHead, complete ? sizeof head : found) != 0) {
    ::close(descriptor_);
    throw Error(ErrorCode::kCorruptFile,
                "is no checkpoint of this version of copydesk; remove it to start over", path_);
  }
  if (!complete) clear();
  place_ = sizeof kFileHead;
}

FrameLog::~FrameLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FrameLog::clear() {
  if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0) {
    throw Error(ErrorCode::kCannotWrite, std::strerror(errno), path_);
  }
  write_fully(descriptor_, {kFileHead, sizeof kFileHead}, path_);
  place_ = sizeof kFileHead;
  appending_ = true;
}

bool FrameLog::read_head(std::uint64_t offset, Head& head) const {
  const std::span<char> bytes(reinterpret_cast<char*>(&head), sizeof head);
  return read_fully_at(descriptor_, offset, bytes, path_) == sizeof head &&
         head.magic == kFrameMagic;
}

bool FrameLog::read(Frame& frame) {
  Head head;
  if (!read_head(place_, head)) return false;
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) {
    throw Error(ErrorCode::kCannotRead, std::strerror(errno), path_);
  }
  const std::uint64_t begin = place_ + sizeof head;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (head.size > size - begin) return false;
  frame.kind = head.kind;
  frame.payload.resize(head.size);
  if (read_fully_at(descriptor_, begin, frame.payload, path_) != head.size) return false;
  if (checksum_of(frame.kind, frame.payload) != head.checksum) {
    // The last frame may have reached the disk in part. A sound one behind it says otherwise.
    Head next;
    if (!read_head(begin + head.size, next)) return false;
    throw Error(ErrorCode::kCorruptFile, "is damaged; remove it to start over", path_);
  }
  place_ = begin + head.size;
  return true;
}

void FrameLog::append(std::uint32_t kind, std::string_view payload) {
  if (!appending_) {
    if (::ftruncate(descriptor_, static_cast<off_t>(place_)) != 0 ||
        ::lseek(descriptor_, static_cast<off_t>(place_), SEEK_SET) < 0) {
      throw Error(ErrorCode::kCannotWrite, std::strerror(errno), path_);
    }
    appending_ = true;
  }
  const Head head{kFrameMagic, kind, payload.size(), checksum_of(kind, payload)};
  write_fully(descriptor_, {reinterpret_cast<const char*>(&head), sizeof head}, path_);
  write_fully(descriptor_, payload, path_);
  place_ += sizeof head + payload.size();
}

void FrameLog::sync() {
  if (::fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
    throw Error(ErrorCode::kCannotWrite, std::strerror(errno), path_);
  }
}

}  // namespace copydesk
