// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/term_statistics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "copydesk/blocks/line_list.h"
#include "copydesk/stream/packed_bytes.h"
#include "copydesk/text/utf8.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {
namespace {

constexpr std::size_t kPrefixCharacters = 5;

bool is_word_byte(unsigned char c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t prefix_size(std::string_view word) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_utf8_tail(word[i]) && characters++ == kPrefixCharacters) return i;
  }
  return word.size();
}

}  // namespace

void make_terms(std::string_view folded, const TokenList& tokens,
                std::vector<std::uint64_t>& terms) {
  terms.clear();
  terms.reserve(tokens.size());
  std::size_t at = 0;
  for (std::size_t token = 0; token < tokens.size(); ++token) {
    while (at < folded.size() && !is_word_byte(static_cast<unsigned char>(folded[at]))) ++at;
    const std::size_t begin = at;
    while (at < folded.size() && is_word_byte(static_cast<unsigned char>(folded[at]))) ++at;
    const bool touches_next =
        token + 1 < tokens.size() && tokens.spans[token].end == tokens.spans[token + 1].begin;
    if (touches_next) {
      terms.push_back(mix_keys(tokens.hashes[token], tokens.hashes[token + 1]));
    } else {
      terms.push_back(
          XXH3_64bits(folded.data() + begin, prefix_size(folded.substr(begin, at - begin))));
    }
  }
}

void TermStatistics::add(std::span<const std::uint64_t> terms) {
  distinct_.assign(terms.begin(), terms.end());
  std::sort(distinct_.begin(), distinct_.end());
  distinct_.erase(std::unique(distinct_.begin(), distinct_.end()), distinct_.end());
  for (const std::uint64_t term : distinct_) ++counts_[term];
  ++units_;
  while (counts_.size() > kMostTerms) {
    ++floor_;
    std::erase_if(counts_, [&](const auto& entry) { return entry.second <= floor_; });
  }
}

std::vector<std::uint64_t> TermStatistics::frequent(std::size_t count, double share) const {
  // In a handful of units any term is in a large share of them.
  if (static_cast<double>(units_) * share < 1.0) return {};
  std::vector<std::pair<std::uint32_t, std::uint64_t>> list;
  for (const auto& [term, seen] : counts_) {
    if (static_cast<double>(seen) >= share * static_cast<double>(units_))
      list.push_back({seen, term});
  }
  std::sort(list.begin(), list.end(), std::greater<>());
  if (list.size() > count) list.resize(count);
  std::vector<std::uint64_t> terms;
  for (const auto& [seen, term] : list) terms.push_back(term);
  std::sort(terms.begin(), terms.end());
  return terms;
}

double TermStatistics::idf(std::uint64_t term) const {
  const auto found = counts_.find(term);
  const double seen = found == counts_.end() ? 0.0 : found->second;
  return std::max(0.0, std::log((static_cast<double>(units_) + 1.0) / (seen + 0.5)));
}

void TermStatistics::write(PackedBytes& bytes) const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> list(counts_.begin(), counts_.end());
  std::sort(list.begin(), list.end());
  std::vector<std::uint64_t> terms;
  std::vector<std::uint32_t> counts;
  for (const auto& [term, seen] : list) {
    terms.push_back(term);
    counts.push_back(seen);
  }
  bytes.put(units_);
  bytes.put(floor_);
  bytes.put_all<std::uint64_t>(terms);
  bytes.put_all<std::uint32_t>(counts);
}

TermStatistics TermStatistics::read(PackedReader& bytes) {
  TermStatistics statistics;
  statistics.units_ = bytes.get<std::uint64_t>();
  statistics.floor_ = bytes.get<std::uint32_t>();
  std::vector<std::uint64_t> terms;
  std::vector<std::uint32_t> counts;
  bytes.get_all(terms);
  bytes.get_all(counts);
  if (terms.size() != counts.size() || terms.size() > kMostTerms) bytes.fail();
  statistics.counts_.reserve(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (counts[i] == 0 || counts[i] > statistics.units_) bytes.fail();
    if (!statistics.counts_.emplace(terms[i], counts[i]).second) bytes.fail();
  }
  return statistics;
}

}  // namespace copydesk
