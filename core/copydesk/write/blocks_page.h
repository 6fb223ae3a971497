#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What repeats in pages, sites and a corpus, as one HTML page for people: kinds, the most frequent blocks
// of all and of each site, and whole documents with their blocks marked. See page/page.h for what holds of
// all pages. It stays below 2 MB however large the corpus is.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/blocks/block_finder.h"
#include "copydesk/document.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/page/page_document.h"

namespace copydesk {

struct ListedBlock {
  BlockKind kind = BlockKind::kSite;
  std::uint64_t times = 0, bytes = 0;
  std::string text;  // its beginning
};

struct SiteBlocks {
  std::string site;
  std::uint64_t pages = 0, text_bytes = 0, block_bytes = 0;
  std::vector<ListedBlock> blocks;  // the most frequent
};

struct MarkedBlock {
  TextSpan span;
  BlockKind kind = BlockKind::kSite;
  std::uint64_t count = 0;  // copies there are; 0: not known
};

// A document with its blocks, ascending and disjoint.
struct MarkedDocument : PageDocument {
  std::string text;  // as far as it is shown
  bool is_cut_off = false;
  std::vector<MarkedBlock> blocks;
};

struct BlocksPage {
  static constexpr std::size_t kMostTextBytes = 12'000;  // of a document that are shown

  bool are_cut = false;  // the blocks were taken out, or only found
  std::uint64_t documents = 0, sites = 0, text_bytes = 0;
  std::array<std::uint64_t, kBlockKinds> blocks{}, block_bytes{};  // by kind
  std::vector<ListedBlock> most_frequent;
  std::vector<SiteBlocks> by_site;
  std::vector<MarkedDocument> samples;
};

void write_blocks_page(ByteSink& sink, const BlocksPage& page);

}  // namespace copydesk
