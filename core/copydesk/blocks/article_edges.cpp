// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/article_edges.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "copydesk/blocks/page_layout.h"

namespace copydesk {
namespace {

constexpr std::size_t kLinesBefore = 12, kLinesOfBeginning = 12, kLinesOfEnd = 40;
constexpr std::size_t kMostSentencesBehind = 2, kMostSiteLines = 3;
constexpr std::size_t kLongToken = 4;  // bytes; shorter ones say little
constexpr double kShareOfHeadline = .4, kShareOfSentence = .3;
constexpr std::uint32_t kFewestWordsOfSentence = 4;

// The long tokens of a few lines, and which of them stand in others, too. There are a hundred times
// as many tokens in an article as in the lines next to it, so those are put into a table and these
// are looked up, and not the other way round.
class SharedTokens {
 public:
  explicit SharedTokens(const TokenList& tokens) : tokens_(tokens) {}

  void add(const Line& line) { lines_.push_back(&line); }
  [[nodiscard]] bool empty() const { return lines_.empty(); }

  // Looks up the tokens of `lines`; no line is added afterwards.
  void look_up(std::span<const Line> lines) {
    std::size_t count = 0;
    for (const Line* line : lines_) count += line->tokens;
    slots_.assign(std::bit_ceil(4 * count + 1), {});
    std::uint64_t seen[kSeenBits / 64] = {};
    for (const Line* line : lines_) {
      for_each(*line, [&](std::uint64_t hash) {
        slots_[slot_of(hash)] = {hash, true, false};
        seen[hash % kSeenBits / 64] |= std::uint64_t{1} << hash % 64;
      });
    }
    // Most words of an article are in none of the lines next to it, which few bits tell; nothing
    // else of those words is looked at.
    for (const Line& line : lines) {
      for (std::size_t i = line.first_token; i < line.first_token + std::size_t{line.tokens}; ++i) {
        const std::uint64_t hash = tokens_.hashes[i];
        if ((seen[hash % kSeenBits / 64] >> hash % 64 & 1) == 0) continue;
        Slot& slot = slots_[slot_of(hash)];
        slot.is_shared |= slot.is_used && tokens_.spans[i].size() >= kLongToken;
      }
    }
  }

  // What share of the long tokens of a line that was added the others have; 0 unless two.
  [[nodiscard]] double share_of(const Line& line) const {
    std::size_t all = 0, found = 0;
    for_each(line, [&](std::uint64_t hash) {
      ++all;
      found += slots_[slot_of(hash)].is_shared ? 1 : 0;
    });
    return found < 2 ? 0.0 : static_cast<double>(found) / static_cast<double>(all);
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    bool is_used = false, is_shared = false;
  };

  // Where the hash is, or may go.
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = (hash ^ hash >> 32) & mask;
    while (slots_[slot].is_used && slots_[slot].hash != hash) slot = (slot + 1) & mask;
    return slot;
  }

  template <class Take>
  void for_each(const Line& line, Take&& take) const {
    for (std::size_t i = line.first_token; i < line.first_token + std::size_t{line.tokens}; ++i) {
      if (tokens_.spans[i].size() >= kLongToken) take(tokens_.hashes[i]);
    }
  }

  static constexpr std::size_t kSeenBits = 4096;

  const TokenList& tokens_;
  std::vector<const Line*> lines_;
  std::vector<Slot> slots_;
};

void keep_headline(std::span<const Line> lines, const TokenList& tokens, std::size_t begin,
                   std::size_t end, std::span<SiteLine> labels) {
  SharedTokens words(tokens);
  const std::size_t first = begin - std::min(begin, kLinesBefore);
  const auto may_be_headline = [&](std::size_t line) {
    return labels[line] == SiteLine::kOutside && is_headline_like(lines[line]);
  };
  for (std::size_t i = first; i < begin; ++i) {
    if (may_be_headline(i)) words.add(lines[i]);
  }
  if (words.empty()) return;
  words.look_up(lines.subspan(begin, std::min(kLinesOfBeginning, end - begin)));
  std::size_t best = begin;
  double best_share = 0.0;
  for (std::size_t i = begin; i-- > first;) {
    if (!may_be_headline(i)) continue;
    const double share = words.share_of(lines[i]);
    if (share < kShareOfHeadline || share <= best_share) continue;
    best = i;
    best_share = share;
  }
  if (best < begin) labels[best] = SiteLine::kKept;
}

void keep_end(std::span<const Line> lines, const TokenList& tokens, std::size_t begin,
              std::size_t end, std::span<SiteLine> labels) {
  std::vector<std::size_t> sentences;
  std::size_t site_lines = 0;
  for (std::size_t i = end; i < lines.size() && sentences.size() < kMostSentencesBehind; ++i) {
    if (labels[i] == SiteLine::kRepeated) {
      if (++site_lines > kMostSiteLines) break;
      continue;
    }
    if (lines[i].ends_open || lines[i].words < kFewestWordsOfSentence) break;
    sentences.push_back(i);
  }
  if (sentences.empty()) return;
  SharedTokens words(tokens);
  for (const std::size_t sentence : sentences) words.add(lines[sentence]);
  const std::size_t from = end - begin > kLinesOfEnd ? end - kLinesOfEnd : begin;
  words.look_up(lines.subspan(from, end - from));
  for (const std::size_t sentence : sentences) {
    if (words.share_of(lines[sentence]) < kShareOfSentence) return;
    labels[sentence] = SiteLine::kKept;
  }
}

}  // namespace

void keep_article_edges(std::span<const Line> lines, const TokenList& tokens,
                        std::span<SiteLine> labels) {
  std::size_t begin = 0, end = lines.size();
  while (begin < end && labels[begin] != SiteLine::kKept) ++begin;
  while (end > begin && labels[end - 1] != SiteLine::kKept) --end;
  if (begin == end) return;
  keep_headline(lines, tokens, begin, end, labels);
  keep_end(lines, tokens, begin, end, labels);
}

}  // namespace copydesk
