#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A file without a name in a folder of the caller's choice: it vanishes with the object or the
// process, whatever ends it. It is created by the first append: one of 100 bytes returns the offset
// 0, the next one 100.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace copydesk {

class TemporaryFile {
 public:
  // An empty folder means $TMPDIR, or the system's folder for temporary files.
  explicit TemporaryFile(std::string folder);
  ~TemporaryFile();
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&& other) noexcept;

  // Appends and returns the offset of the first byte. Throws Error{kCannotWrite}. Not thread-safe.
  std::uint64_t append(std::span<const std::byte> bytes);

  // Fills `bytes` from `offset`. Throws Error{kCannotRead}. Safe to call from several threads while
  // nothing is appended.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace copydesk
