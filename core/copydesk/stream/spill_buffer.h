#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Bytes that are appended once and read again. They stay in memory up to a bound; one byte beyond
// it, all whole chunks of 1 MiB move to an unnamed temporary file and their memory is given back.
// With a bound of 4 MiB and one byte more, the file holds 4 MiB and memory one chunk with that
// byte.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/temporary_file.h"

namespace copydesk {

class SpillBuffer {
 public:
  // `folder` as for TemporaryFile.
  SpillBuffer(std::string folder, std::size_t memory_bytes);

  // Throws Error{kCannotWrite}. Not thread-safe.
  void append(std::span<const std::byte> bytes);

  // Fills `bytes` from `offset`. REQUIRES: offset + bytes.size() <= size(). Throws
  // Error{kCannotRead}. Safe to call from several threads while nothing is appended.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }
  [[nodiscard]] const std::string& folder() const { return file_.folder(); }

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 20;
  using Chunk = std::unique_ptr<std::byte[]>;

  void spill();

  std::size_t memory_bytes_;
  TemporaryFile file_;
  bool spilled_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t chunks_begin_ = 0;   // where chunks_[0] begins; what is before it is in the file
  std::vector<Chunk> chunks_;  // the last one may be partly filled; once spilled, at most one
};

}  // namespace copydesk
