// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/memory_chunk.h"

#include <sys/mman.h>

namespace copydesk {

MemoryChunk::MemoryChunk(std::size_t bytes) {
  const Release release(bytes);
  auto* const begin = static_cast<std::byte*>(::operator new(bytes, release.alignment));
  bytes_ = std::unique_ptr<std::byte, Release>(begin, release);
  // Advice only: where it is not taken, pages are ordinary ones. What is behind the last whole huge
  // page is left alone, since it may belong to somebody else.
  if (bytes >= kHugePage) ::madvise(begin, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
}

}  // namespace copydesk
