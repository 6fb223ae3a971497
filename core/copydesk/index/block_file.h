#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The files of an index: bytes in blocks, each with a checksum that is bound to its file and its place,
// between a header of 64 bytes and a footer. A block that stands where another belongs is found out, and
// so is a file of another segment, a file that was cut off, and one of another version.
//
//   header   magic "CDKX\r\n\x1a\n", version, byte order, kind, block size, segment, parameters,
//            XXH3-64 of these 56 bytes
//   payload  any bytes
//   footer   XXH3-64 of each block, seeded with segment, kind and number; then 32 bytes: size of the
//            payload, XXH3-64 of the table, XXH3-64 of header and the two before, magic
//
// A payload of 10,000 bytes in blocks of 4,096 has three checksums; the file has 64 + 10,000 + 24 + 32
// bytes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/kernels/content_hash.h"

namespace copydesk {

inline constexpr std::uint16_t kIndexMajor = 2;  // another one is refused
inline constexpr std::uint16_t kIndexMinor = 0;  // a later one is read, what it added is ignored

enum class IndexFileKind : std::uint32_t {
  kDocuments = 1,
  kIds,
  kKeys,
  kNotes,
  kSets,
  kSetPlaces,
  kTexts,
  kTextPlaces,
  kRemovals,
};

// What a file of an index must say of itself.
struct IndexFileIdentity {
  IndexFileKind kind = IndexFileKind::kDocuments;
  std::uint64_t segment = 0;
  ContentHash parameters;  // of the index
};

// By which a manifest knows a file.
struct IndexFileSeal {
  std::uint64_t bytes = 0;     // of the whole file
  std::uint64_t checksum = 0;  // of its footer, which holds those of all blocks
  friend bool operator==(const IndexFileSeal&, const IndexFileSeal&) = default;
};

// Not thread-safe.
class BlockFileWriter {
 public:
  // Creates a file that must not exist. Throws Error{kCannotWrite}, as all below do. Without finish()
  // the file is left as it is: it stands in a folder that nobody reads.
  BlockFileWriter(std::string path, const IndexFileIdentity& identity, std::size_t block_bytes);
  ~BlockFileWriter();
  BlockFileWriter(const BlockFileWriter&) = delete;
  BlockFileWriter& operator=(const BlockFileWriter&) = delete;

  void append(std::string_view bytes);
  // Of the payload, so far.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Fills `bytes` from `offset` of what was appended, unchecked, as it is this process that wrote it. Safe to
  // call from several threads while nothing is appended. Throws Error{kCannotRead}.
  void read_back(std::uint64_t offset, std::span<char> bytes) const;
  // Writes the footer and brings everything to the disk.
  IndexFileSeal finish();

 private:
  void flush(bool all);
  [[nodiscard]] std::uint64_t written() const { return size_ - open_.size(); }

  std::string path_;
  IndexFileIdentity identity_;
  std::size_t block_bytes_;
  std::string header_;
  int descriptor_ = -1;
  std::string open_;  // whole blocks are hashed when they are written
  std::vector<std::uint64_t> table_;
  std::uint64_t size_ = 0;
};

// Reads what a BlockFileWriter wrote; each byte that it gives out has been checked. Thread-safe.
class BlockFile {
 public:
  using Buffer = std::vector<char>;  // one a thread

  // Reads header and footer. Throws Error{kCannotOpen}, {kCannotRead}, and {kCorruptFile}, which names
  // file and place, if they are not what they must be.
  BlockFile(std::string path, const IndexFileIdentity& identity, const IndexFileSeal& seal);
  ~BlockFile();
  BlockFile(const BlockFile&) = delete;
  BlockFile& operator=(const BlockFile&) = delete;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t memory_bytes() const { return table_.size() * sizeof(std::uint64_t); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const IndexFileSeal& seal() const { return seal_; }

  // Behind what was read there are so many bytes that can be loaded along, whatever they are.
  static constexpr std::size_t kReadableBehind = 8;
  // The bytes [offset, offset + size), valid until `buffer` is used again. Throws as the constructor,
  // also where they reach beyond the payload.
  [[nodiscard]] std::string_view read(std::uint64_t offset, std::size_t size, Buffer& buffer) const;
  // All of it: for files that are small, or were made to be in memory.
  [[nodiscard]] std::string read_all() const;
  // Reads every block.
  void check() const;

  // Throws Error{kCorruptFile} about a place in the payload.
  [[noreturn]] void fail(std::uint64_t offset, const std::string& what) const;

 private:
  void check_blocks(std::string_view bytes, std::uint64_t first_block) const;

  std::string path_;
  IndexFileIdentity identity_;
  IndexFileSeal seal_;
  int descriptor_ = -1;
  std::size_t block_bytes_ = 0;
  std::uint64_t size_ = 0;
  std::vector<std::uint64_t> table_;
};

}  // namespace copydesk
