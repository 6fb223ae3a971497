// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_resolver.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <tuple>

namespace copydesk {

namespace {

constexpr std::size_t kRegionsTogether = 64;

}  // namespace

RepeatResolver::RepeatResolver(std::size_t least_tokens, std::size_t keep,
                               const std::string& folder, std::size_t memory_bytes)
    : least_tokens_(least_tokens),
      keep_(keep),
      folder_(folder),
      memory_bytes_(memory_bytes),
      store_(folder, memory_bytes * 3 / 8),
      blocks_(folder, memory_bytes / 4, kPartitions),
      regions_(folder, memory_bytes / 8) {}

void RepeatResolver::add(std::uint32_t document, const RepeatCandidates& candidates) {
  std::uint64_t place = store_.size();
  own_regions_.clear();
  for (const RepeatCandidates::Region& region : candidates.regions) {
    if ((regions_.size() + own_regions_.size()) % kRegionsTogether == 0) {
      region_begins_.push_back(place);
    }
    own_regions_.push_back({place, document, region.begin});
    place += region.end - region.begin;
  }
  regions_.append(own_regions_);
  for (const RepeatCandidates::Block& block : candidates.blocks) {
    const Region& region = own_regions_[block.region];
    blocks_.add(block.hash % kPartitions, {block.hash, block.span_hash, block.windows, block.lead,
                                           region.begin + block.first_window - region.token});
  }
  store_.append(candidates.tokens);
}

void RepeatResolver::resolve(std::size_t partition, std::vector<RepeatRun>& runs) {
  std::vector<RepeatWindows> blocks;
  blocks_.take(partition, blocks);
  std::sort(blocks.begin(), blocks.end());
  RepeatGroup group(least_tokens_, keep_, store_, memory_bytes_ / 2);
  // Groups lie anywhere in the store: what the next ones need is on its way before it is looked at.
  constexpr std::size_t kBlocksAhead = 8;
  for (std::size_t begin = 0, end = 0, ahead = 0; begin < blocks.size(); begin = end) {
    while (end < blocks.size() && blocks[end].hash == blocks[begin].hash) ++end;
    for (; ahead < std::min(end + kBlocksAhead, blocks.size()); ++ahead) {
      store_.prefetch(blocks[ahead].begin + blocks[ahead].lead);
    }
    group.resolve(std::span(blocks).subspan(begin, end - begin), runs);
  }
}

void RepeatResolver::take(const std::vector<RepeatRun>& runs) {
  if (runs_.empty()) runs_.emplace_back(folder_, memory_bytes_ / 4, kPartitions);
  // Runs are joined within partitions, so these are not made smaller than need be.
  constexpr std::uint64_t kSmallestPartition = std::uint64_t{1} << 18;
  const std::uint64_t width = std::max(store_.size() / kPartitions + 1, kSmallestPartition);
  for (const RepeatRun& run : runs) {
    runs_[0].add(static_cast<std::size_t>(run.begin / width), run);
  }
}

RepeatResolver::Region RepeatResolver::region_at(std::uint64_t place) const {
  const auto last = std::upper_bound(region_begins_.begin(), region_begins_.end(), place) -
                    region_begins_.begin();
  const std::uint64_t first = static_cast<std::uint64_t>(last - 1) * kRegionsTogether;
  std::array<Region, kRegionsTogether> buffer;
  const auto regions = std::span(buffer).first(
      static_cast<std::size_t>(std::min<std::uint64_t>(kRegionsTogether, regions_.size() - first)));
  regions_.read(first, regions);
  const auto after =
      std::upper_bound(regions.begin(), regions.end(), place,
                       [](std::uint64_t at, const Region& region) { return at < region.begin; });
  return *(after - 1);
}

// So far equality was that of two 64-bit hashes. Nothing is cut that was not compared.
void RepeatResolver::verify(const RepeatRun& run, std::vector<RepeatRun>& verified) {
  const std::size_t tokens = run.windows - 1 + least_tokens_;
  const auto left = store_.view(run.begin, tokens, left_);
  const auto right = store_.view(run.first, tokens, right_);
  std::size_t equal = 0;  // tokens up to here
  for (std::size_t i = 0; i < tokens; ++i) {
    equal = left[i].hash == right[i].hash ? equal + 1 : 0;
    if (equal < least_tokens_) continue;
    const std::size_t window = i + 1 - least_tokens_;
    if (equal == least_tokens_) {
      verified.push_back({run.begin + window, run.first + window, 0, run.count});
    }
    ++verified.back().windows;
  }
}

void RepeatResolver::load_partition() {
  std::vector<RepeatRun> runs, joined, verified;
  runs_[0].take(partition_++, runs);
  std::sort(runs.begin(), runs.end(),
            [](const RepeatRun& x, const RepeatRun& y) { return x.begin < y.begin; });
  for (const RepeatRun& run : runs) {
    if (!joined.empty() && joined.back().begin + joined.back().windows == run.begin &&
        joined.back().first + joined.back().windows == run.first) {
      joined.back().windows += run.windows;
      joined.back().count = std::max(joined.back().count, run.count);
    } else {
      joined.push_back(run);
    }
  }
  for (const RepeatRun& run : joined) verify(run, verified);
  current_.clear();
  next_ = 0;
  for (const RepeatRun& run : verified) {
    const Region region = region_at(run.begin);
    const Region first = region_at(run.first);
    const std::uint64_t token = region.token + (run.begin - region.begin);
    std::uint64_t begin = token;
    // Where a text repeats itself with a shift of less than a window, copies overlap: then all of
    // the first copies stay, and only what lies behind them is surplus.
    const std::uint64_t first_token = first.token + (run.first - first.begin);
    if (first.document == region.document && first_token < token &&
        first_token + least_tokens_ > token) {
      begin = token + least_tokens_ - 1;
    }
    current_.push_back({region.document, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(token + run.windows - 1 + least_tokens_),
                        run.count, first.document, store_.view(run.first, 1, left_)[0].begin});
  }
}

void RepeatResolver::spans_of(std::uint32_t document, std::vector<RepeatedSpan>& spans) {
  parts_.clear();
  while (!runs_.empty()) {
    if (next_ == current_.size()) {
      if (partition_ == kPartitions) break;
      load_partition();
      continue;
    }
    if (current_[next_].document > document) break;
    if (current_[next_].document == document) parts_.push_back(current_[next_]);
    ++next_;
  }
  std::sort(parts_.begin(), parts_.end(), [](const RepeatedSpan& x, const RepeatedSpan& y) {
    return std::tie(x.begin, x.end) < std::tie(y.begin, y.end);
  });
  const std::size_t begin = spans.size();
  std::uint32_t longest = 0;  // of what went into the last span
  for (const RepeatedSpan& part : parts_) {
    const std::uint32_t size = part.end - part.begin;
    if (spans.size() == begin || spans.back().end < part.begin) {
      spans.push_back(part);
      longest = size;
      continue;
    }
    const std::uint32_t span_begin = spans.back().begin;
    const std::uint32_t span_end = std::max(spans.back().end, part.end);
    if (size > longest) {
      longest = size;
      spans.back() = part;
    }
    spans.back().begin = span_begin;
    spans.back().end = span_end;
  }
}

std::uint64_t RepeatResolver::bytes_on_disk() const {
  return store_.bytes_on_disk() + blocks_.bytes_on_disk() + regions_.bytes_on_disk() +
         (runs_.empty() ? 0 : runs_[0].bytes_on_disk());
}

}  // namespace copydesk
