#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// XXH3 of long inputs, on the best instruction set that the machine and the xxHash library have
// between them. Same numbers on all of them.

#include <cstddef>
#include <cstdint>

namespace copydesk {

struct ContentHash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const ContentHash&, const ContentHash&) = default;
};

// XXH3-64 with seed 0.
[[nodiscard]] std::uint64_t content_hash_64(const void* bytes, std::size_t size);

// XXH3-128 with seed 0.
[[nodiscard]] ContentHash content_hash_128(const void* bytes, std::size_t size);

}  // namespace copydesk
