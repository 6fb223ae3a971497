#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A file of checksummed frames that survives the end of the program at any moment: what was
// appended before is found again, a frame that was cut off is dropped.
//
// Layout: 8 bytes "cpydsk" and a version; then frames of a 24-byte head (magic, kind, size of the
// payload, XXH3-64 of kind, size and payload) and the payload. Little-endian.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk {

class FrameLog {
 public:
  struct Frame {
    std::uint32_t kind = 0;
    std::string payload;
  };

  // Opens the file, or creates it. Throws Error{kCannotOpen}, Error{kCannotWrite}, and
  // Error{kCorruptFile} if it is no such file or one of another version.
  explicit FrameLog(std::string path);
  ~FrameLog();
  FrameLog(const FrameLog&) = delete;
  FrameLog& operator=(const FrameLog&) = delete;

  // The next frame of those there are; false behind the last whole one, from where append() goes
  // on. Throws Error{kCorruptFile} if a frame in the midst of others is damaged.
  bool read(Frame& frame);

  // Cuts off what has not been read and appends. Throws Error{kCannotWrite}.
  void append(std::uint32_t kind, std::string_view payload);

  // Waits until everything appended is on the disk. Throws Error{kCannotWrite}.
  void sync();

  // Forgets all frames.
  void clear();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct Head {
    std::uint32_t magic = 0;
    std::uint32_t kind = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
  };

  [[nodiscard]] bool read_head(std::uint64_t offset, Head& head) const;

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t place_ = 0;  // behind the last frame read or appended
  bool appending_ = false;
};

}  // namespace copydesk
