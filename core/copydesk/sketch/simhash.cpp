// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/simhash.h"

#include <vector>

#include "copydesk/kernels/bit_majority.h"

namespace copydesk {

namespace {

// The finalizer of MurmurHash3 (A. Appleby), after an odd constant that moves 0.
std::vector<std::uint64_t> hash_once_more(std::span<const std::uint64_t> features) {
  std::vector<std::uint64_t> hashed(features.begin(), features.end());
  for (std::uint64_t& x : hashed) {
    x += 0x9E3779B97F4A7C15;
    x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
    x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
    x ^= x >> 33;
  }
  return hashed;
}

}  // namespace

std::uint64_t simhash_64(std::span<const std::uint64_t> features) {
  return bit_majority(features);
}

Fingerprint128 simhash_128(std::span<const std::uint64_t> features) {
  return {bit_majority(features), bit_majority(hash_once_more(features))};
}

std::uint64_t simhash_64(std::span<const std::uint64_t> features,
                         std::span<const std::uint32_t> weights) {
  return bit_majority(features, weights);
}

Fingerprint128 simhash_128(std::span<const std::uint64_t> features,
                           std::span<const std::uint32_t> weights) {
  return {bit_majority(features, weights), bit_majority(hash_once_more(features), weights)};
}

}  // namespace copydesk
