#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The shingle sets of the documents that are to be verified. Held in memory up to a bound, beyond
// it in an unnamed temporary file, so that verification needs no more memory for a large corpus.
// The set of a text of 400 words takes about 3.2 kB.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/temporary_file.h"
#include "copydesk/verify/shingle_counts.h"

namespace copydesk {

class ShingleSetStore {
 public:
  // Where a document's numbers are copied to when they come from the file. One per thread.
  struct Buffer {
    std::vector<std::uint64_t> words;
    std::vector<std::uint64_t> counts;
  };
  // A document's numbers, valid until the buffer is used again.
  struct View {
    std::span<const std::uint64_t> set;     // distinct shingle hashes, ascending
    std::span<const std::uint32_t> tokens;  // low halves of the token hashes, in text order
    CountedShingles counted;                // the set, and of a text of few tokens more
  };

  // `folder` is where the temporary file goes (empty: the system's choice).
  ShingleSetStore(std::string folder, std::size_t memory_bytes);

  // REQUIRES: documents are added in ascending order, each once. `tokens` may be empty where nobody
  // will ask for shared passages. `counts` are of texts of few distinct tokens.
  void add(std::uint32_t document, std::span<const std::uint64_t> set,
           std::span<const std::uint32_t> tokens, const ShingleCounts& counts = {});

  // REQUIRES: the document was added. Throws Error{kCannotRead} if the file fails. Safe to call
  // from several threads once everything is added.
  [[nodiscard]] View get(std::uint32_t document, Buffer& buffer) const;
  // Begins to bring the set of a document from memory, as far as it is there. REQUIRES: as get().
  void prefetch(std::uint32_t document) const;
  [[nodiscard]] std::uint32_t set_size(std::uint32_t document) const;

  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }

 private:
  struct Entry {
    std::uint32_t document;
    std::uint32_t set_size;
    std::uint32_t token_count;
    std::uint32_t chunk : 31;
    std::uint32_t has_counts : 1;
    std::uint64_t offset;  // in words, within the chunk
  };
  struct Chunk {
    std::unique_ptr<std::uint64_t[]> words;  // null when the chunk is in the file
    std::uint64_t file_offset = 0;           // in bytes
  };

  [[nodiscard]] const Entry& find(std::uint32_t document) const;
  // Its words from the file, or where they are in memory.
  [[nodiscard]] const std::uint64_t* load(const Entry& entry, std::size_t from, std::size_t words,
                                          std::vector<std::uint64_t>& buffer) const;
  // Takes `words` words of the open chunk and returns their place in it.
  std::size_t take(std::size_t words);
  void close_chunk();

  std::size_t memory_bytes_;
  std::size_t memory_used_ = 0;
  TemporaryFile file_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> group_starts_;  // into entries_, of so many documents each
  std::vector<Chunk> chunks_;
  std::unique_ptr<std::uint64_t[]> open_;  // the chunk being filled, not initialized
  std::size_t open_capacity_ = 0;
  std::size_t open_size_ = 0;
};

}  // namespace copydesk
