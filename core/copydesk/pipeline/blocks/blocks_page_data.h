#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What `blocks --html` shows, gathered while blocks are written, in bounded memory: the blocks that
// each site has most often (some 10 MB), and six documents with their blocks. Which documents
// depends on their numbers alone, so the page has the same bytes for any number of threads.

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/pipeline/blocks/frequent_blocks.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/blocks_page.h"

namespace copydesk {

// A document that may be shown, and the hash by which it is chosen: the lowest are.
struct SampledDocument {
  std::uint64_t hash = 0;
  MarkedDocument document;
};
[[nodiscard]] std::uint64_t sample_hash(std::uint32_t document);

class BlocksPageData {
 public:
  // Documents of this hash and above will not be shown. Safe to call while others add.
  [[nodiscard]] std::uint64_t bound() const { return bound_.load(std::memory_order_relaxed); }

  // A block of a page of `site`. One thread at a time, in input order.
  void add(const FoundBlock& block, std::string_view sample, const std::string& site);
  void add(SampledDocument document);

  // Writes the page. `sites` are those with most in blocks.
  void write(ByteSink& sink, const BlocksOptions& options, const BlocksSummary& summary,
             const FrequentBlocks& frequent) const;

 private:
  std::atomic<std::uint64_t> bound_ = ~std::uint64_t{0};
  FrequentBlocks by_site_{std::size_t{1} << 15};
  std::vector<SampledDocument> samples_;  // by hash
};

}  // namespace copydesk
