#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The raw bytes beneath a ByteSource, with the little looking ahead and stepping back that
// recognizing and decoding archives needs.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace copydesk {

// Raw bytes in order. Tests put sources of their own here.
class RawSource {
 public:
  virtual ~RawSource() = default;
  // 0 only at the end. Throws Error{kCannotRead}. REQUIRES: `buffer` is not empty.
  virtual std::size_t read(std::span<char> buffer) = 0;
};

// Reads from a file descriptor, and closes it when it is not standard input. Interrupted calls are
// repeated; a descriptor that would block is waited for, but no longer than until `stop` is true:
// then Interrupted is thrown.
class DescriptorSource : public RawSource {
 public:
  // `name` is for error messages. REQUIRES: `stop` is null or outlives this object.
  DescriptorSource(int descriptor, std::string name, const std::atomic<bool>* stop = nullptr);
  ~DescriptorSource() override;
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;
  std::size_t read(std::span<char> buffer) override;

 private:
  void wait() const;

  int descriptor_;
  std::string name_;
  const std::atomic<bool>* stop_;  // null where reads do not wait
};

class RawReader {
 public:
  // At most this many consumed bytes can be given back by unread().
  static constexpr std::size_t kHistory = 8;

  explicit RawReader(std::unique_ptr<RawSource> source);

  // Makes room for `capacity` bytes at once; without it the buffer only suits peeking.
  void reserve(std::size_t capacity);

  // The bytes at hand, possibly none.
  [[nodiscard]] std::span<const char> available() const {
    return {buffer_.data() + begin_, end_ - begin_};
  }

  // Reads on if nothing is at hand. False at the end of the stream.
  bool fill();

  // Reads until `count` bytes are at hand or the stream ends; returns how many there are.
  // REQUIRES: count <= 32, or no more than was reserved.
  std::size_t peek(std::size_t count);

  // REQUIRES: count <= available().size()
  void consume(std::size_t count);

  // Gives back the last bytes consumed. REQUIRES: count <= kHistory, and as many were consumed
  // since the last unread().
  void unread(std::size_t count);

  // Moves bytes to `buffer` past our own buffer where possible; 0 only at the end.
  std::size_t read(std::span<char> buffer);

  // Bytes consumed so far.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

 private:
  bool read_more();

  std::unique_ptr<RawSource> source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
  bool at_end_ = false;
};

}  // namespace copydesk
