// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/raw_reader.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/descriptor.h"

namespace copydesk {
namespace {

// A first read of this size recognizes a stream without costing a plain file a copy of its bytes.
constexpr std::size_t kPeekCapacity = 64;

// How often a waiting read looks whether it should stop.
constexpr int kLookMilliseconds = 100;

bool may_wait(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

DescriptorSource::DescriptorSource(int descriptor, std::string name, const std::atomic<bool>* stop)
    : descriptor_(descriptor),
      name_(std::move(name)),
      stop_(stop != nullptr && may_wait(descriptor) ? stop : nullptr) {}

DescriptorSource::~DescriptorSource() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

// A signal may reach any thread, so a read cannot count on being interrupted by it.
void DescriptorSource::wait() const {
  pollfd ready{descriptor_, POLLIN, 0};
  while (::poll(&ready, 1, kLookMilliseconds) <= 0) {
    if (stop_->load(std::memory_order_relaxed)) throw Interrupted();
  }
}

std::size_t DescriptorSource::read(std::span<char> buffer) {
  for (;;) {
    if (stop_ != nullptr) wait();
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd ready{descriptor_, POLLIN, 0};
      ::poll(&ready, 1, -1);
      continue;
    }
    throw_cannot_read(errno, name_);
  }
}

RawReader::RawReader(std::unique_ptr<RawSource> source)
    : source_(std::move(source)),
      buffer_(kHistory + kPeekCapacity),
      begin_(kHistory),
      end_(kHistory) {}

void RawReader::reserve(std::size_t capacity) {
  buffer_.resize(std::max(buffer_.size(), kHistory + capacity));
}

// Keeps the bytes at hand and the history before them, at the front of the buffer.
bool RawReader::read_more() {
  if (at_end_) return false;
  // After unread() there may be less history than the usual.
  const std::size_t kept = std::min<std::uint64_t>({kHistory, begin_, offset_});
  const std::size_t left = end_ - begin_;
  std::memmove(buffer_.data() + kHistory - kept, buffer_.data() + begin_ - kept, kept + left);
  begin_ = kHistory;
  end_ = begin_ + left;
  assert(end_ < buffer_.size());
  const std::size_t count = source_->read({buffer_.data() + end_, buffer_.size() - end_});
  end_ += count;
  at_end_ = count == 0;
  return !at_end_;
}

bool RawReader::fill() {
  return begin_ != end_ || read_more();
}

std::size_t RawReader::peek(std::size_t count) {
  assert(count <= std::max(kPeekCapacity / 2, buffer_.size() - kHistory));
  while (end_ - begin_ < count && read_more()) {
  }
  return std::min(count, end_ - begin_);
}

void RawReader::consume(std::size_t count) {
  assert(count <= end_ - begin_);
  begin_ += count;
  offset_ += count;
}

void RawReader::unread(std::size_t count) {
  assert(count <= kHistory && count <= offset_ && count <= begin_);
  begin_ -= count;
  offset_ -= count;
}

std::size_t RawReader::read(std::span<char> buffer) {
  if (begin_ == end_) {
    if (at_end_) return 0;
    const std::size_t count = source_->read(buffer);
    at_end_ = count == 0;
    offset_ += count;
    return count;
  }
  const std::size_t count = std::min(buffer.size(), end_ - begin_);
  std::memcpy(buffer.data(), buffer_.data() + begin_, count);
  consume(count);
  return count;
}

}  // namespace copydesk
