// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_group.h"

#include <algorithm>

namespace copydesk {
namespace {

constexpr std::uint64_t kBase = 0xD1B54A32D192ED03u;
constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25u;

}  // namespace

void RepeatGroup::find_classes(std::span<const RepeatBlock> blocks) {
  classes_.clear();
  std::size_t fates = 0;
  for (std::size_t begin = 0, end = 0; begin < blocks.size(); begin = end) {
    while (end < blocks.size() && blocks[end].span_hash == blocks[begin].span_hash &&
           blocks[end].windows == blocks[begin].windows && blocks[end].lead == blocks[begin].lead) {
      ++end;
    }
    classes_.push_back({begin, end, fates});
    fates += blocks[begin].windows;
  }
  fates_.assign(fates, {});
}

// Inside a long repeat all blocks are the same, and their tokens need not be looked at here.
void RepeatGroup::resolve_equal(std::span<const RepeatBlock> blocks,
                                std::vector<RepeatRun>& runs) const {
  for (std::size_t i = keep_; i < blocks.size(); ++i) {
    runs.push_back({blocks[i].begin, blocks[0].begin, blocks[i].windows,
                    static_cast<std::uint32_t>(blocks.size())});
  }
}

void RepeatGroup::hash_windows(std::span<const RepeatBlock> blocks) {
  windows_.clear();
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < least_tokens_; ++i) power *= kBase;
  for (std::size_t owner = 0; owner < classes_.size(); ++owner) {
    const RepeatBlock& block = blocks[classes_[owner].begin];
    store_.read(block.begin, block.windows - 1 + least_tokens_, tokens_);
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      hash = hash * kBase + (tokens_[i].hash + 1) * kFactor;
      if (i >= least_tokens_) hash -= power * ((tokens_[i - least_tokens_].hash + 1) * kFactor);
      if (i + 1 < least_tokens_) continue;
      const std::size_t number = i + 1 - least_tokens_;
      windows_.push_back({static_cast<std::int64_t>(number) - block.lead, hash,
                          static_cast<std::uint32_t>(owner), static_cast<std::uint32_t>(number)});
    }
  }
  std::sort(windows_.begin(), windows_.end());
}

// `equal`: one window of each class that has these tokens.
void RepeatGroup::decide(std::span<const RepeatBlock> blocks, std::span<const Window> equal) {
  std::size_t count = 0;
  std::uint64_t first = UINT64_MAX;
  for (const Window& window : equal) {
    const Class& members = classes_[window.owner];
    count += members.end - members.begin;
    first = std::min(first, blocks[members.begin].begin + window.number);
  }
  if (count < 2) return;
  std::uint64_t surplus = UINT64_MAX;
  if (keep_ == 0) {
    surplus = 0;
  } else if (keep_ == 1) {
    surplus = first + 1;
  } else if (keep_ < count) {
    places_.clear();
    for (const Window& window : equal) {
      const Class& members = classes_[window.owner];
      for (std::size_t i = members.begin; i < members.end; ++i) {
        places_.push_back(blocks[i].begin + window.number);
      }
    }
    const auto at = places_.begin() + static_cast<std::ptrdiff_t>(keep_);
    std::nth_element(places_.begin(), at, places_.end());
    surplus = *at;
  }
  for (const Window& window : equal) {
    fates_[classes_[window.owner].first_fate + window.number] = {static_cast<std::uint32_t>(count),
                                                                 first, surplus};
  }
}

void RepeatGroup::emit(std::span<const RepeatBlock> blocks, const Class& members,
                       std::vector<RepeatRun>& runs) const {
  const std::span<const Fate> fates =
      std::span(fates_).subspan(members.first_fate, blocks[members.begin].windows);
  for (std::size_t i = members.begin; i < members.end; ++i) {
    bool continues = false;
    for (std::size_t number = 0; number < fates.size(); ++number) {
      const Fate& fate = fates[number];
      const std::uint64_t place = blocks[i].begin + number;
      if (fate.count < 2 || place < fate.surplus) {
        continues = false;
        continue;
      }
      if (continues && runs.back().first + runs.back().windows == fate.first) {
        ++runs.back().windows;
        runs.back().count = std::max(runs.back().count, fate.count);
      } else {
        runs.push_back({place, fate.first, 1, fate.count});
        continues = true;
      }
    }
  }
}

void RepeatGroup::resolve(std::span<const RepeatBlock> blocks, std::vector<RepeatRun>& runs) {
  if (blocks.size() < 2) return;
  find_classes(blocks);
  if (classes_.size() == 1) {
    resolve_equal(blocks, runs);
    return;
  }
  hash_windows(blocks);
  for (std::size_t begin = 0, end = 0; begin < windows_.size(); begin = end) {
    while (end < windows_.size() && windows_[end].offset == windows_[begin].offset &&
           windows_[end].hash == windows_[begin].hash) {
      ++end;
    }
    decide(blocks, std::span(windows_).subspan(begin, end - begin));
  }
  for (const Class& members : classes_) emit(blocks, members, runs);
}

}  // namespace copydesk
