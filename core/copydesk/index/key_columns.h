#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The band keys of a segment, one sorted column a band, and a last one with keys of the texts as they
// are. A key has 40 bits. Its first bits name a group of about 12 entries, where each group begins is held
// in memory, and so one key is looked up with one read. An entry is the rest of the key and the document:
// of a million documents 3 bytes and 3.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "copydesk/index/block_file.h"

namespace copydesk {

inline constexpr unsigned kIndexKeyBits = 40;

// Calls its second argument for each key of a column, of which the lower 40 bits count, with the
// document that has it, in any order.
using KeySource =
    std::function<void(std::size_t column,
                       const std::function<void(std::uint64_t key, std::uint32_t document)>& take)>;

// Writes all columns. Beside the file it takes 32 bytes for each key of one column.
void write_key_columns(BlockFileWriter& file, std::size_t columns, std::uint32_t documents,
                       const KeySource& keys);

// A key that is looked for, and who asks.
struct AskedKey {
  std::uint64_t key = 0;  // lower 40 bits; the others are 0
  std::uint32_t query = 0;
};

// Thread-safe.
class KeyColumns {
 public:
  // Reads the head. `documents` are those of the segment. Throws as BlockFile does.
  KeyColumns(const BlockFile& file, std::size_t columns, std::uint32_t documents);

  // Calls take(query, document) for all documents of a column that have an asked key. REQUIRES: `asked`
  // ascends by key. Throws as BlockFile does.
  void look_up(std::size_t column, std::span<const AskedKey> asked, BlockFile::Buffer& buffer,
               const std::function<void(std::uint32_t query, std::uint32_t document)>& take) const;

  // Calls take(key, document) for every key of a column that begins with `prefix` of `bits` bits, in
  // the order of key, then document.
  void for_each(std::size_t column, std::uint64_t prefix, unsigned bits,
                const std::function<void(std::uint64_t key, std::uint32_t document)>& take) const;

  [[nodiscard]] std::uint64_t memory_bytes() const;
  [[nodiscard]] std::size_t columns() const { return columns_.size(); }

 private:
  struct Column {
    std::uint64_t offset = 0;  // of its entries
    std::vector<std::uint32_t> starts;  // of groups, in entries; and the end
  };
  struct Entry {
    std::uint64_t rest = 0;
    std::uint32_t document = 0;
  };

  [[nodiscard]] Entry entry_at(const char* bytes) const;

  const BlockFile& file_;
  std::uint32_t documents_;
  unsigned group_bits_ = 0;
  std::size_t rest_bytes_ = 0, document_bytes_ = 0;
  std::vector<Column> columns_;
};

}  // namespace copydesk
