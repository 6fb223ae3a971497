// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/text_blocks.h"

#include <zstd.h>

#include <cstring>

#include "copydesk/error.h"
#include "copydesk/stream/packed_bytes.h"
#include "copydesk/text/utf8.h"

namespace copydesk {

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 15;
constexpr unsigned kPlaceBits = 15;  // a text begins within so much of its block
constexpr std::size_t kHeadBytes = 8;
constexpr std::size_t kTextHead = 5;  // size, kind
constexpr std::size_t kMostText = std::size_t{1} << 28;
constexpr int kLevel = 3;

}  // namespace

std::uint64_t TextBlocks::add(std::string_view text, TokenKind kind) {
  if (text.size() >= kMostText) {
    throw Error(ErrorCode::kLimitExceeded, "an index holds no text of 256 MiB and more");
  }
  const std::uint64_t place = file_.size() << kPlaceBits | open_.size();
  PackedBytes head;
  head.put(static_cast<std::uint32_t>(text.size()));
  head.put(static_cast<std::uint8_t>(kind));
  open_.append(head.view()).append(text);
  if (open_.size() >= kBlockBytes) finish();
  return place;
}

void TextBlocks::finish() {
  if (open_.empty()) return;
  std::string packed(ZSTD_compressBound(open_.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), open_.data(), open_.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw Error(ErrorCode::kCannotWrite, ZSTD_getErrorName(size));
  PackedBytes head;
  head.put(static_cast<std::uint32_t>(open_.size()));
  head.put(static_cast<std::uint32_t>(size));
  file_.append(head.view());
  file_.append(std::string_view(packed).substr(0, size));
  open_.clear();
}

StoredText read_stored_text(const BlockFile& file, std::uint64_t place, TextBuffers& buffers) {
  const std::uint64_t begin = place >> kPlaceBits;
  const auto offset = static_cast<std::size_t>(place & ((1U << kPlaceBits) - 1));
  if (buffers.file != &file || buffers.begin != begin) {
    buffers.file = nullptr;
    std::uint32_t sizes[2];
    std::memcpy(sizes, file.read(begin, kHeadBytes, buffers.bytes).data(), kHeadBytes);
    if (sizes[0] >= kMostText + kBlockBytes + kTextHead) file.fail(begin, "a text is too long");
    const std::string_view packed = file.read(begin + kHeadBytes, sizes[1], buffers.bytes);
    // No frame gives more than 128 KiB for 4 bytes: memory is not taken for what cannot be in it.
    if (sizes[0] / 32768 > packed.size() + 1) file.fail(begin, "a text is too long");
    buffers.block.resize(sizes[0]);
    const std::size_t size = ZSTD_decompress(buffers.block.data(), buffers.block.size(),
                                             packed.data(), packed.size());
    if (ZSTD_isError(size) != 0 || size != sizes[0]) file.fail(begin, "texts cannot be unpacked");
    buffers.file = &file;
    buffers.begin = begin;
  }
  const std::string_view block = buffers.block;
  if (offset > block.size() || block.size() - offset < kTextHead) {
    file.fail(begin, "has no text where one is looked for");
  }
  std::uint32_t size = 0;
  std::memcpy(&size, block.data() + offset, sizeof size);
  const auto kind = static_cast<unsigned char>(block[offset + 4]);
  if (size > block.size() - offset - kTextHead ||
      kind > static_cast<unsigned char>(TokenKind::kCode)) {
    file.fail(begin, "has no text where one is looked for");
  }
  const std::string_view text = block.substr(offset + kTextHead, size);
  if (!is_valid_utf8(text)) file.fail(begin, "a text is not valid UTF-8");
  return {text, static_cast<TokenKind>(kind)};
}

}  // namespace copydesk
