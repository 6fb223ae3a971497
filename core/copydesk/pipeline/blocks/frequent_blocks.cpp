// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/frequent_blocks.h"

#include <algorithm>
#include <tuple>

namespace copydesk {
namespace {

constexpr std::size_t kMostSitesListed = 20;
constexpr std::size_t kMostSites = std::size_t{1} << 18;

bool is_more(const SiteShare& x, const SiteShare& y) {
  return std::tie(y.block_bytes, y.text_bytes, x.site) <
         std::tie(x.block_bytes, x.text_bytes, y.site);
}

}  // namespace

void FrequentBlocks::add(const FoundBlock& block, std::string_view sample, std::string_view site) {
  // Lines of a page and passages of the corpus have keys of different making.
  FrequentBlock& entry = blocks_[{block.kind >= BlockKind::kParagraph ? 1 : 0, block.key}];
  if (entry.times++ == 0) {
    entry.kind = block.kind;
    entry.text = sample;
    entry.site = site;
  }
  entry.bytes += block.bytes;
  if (blocks_.size() <= most_remembered_) return;
  std::erase_if(blocks_, [](const auto& item) { return item.second.times == 1; });
  if (blocks_.size() > most_remembered_ / 2) keep_half();
}

void FrequentBlocks::keep_half() {
  using Item = std::pair<std::pair<int, std::uint64_t>, const FrequentBlock*>;
  std::vector<Item> list;
  for (const auto& [key, block] : blocks_) list.emplace_back(key, &block);
  const auto middle = list.begin() + static_cast<std::ptrdiff_t>(most_remembered_ / 2);
  std::nth_element(list.begin(), middle, list.end(), [](const Item& x, const Item& y) {
    return std::tie(y.second->times, y.second->bytes, x.first) <
           std::tie(x.second->times, x.second->bytes, y.first);
  });
  for (auto item = middle; item != list.end(); ++item) blocks_.erase(item->first);
}

std::vector<FrequentBlock> FrequentBlocks::most_frequent(std::size_t most) const {
  std::vector<FrequentBlock> list;
  for (const auto& [key, block] : blocks_) {
    if (block.times > 1) list.push_back(block);
  }
  std::sort(list.begin(), list.end(), [](const FrequentBlock& x, const FrequentBlock& y) {
    return std::tie(y.times, y.bytes, x.text, x.site) < std::tie(x.times, x.bytes, y.text, y.site);
  });
  if (list.size() > most) list.resize(most);
  return list;
}

void SiteShares::add(const SiteShare& share) {
  SiteShare& known = sites_[share.site];
  known.site = share.site;
  known.pages += share.pages;
  known.text_bytes += share.text_bytes;
  known.block_bytes += share.block_bytes;
  if (sites_.size() <= kMostSites) return;
  std::vector<SiteShare> list;
  for (const auto& [name, site] : sites_) list.push_back(site);
  const auto middle = list.begin() + static_cast<std::ptrdiff_t>(kMostSites / 2);
  std::nth_element(list.begin(), middle, list.end(), is_more);
  for (auto site = middle; site != list.end(); ++site) sites_.erase(site->site);
}

std::vector<SiteShare> SiteShares::most_cut() const {
  std::vector<SiteShare> list;
  for (const auto& [name, site] : sites_) {
    if (site.block_bytes > 0) list.push_back(site);
  }
  std::sort(list.begin(), list.end(), is_more);
  if (list.size() > kMostSitesListed) list.resize(kMostSitesListed);
  return list;
}

}  // namespace copydesk
