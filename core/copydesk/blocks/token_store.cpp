// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/token_store.h"

#include <algorithm>
#include <utility>

namespace copydesk {
TokenStore::TokenStore(std::string folder, std::size_t memory_bytes)
    : most_chunks_(memory_bytes / (kChunkTokens * sizeof(StoredToken))), file_(std::move(folder)) {}

void TokenStore::append(std::span<const StoredToken> tokens) {
  size_ += tokens.size();
  while (!tokens.empty()) {
    const std::size_t count = std::min(tokens.size(), kChunkTokens - last_.size());
    last_.insert(last_.end(), tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(count));
    tokens = tokens.subspan(count);
    if (last_.size() < kChunkTokens) return;
    if (chunks_.size() < most_chunks_) {
      chunks_.push_back(std::exchange(last_, {}));
      last_.reserve(kChunkTokens);
    } else {
      file_.append(std::as_bytes(std::span(last_)));
      last_.clear();
    }
  }
}

void TokenStore::read(std::uint64_t begin, std::size_t count,
                      std::vector<StoredToken>& tokens) const {
  tokens.resize(count);
  const std::uint64_t in_memory = std::uint64_t{chunks_.size()} * kChunkTokens;
  const std::uint64_t in_file = file_.size() / sizeof(StoredToken);
  for (std::size_t done = 0; done < count;) {
    const std::uint64_t at = begin + done;
    std::size_t step = 0;
    const auto out = tokens.begin() + static_cast<std::ptrdiff_t>(done);
    if (at < in_memory) {
      const std::size_t offset = at % kChunkTokens;
      step = std::min(count - done, kChunkTokens - offset);
      std::copy_n(chunks_[at / kChunkTokens].begin() + static_cast<std::ptrdiff_t>(offset), step,
                  out);
    } else if (at - in_memory < in_file) {
      step = static_cast<std::size_t>(
          std::min<std::uint64_t>(count - done, in_file - (at - in_memory)));
      file_.read((at - in_memory) * sizeof(StoredToken),
                 std::as_writable_bytes(std::span(tokens).subspan(done, step)));
    } else {
      step = count - done;
      std::copy_n(last_.begin() + static_cast<std::ptrdiff_t>(at - in_memory - in_file), step, out);
    }
    done += step;
  }
}

std::span<const StoredToken> TokenStore::view(std::uint64_t begin, std::size_t count,
                                              std::vector<StoredToken>& scratch) const {
  const std::size_t offset = begin % kChunkTokens;
  if (begin / kChunkTokens < chunks_.size() && offset + count <= kChunkTokens) {
    return std::span(chunks_[begin / kChunkTokens]).subspan(offset, count);
  }
  read(begin, count, scratch);
  return scratch;
}

}  // namespace copydesk
