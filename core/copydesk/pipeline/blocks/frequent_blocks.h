#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What was found most, in bounded memory, for the summary of a run.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/pipeline/blocks/blocks_run.h"

namespace copydesk {

struct FoundBlock {
  BlockKind kind = BlockKind::kSite;
  std::uint64_t key = 0;
  std::uint64_t bytes = 0;
  // Its beginning, in the texts of samples of the batch.
  std::uint32_t sample_begin = 0, sample_size = 0;
  // The place of its site in the list of sites of the batch.
  static constexpr std::uint32_t kNoSite = ~std::uint32_t{0};
  std::uint32_t site = kNoSite;
};

// The blocks found most often. Beyond so many different ones those found once are forgotten, and if
// that is not half of them, those found least often: what was found a thousand times before stays.
class FrequentBlocks {
 public:
  static constexpr std::size_t kMostListed = 20;

  explicit FrequentBlocks(std::size_t most_remembered = std::size_t{1} << 18)
      : most_remembered_(most_remembered) {}

  // `sample` is its beginning; `site` the name that goes with the key, if any.
  void add(const FoundBlock& block, std::string_view sample, std::string_view site = {});
  // Each found more than once.
  [[nodiscard]] std::vector<FrequentBlock> most_frequent(std::size_t most = kMostListed) const;

 private:
  struct KeyHash {
    std::size_t operator()(const std::pair<int, std::uint64_t>& key) const {
      return static_cast<std::size_t>(key.second) + static_cast<std::size_t>(key.first);
    }
  };
  void keep_half();

  std::size_t most_remembered_;
  std::unordered_map<std::pair<int, std::uint64_t>, FrequentBlock, KeyHash> blocks_;
};

// The sites with most text in blocks. Beyond a limit those with least of it are forgotten.
class SiteShares {
 public:
  void add(const SiteShare& share);
  // At most twenty.
  [[nodiscard]] std::vector<SiteShare> most_cut() const;

 private:
  std::unordered_map<std::string, SiteShare> sites_;
};

}  // namespace copydesk
