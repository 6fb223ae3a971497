// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeat_group.h"

#include <algorithm>
#include <array>

namespace copydesk {
namespace {

constexpr std::uint64_t kBase = 0xD1B54A32D192ED03u;
constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25u;

}  // namespace

void RepeatGroup::find_classes(std::span<const RepeatWindows> blocks) {
  classes_.clear();
  for (std::size_t begin = 0, end = 0; begin < blocks.size(); begin = end) {
    while (end < blocks.size() && blocks[end].span_hash == blocks[begin].span_hash &&
           blocks[end].windows == blocks[begin].windows && blocks[end].lead == blocks[begin].lead) {
      ++end;
    }
    classes_.push_back({begin, end});
  }
}

// Inside a long repeat all blocks are the same, and their tokens need not be looked at here.
void RepeatGroup::resolve_equal(std::span<const RepeatWindows> blocks,
                                std::vector<RepeatRun>& runs) const {
  for (std::size_t i = keep_; i < blocks.size(); ++i) {
    runs.push_back({blocks[i].begin, blocks[0].begin, blocks[i].windows,
                    static_cast<std::uint32_t>(blocks.size())});
  }
}

// The copies of a window: `equal` is one window of each class that has its tokens.
RepeatGroup::Fate RepeatGroup::fate_of(std::span<const RepeatWindows> blocks,
                                       std::span<const Window> equal) {
  Fate fate{0, UINT64_MAX, UINT64_MAX};
  for (const Window& window : equal) {
    const Class& members = classes_[window.owner];
    fate.count += static_cast<std::uint32_t>(members.end - members.begin);
    fate.first = std::min(fate.first, blocks[members.begin].begin + window.number);
  }
  if (keep_ == 0) {
    fate.surplus = 0;
  } else if (keep_ == 1) {
    fate.surplus = fate.first + 1;
  } else if (keep_ < fate.count) {
    places_.clear();
    for (const Window& window : equal) {
      const Class& members = classes_[window.owner];
      for (std::size_t i = members.begin; i < members.end; ++i) {
        places_.push_back(blocks[i].begin + window.number);
      }
    }
    const auto at = places_.begin() + static_cast<std::ptrdiff_t>(keep_);
    std::nth_element(places_.begin(), at, places_.end());
    fate.surplus = *at;
  }
  return fate;
}

void RepeatGroup::emit(std::uint64_t place, std::uint32_t windows, const Fate& fate,
                       std::uint32_t& last_run, std::vector<RepeatRun>& runs) {
  if (fate.count < 2 || place < fate.surplus) return;
  if (last_run != kNoRun) {
    RepeatRun& run = runs[last_run];
    if (run.begin + run.windows == place && run.first + run.windows == fate.first) {
      run.windows += windows;
      run.count = std::max(run.count, fate.count);
      return;
    }
  }
  last_run = static_cast<std::uint32_t>(runs.size());
  runs.push_back({place, fate.first, windows, fate.count});
}

// Two different surroundings, which is the usual case: they are compared from the fingerprint on to
// both sides, and three ranges of windows come out of it for each class.
void RepeatGroup::resolve_two(std::span<const RepeatWindows> blocks, std::vector<RepeatRun>& runs) {
  const RepeatWindows& x = blocks[classes_[0].begin];
  const RepeatWindows& y = blocks[classes_[1].begin];
  const auto left = store_.view(x.begin, x.windows - 1 + least_tokens_, left_);
  const auto right = store_.view(y.begin, y.windows - 1 + least_tokens_, right_);
  std::size_t before = 0, behind = 0;  // equal tokens, counted from the fingerprint's first one
  const std::size_t most_before = std::min(x.lead, y.lead);
  while (before < most_before &&
         left[x.lead - 1 - before].hash == right[y.lead - 1 - before].hash) {
    ++before;
  }
  const std::size_t most_behind = std::min(left.size() - x.lead, right.size() - y.lead);
  while (behind < most_behind && left[x.lead + behind].hash == right[y.lead + behind].hash) {
    ++behind;
  }
  const std::size_t common = before + behind;
  const std::size_t shared = common < least_tokens_ ? 0 : common + 1 - least_tokens_;
  for (std::uint32_t owner = 0; owner < 2; ++owner) {
    const Class& members = classes_[owner];
    const RepeatWindows& block = blocks[members.begin];
    const std::size_t begin = shared == 0 ? 0 : block.lead - before;
    const std::size_t end = begin + shared;
    ranges_.clear();
    const auto add = [&](std::size_t from, std::size_t to, std::span<const Window> equal) {
      if (from < to) ranges_.push_back({from, to, fate_of(blocks, equal)});
    };
    const auto window = [&](std::uint32_t of, std::size_t number) {
      return Window{0, of, static_cast<std::uint32_t>(number)};
    };
    const std::size_t other_begin =
        shared == 0 ? 0 : blocks[classes_[1 - owner].begin].lead - before;
    add(0, begin, std::array{window(owner, 0)});
    add(begin, end, std::array{window(owner, begin), window(1 - owner, other_begin)});
    add(end, block.windows, std::array{window(owner, end)});
    for (std::size_t i = members.begin; i < members.end; ++i) {
      std::uint32_t last_run = kNoRun;
      for (const Range& range : ranges_) {
        emit(blocks[i].begin + range.begin, static_cast<std::uint32_t>(range.end - range.begin),
             range.fate, last_run, runs);
      }
    }
  }
}

void RepeatGroup::hash_windows(std::span<const RepeatWindows> blocks, std::ptrdiff_t first,
                               std::ptrdiff_t end) {
  hashes_.resize(static_cast<std::size_t>(end - first) * classes_.size());
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < least_tokens_; ++i) power *= kBase;
  for (std::size_t owner = 0; owner < classes_.size(); ++owner) {
    const RepeatWindows& block = blocks[classes_[owner].begin];
    const std::ptrdiff_t lead = block.lead;
    const std::ptrdiff_t begin = std::max<std::ptrdiff_t>(first + lead, 0);
    const std::ptrdiff_t behind = std::min<std::ptrdiff_t>(end + lead, block.windows);
    if (begin >= behind) continue;
    const auto count = static_cast<std::size_t>(behind - begin);
    const auto tokens = store_.view(block.begin + static_cast<std::uint64_t>(begin),
                                    count - 1 + least_tokens_, left_);
    std::size_t place = static_cast<std::size_t>(begin - lead - first) * classes_.size() + owner;
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      hash = hash * kBase + (tokens[i].hash + 1) * kFactor;
      if (i >= least_tokens_) hash -= power * ((tokens[i - least_tokens_].hash + 1) * kFactor);
      if (i + 1 < least_tokens_) continue;
      hashes_[place] = hash;
      place += classes_.size();
    }
  }
}

// Windows can only be equal at the same offset from the fingerprint. Of a notice in a million
// documents there are a million classes of dozens of windows each: they are hashed a few offsets at
// a time, and what comes of an offset goes into the runs that end before it.
void RepeatGroup::resolve_many(std::span<const RepeatWindows> blocks,
                               std::vector<RepeatRun>& runs) {
  last_runs_.assign(blocks.size(), kNoRun);
  std::ptrdiff_t first = 0, last = 0;
  for (const Class& members : classes_) {
    const RepeatWindows& block = blocks[members.begin];
    first = std::min(first, -std::ptrdiff_t{block.lead});
    last = std::max(last, std::ptrdiff_t{block.windows} - block.lead);
  }
  const auto step = static_cast<std::ptrdiff_t>(
      std::max<std::size_t>(1, memory_bytes_ / sizeof(std::uint64_t) / classes_.size()));
  for (std::ptrdiff_t offset = first, hashed = first, end = first; offset < last; ++offset) {
    if (offset == end) {
      hashed = end;
      end = std::min(last, end + step);
      hash_windows(blocks, hashed, end);
    }
    const std::uint64_t* const hashes =
        hashes_.data() + static_cast<std::size_t>(offset - hashed) * classes_.size();
    windows_.clear();
    for (std::uint32_t owner = 0; owner < classes_.size(); ++owner) {
      const RepeatWindows& block = blocks[classes_[owner].begin];
      const std::ptrdiff_t number = offset + block.lead;
      if (number < 0 || number >= block.windows) continue;
      windows_.push_back({hashes[owner], owner, static_cast<std::uint32_t>(number)});
    }
    std::sort(windows_.begin(), windows_.end());
    for (std::size_t begin = 0, behind = 0; begin < windows_.size(); begin = behind) {
      while (behind < windows_.size() && windows_[behind].hash == windows_[begin].hash) ++behind;
      const auto equal = std::span(windows_).subspan(begin, behind - begin);
      const Fate fate = fate_of(blocks, equal);
      if (fate.count < 2) continue;
      for (const Window& window : equal) {
        const Class& members = classes_[window.owner];
        for (std::size_t i = members.begin; i < members.end; ++i) {
          emit(blocks[i].begin + window.number, 1, fate, last_runs_[i], runs);
        }
      }
    }
  }
}

void RepeatGroup::resolve(std::span<const RepeatWindows> blocks, std::vector<RepeatRun>& runs) {
  if (blocks.size() < 2) return;
  find_classes(blocks);
  if (classes_.size() == 1) {
    resolve_equal(blocks, runs);
  } else if (classes_.size() == 2) {
    resolve_two(blocks, runs);
  } else {
    resolve_many(blocks, runs);
  }
}

}  // namespace copydesk
