#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The finalizer of MurmurHash3, by which every bit of a number reaches every bit of its hash. Each
// step can be undone: different numbers have different hashes. 0 stays 0.

#include <cstdint>

namespace copydesk {

[[nodiscard]] constexpr std::uint64_t murmur_mix(std::uint64_t hash) {
  hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
  hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
  return hash ^ hash >> 33;
}

}  // namespace copydesk
