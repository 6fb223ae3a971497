#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The texts of an index, compressed a few dozen at a time: alone, a text of 2 kB takes 1.2, beside
// others like it 0.9. A text is known by its place: where its block begins, and where it is in the block.

#include <cstdint>
#include <string>
#include <string_view>

#include "copydesk/index/block_file.h"
#include "copydesk/text/text_tokenizer.h"

namespace copydesk {

// Not thread-safe.
class TextBlocks {
 public:
  // Keeps a reference.
  explicit TextBlocks(BlockFileWriter& file) : file_(file) {}

  // Returns the place of the text. Throws Error{kCannotWrite}, and Error{kLimitExceeded} for a text of
  // 256 MiB and more.
  std::uint64_t add(std::string_view text, TokenKind kind);
  // Writes what is left. To be called once, at the end.
  void finish();

 private:
  BlockFileWriter& file_;
  std::string open_;
};

struct StoredText {
  std::string_view text;  // valid until the buffers are used again
  TokenKind kind = TokenKind::kWords;
};

// One a thread.
struct TextBuffers {
  BlockFile::Buffer bytes;
  std::string block;  // decompressed: that of `open`
  const BlockFile* file = nullptr;
  std::uint64_t begin = ~std::uint64_t{0};
};

// Throws Error{kCorruptFile} if there is no text at that place.
[[nodiscard]] StoredText read_stored_text(const BlockFile& file, std::uint64_t place,
                                          TextBuffers& buffers);

}  // namespace copydesk
