#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Tokens that are compared again later: 8 bytes each, in memory as far as the budget reaches, the
// others in an unnamed temporary file.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/stream/temporary_file.h"

namespace copydesk {

struct StoredToken {
  std::uint32_t hash = 0;   // low half of the token's hash
  std::uint32_t begin = 0;  // byte offset in its text
  friend bool operator==(const StoredToken&, const StoredToken&) = default;
};

class TokenStore {
 public:
  // `folder` is where the temporary file goes (empty: the system's choice).
  TokenStore(std::string folder, std::size_t memory_bytes);

  // Not thread-safe. Throws Error{kCannotWrite}.
  void append(std::span<const StoredToken> tokens);

  // Replaces `tokens` by those at [begin, begin + count). Safe to call from several threads while
  // nothing is appended. REQUIRES: they exist. Throws Error{kCannotRead}.
  void read(std::uint64_t begin, std::size_t count, std::vector<StoredToken>& tokens) const;

  // The same without a copy where they lie together in memory: else they are in `scratch`.
  [[nodiscard]] std::span<const StoredToken> view(std::uint64_t begin, std::size_t count,
                                                  std::vector<StoredToken>& scratch) const;
  // Tells that the tokens around this place will soon be viewed, if they are in memory.
  void prefetch(std::uint64_t place) const {
    if (place / kChunkTokens >= chunks_.size()) return;
    __builtin_prefetch(chunks_[place / kChunkTokens].data() + place % kChunkTokens);
  }

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return file_.size(); }

 private:
  static constexpr std::size_t kChunkTokens = std::size_t{1} << 16;

  // The first chunks stay in memory; the last one, unfinished, always is there.
  std::vector<std::vector<StoredToken>> chunks_;
  std::size_t most_chunks_;
  std::vector<StoredToken> last_;
  std::uint64_t size_ = 0;
  TemporaryFile file_;
};

}  // namespace copydesk
