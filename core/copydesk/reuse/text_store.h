#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The token lists of the documents that are to be compared: hashes and places, no letters. Held in
// memory up to a bound, beyond it in an unnamed temporary file.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/stream/temporary_file.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

class TextStore {
 public:
  // Where a document's numbers are copied to when they come from the file. One per thread and
  // document in hand.
  struct Buffer {
    std::vector<std::uint32_t> words;
  };
  // Valid until the buffer is used again. All three lists are of the same size.
  struct View {
    std::span<const std::uint32_t> tokens;  // low halves of the token hashes, in text order
    std::span<const std::uint32_t> begins;  // byte offsets of the tokens in the text
    std::span<const std::uint32_t> ends;

    // The bytes from the first token of a range to its last. REQUIRES: begin < end <=
    // tokens.size().
    [[nodiscard]] TextSpan bytes(std::size_t begin, std::size_t end) const {
      return {begins[begin], ends[end - 1]};
    }
  };

  TextStore(std::string folder, std::size_t memory_bytes);

  // REQUIRES: documents are added in ascending order, each once; `tokens` has spans.
  void add(std::uint32_t document, const TokenList& tokens);

  // REQUIRES: the document was added. Throws Error{kCannotRead}. Safe to call from several threads
  // once everything is added.
  [[nodiscard]] View get(std::uint32_t document, Buffer& buffer) const;
  [[nodiscard]] std::size_t token_count(std::uint32_t document) const;

  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }

 private:
  struct Entry {
    std::uint32_t document;
    std::uint32_t tokens;
    std::uint32_t chunk;
    std::uint32_t offset;  // in words, within the chunk
  };
  struct Chunk {
    std::vector<std::uint32_t> words;  // empty when the chunk is in the file
    std::uint64_t file_offset = 0;     // in bytes
  };

  [[nodiscard]] const Entry& find(std::uint32_t document) const;
  void close_chunk();

  std::size_t memory_bytes_;
  std::size_t memory_used_ = 0;
  TemporaryFile file_;
  std::vector<Entry> entries_;
  std::vector<Chunk> chunks_;
  std::vector<std::uint32_t> open_;  // the chunk being filled
};

}  // namespace copydesk
