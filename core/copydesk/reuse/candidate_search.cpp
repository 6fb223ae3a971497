// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/candidate_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace copydesk {

namespace {

// Fingerprints of more documents than this are thinned out, so that one makes at most this many / 2
// pairs for each document that has it, on average.
constexpr std::uint32_t kThinFrom = 32;
constexpr std::size_t kLeaders = 4;

// How many fingerprints one that was kept stands for.
double thinning(std::uint32_t df) {
  return df <= kThinFrom ? 1.0 : static_cast<double>(df) / kThinFrom;
}

bool survives_thinning(const JoinEntry& fingerprint, std::uint32_t df) {
  if (df <= kThinFrom) return true;
  const std::uint32_t place = (fingerprint.high ^ fingerprint.low) * 0x9E3779B1u >> 12;
  return place < static_cast<std::uint32_t>(kThinFrom * (std::uint64_t{1} << 20) / df);
}

bool crosses(std::uint32_t a, std::uint32_t b, std::uint32_t first_new) {
  return first_new == 0 || (a < first_new && b >= first_new);
}

// REQUIRES: `holders` ascend.
std::size_t count_below(std::span<const JoinEntry> holders, std::uint32_t first_new) {
  const auto place = std::lower_bound(
      holders.begin(), holders.end(), first_new,
      [](const JoinEntry& holder, std::uint32_t number) { return holder.value < number; });
  return static_cast<std::size_t>(place - holders.begin());
}

// Which holders of one fingerprint are paired: all with each other, but of a site that has many of
// them the first few stand for the others. A newspaper prints a story once or a few times; what is
// on more of its pages is mostly its menu, and would make pairs of all its pages.
class PairingRule {
 public:
  explicit PairingRule(const CandidateOptions& options) : options_(options) {}

  // REQUIRES: `holders` outlive the calls of admits() and ascend.
  void set(std::span<const JoinEntry> holders) {
    holders_ = holders;
    is_crowded_.clear();
    if (options_.sites.empty() || holders.size() <= options_.most_of_site) return;
    by_site_.clear();
    for (std::size_t i = 0; i < holders.size(); ++i) {
      // The new corpus is asked about document by document: all of it is paired.
      if (options_.first_new_document != 0 && holders[i].value >= options_.first_new_document)
        break;
      if (site_of(i) != 0) by_site_.emplace_back(site_of(i), i);
    }
    std::sort(by_site_.begin(), by_site_.end());
    for (std::size_t begin = 0, end = 0; begin < by_site_.size(); begin = end) {
      while (end < by_site_.size() && by_site_[end].first == by_site_[begin].first) ++end;
      if (end - begin <= options_.most_of_site) continue;
      is_crowded_.resize(holders.size());
      for (std::size_t i = begin + kLeaders; i < end; ++i) is_crowded_[by_site_[i].second] = true;
    }
  }

  // REQUIRES: i < j.
  [[nodiscard]] bool admits(std::size_t i, std::size_t j) const {
    if (!crosses(holders_[i].value, holders_[j].value, options_.first_new_document)) return false;
    if (is_crowded_.empty()) return true;
    return !is_crowded_[i] && (!is_crowded_[j] || site_of(i) == site_of(j));
  }

 private:
  [[nodiscard]] std::uint32_t site_of(std::size_t i) const {
    return options_.sites[holders_[i].value];
  }

  const CandidateOptions& options_;
  std::span<const JoinEntry> holders_;
  std::vector<std::pair<std::uint32_t, std::size_t>> by_site_;
  std::vector<bool> is_crowded_;  // by holder; empty if none is
};

}  // namespace

void pair_fingerprints(std::span<const JoinEntry> entries, const CandidateOptions& options,
                       FingerprintPairs& out) {
  const std::uint32_t first_new = options.first_new_document;
  PairingRule rule(options);
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    const JoinEntry& first = entries[begin];
    end = begin + 1;
    while (end < entries.size() && entries[end].high == first.high &&
           entries[end].low == first.low) {
      ++end;
    }
    const std::size_t documents = end - begin;
    if (documents < 2) continue;
    const std::span<const JoinEntry> holders = entries.subspan(begin, documents);
    const std::size_t old = first_new == 0 ? documents : count_below(holders, first_new);
    if (old == 0 || (first_new != 0 && old == documents)) continue;
    // A new document is asked about by itself, however many others have the same text.
    const auto df = static_cast<std::uint32_t>(first_new == 0 ? documents : old + 1);
    if (df > options.most_paired) {
      out.frequent.push_back(std::uint64_t{first.high} << 32 | first.low);
      if (df > options.most_documents) continue;
      // With --against the first four of the old side and all of the new one.
      for (std::size_t i = 0; i < std::min(kLeaders, documents); ++i) {
        for (std::size_t j = i + 1; j < documents; ++j) {
          if (!crosses(holders[i].value, holders[j].value, first_new)) continue;
          out.pairs.push_back({holders[i].value, holders[j].value, df});
        }
      }
      continue;
    }
    if (!survives_thinning(first, df)) continue;
    rule.set(holders);
    for (std::size_t i = 0; i + 1 < documents; ++i) {
      if (first_new != 0 && holders[i].value >= first_new) break;
      for (std::size_t j = i + 1; j < documents; ++j) {
        if (!rule.admits(i, j)) continue;
        out.pairs.push_back({holders[i].value, holders[j].value, df});
      }
    }
  }
}

void weigh_pairs(std::span<const JoinEntry> pairs, const CandidateOptions& options,
                 std::vector<ReuseCandidate>& candidates) {
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    const JoinEntry& first = pairs[begin];
    double weight = 0.0;        // of all
    double telling_weight = 0;  // of those that make the mean
    double telling = 0.0;
    for (end = begin;
         end < pairs.size() && pairs[end].high == first.high && pairs[end].low == first.low;
         ++end) {
      const std::uint32_t df = pairs[end].value;
      const double one = 1.0 / std::sqrt(static_cast<double>(df) - 1.0);
      if (df > options.most_paired) {
        weight += one;
        continue;
      }
      const double times = thinning(df);
      weight += one * times;
      telling_weight += one * times;
      telling += times;
    }
    if (weight < options.minimum_weight && telling < options.minimum_shared) continue;
    ReuseCandidate candidate{{first.high, first.low}, 0.0, telling, 0};
    if (telling > 0.0) {
      candidate.mean_weight = telling_weight / telling;
      double below = 0.0;
      for (std::size_t i = begin; i < end && pairs[i].value <= options.most_paired; ++i) {
        candidate.median_df = pairs[i].value;
        below += thinning(pairs[i].value);
        if (2.0 * below >= telling) break;
      }
    }
    candidates.push_back(candidate);
  }
}

}  // namespace copydesk
