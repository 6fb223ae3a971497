// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/blocks_page_data.h"

#include <algorithm>
#include <utility>

#include "copydesk/blocks/site_model.h"
#include "copydesk/kernels/murmur_mix.h"

namespace copydesk {

namespace {

constexpr std::size_t kSamples = 6;
constexpr std::size_t kListed = 50;  // blocks of all documents
constexpr std::size_t kListedOfSite = 10;

ListedBlock listed(const FrequentBlock& block) {
  return {block.kind, block.times, block.bytes, block.text};
}

}  // namespace

std::uint64_t sample_hash(std::uint32_t document) {
  return murmur_mix(document + 0x9E3779B97F4A7C15U);
}

void BlocksPageData::add(const FoundBlock& block, std::string_view sample,
                         const std::string& site) {
  FoundBlock of_site = block;
  of_site.key = mix_keys(block.key, site_key(site));
  by_site_.add(of_site, sample, site);
}

void BlocksPageData::add(SampledDocument document) {
  const auto place = std::lower_bound(
      samples_.begin(), samples_.end(), document,
      [](const SampledDocument& x, const SampledDocument& y) { return x.hash < y.hash; });
  samples_.insert(place, std::move(document));
  if (samples_.size() > kSamples) samples_.pop_back();
  if (samples_.size() == kSamples) bound_.store(samples_.back().hash, std::memory_order_relaxed);
}

void BlocksPageData::write(ByteSink& sink, const BlocksOptions& options,
                           const BlocksSummary& summary, const FrequentBlocks& frequent) const {
  BlocksPage page;
  page.are_cut = options.output == BlocksOutput::kCut;
  page.documents = summary.documents;
  page.sites = summary.sites;
  page.text_bytes = summary.text_bytes;
  page.blocks = summary.blocks;
  page.block_bytes = summary.block_bytes;
  for (const FrequentBlock& block : frequent.most_frequent(kListed)) {
    page.most_frequent.push_back(listed(block));
  }
  for (const SiteShare& share : summary.most_cut_sites) {
    page.by_site.push_back({share.site, share.pages, share.text_bytes, share.block_bytes, {}});
  }
  for (const FrequentBlock& block : by_site_.most_frequent(~std::size_t{0})) {
    const auto site =
        std::find_if(page.by_site.begin(), page.by_site.end(),
                     [&](const SiteBlocks& known) { return known.site == block.site; });
    if (site == page.by_site.end() || site->blocks.size() == kListedOfSite) continue;
    site->blocks.push_back(listed(block));
  }
  for (const SampledDocument& sample : samples_) page.samples.push_back(sample.document);
  write_blocks_page(sink, page);
}

}  // namespace copydesk
