#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A file of which parts are read again, in any order.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace copydesk {

class SpoolFile;

class RandomAccessFile {
 public:
  // Throws Error{kCannotOpen}.
  explicit RandomAccessFile(const std::string& path);

  // REQUIRES: `spool` outlives this object.
  explicit RandomAccessFile(const SpoolFile& spool);

  ~RandomAccessFile();
  RandomAccessFile(const RandomAccessFile&) = delete;
  RandomAccessFile& operator=(const RandomAccessFile&) = delete;

  // Whether the file begins as gzip or zstd do, so that its offsets are not those of its text.
  [[nodiscard]] bool is_compressed() const;

  // In bytes, as it was when asked. Throws Error{kCannotRead}.
  [[nodiscard]] std::uint64_t size() const;

  // Fills `buffer` from `offset` as far as the file reaches, and returns how many bytes.
  // Thread-safe. Throws Error{kCannotRead}.
  std::size_t read_at(std::uint64_t offset, std::span<char> buffer) const;

 private:
  const SpoolFile* spool_ = nullptr;
  int descriptor_ = -1;
  std::string path_;
};

}  // namespace copydesk
