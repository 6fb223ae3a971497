// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/article_edges.h"

#include <algorithm>
#include <vector>

#include "copydesk/blocks/page_layout.h"

namespace copydesk {
namespace {

constexpr std::size_t kLinesBefore = 12, kLinesOfBeginning = 12, kLinesOfEnd = 40;
constexpr std::size_t kMostSentencesBehind = 2, kMostSiteLines = 3;
constexpr std::size_t kLongToken = 4;  // bytes; shorter ones say little
constexpr double kShareOfHeadline = .4, kShareOfSentence = .3;
constexpr std::uint32_t kFewestWordsOfSentence = 4;

// The long tokens of some lines.
class Words {
 public:
  Words(std::span<const Line> lines, const TokenList& tokens) : tokens_(tokens) {
    for (const Line& line : lines) {
      for_each(line, [&](std::uint64_t hash) { hashes_.push_back(hash); });
    }
    std::sort(hashes_.begin(), hashes_.end());
  }

  // What share of the line's long tokens they hold; 0 unless two.
  [[nodiscard]] double share_of(const Line& line) const {
    std::size_t all = 0, found = 0;
    for_each(line, [&](std::uint64_t hash) {
      ++all;
      found += std::binary_search(hashes_.begin(), hashes_.end(), hash) ? 1 : 0;
    });
    return found < 2 ? 0.0 : static_cast<double>(found) / static_cast<double>(all);
  }

 private:
  template <class Take>
  void for_each(const Line& line, Take&& take) const {
    for (std::size_t i = line.first_token; i < line.first_token + std::size_t{line.tokens}; ++i) {
      if (tokens_.spans[i].size() >= kLongToken) take(tokens_.hashes[i]);
    }
  }

  const TokenList& tokens_;
  std::vector<std::uint64_t> hashes_;
};

void keep_headline(std::span<const Line> lines, const TokenList& tokens, std::size_t begin,
                   std::size_t end, std::span<SiteLine> labels) {
  const Words words(lines.subspan(begin, std::min(kLinesOfBeginning, end - begin)), tokens);
  std::size_t best = begin;
  double best_share = 0.0;
  for (std::size_t i = begin; i > 0 && begin - i < kLinesBefore; --i) {
    const Line& line = lines[i - 1];
    if (labels[i - 1] != SiteLine::kOutside || !is_headline_like(line)) continue;
    const double share = words.share_of(line);
    if (share < kShareOfHeadline || share <= best_share) continue;
    best = i - 1;
    best_share = share;
  }
  if (best < begin) labels[best] = SiteLine::kKept;
}

void keep_end(std::span<const Line> lines, const TokenList& tokens, std::size_t begin,
              std::size_t end, std::span<SiteLine> labels) {
  const std::size_t from = end - begin > kLinesOfEnd ? end - kLinesOfEnd : begin;
  const Words words(lines.subspan(from, end - from), tokens);
  std::size_t sentences = 0, site_lines = 0;
  for (std::size_t i = end; i < lines.size() && sentences < kMostSentencesBehind; ++i) {
    if (labels[i] == SiteLine::kRepeated) {
      if (++site_lines > kMostSiteLines) return;
      continue;
    }
    const Line& line = lines[i];
    if (line.ends_open || line.words < kFewestWordsOfSentence) return;
    if (words.share_of(line) < kShareOfSentence) return;
    labels[i] = SiteLine::kKept;
    ++sentences;
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
