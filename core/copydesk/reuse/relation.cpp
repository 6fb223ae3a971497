// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/relation.h"

#include <algorithm>

namespace copydesk {

namespace {

constexpr double kNearlyAll = 0.8;    // of a text
constexpr double kGoodPart = 0.3;     // of a text
constexpr double kSummaryPart = 0.7;  // of a summary: the rest is its headline and edits
// The sentences of a summary are spread over this many times their own length, or stand at the very
// beginning of a text that is at least four times as long.
constexpr double kSpread = 1.5;
constexpr double kMostTeaserLength = 0.25;
constexpr double kBeginning = 0.1;

// REQUIRES: the shorter text is a.
bool is_summary(std::span<const Passage> passages, const SharedParts& parts) {
  const auto longer = static_cast<double>(parts.tokens_b);
  const double length = static_cast<double>(parts.tokens_a) / longer;
  if (passages.empty() || length > kMostSummaryLength || parts.share_a() < kSummaryPart) {
    return false;
  }
  std::size_t begin = passages.front().begin_b;
  std::size_t end = passages.front().end_b;
  for (const Passage& passage : passages) {
    begin = std::min(begin, passage.begin_b);
    end = std::max(end, passage.end_b);
  }
  const bool is_spread = passages.size() > 1 && static_cast<double>(end - begin) >=
                                                    kSpread * static_cast<double>(parts.matched);
  const bool is_teaser =
      length <= kMostTeaserLength && static_cast<double>(begin) <= kBeginning * longer;
  return is_spread || is_teaser;
}

}  // namespace

std::string_view to_string(Relation relation) {
  switch (relation) {
    case Relation::kCopy:
      return "copy";
    case Relation::kContained:
      return "contained";
    case Relation::kContains:
      return "contains";
    case Relation::kSummary:
      return "summary";
    case Relation::kSummarized:
      return "summarized";
    case Relation::kUpdate:
      return "update";
    case Relation::kExcerpt:
      return "excerpt";
    case Relation::kTemplate:
      return "template";
    case Relation::kBoilerplate:
      return "boilerplate";
  }
  return "";
}

Relation reversed(Relation relation) {
  switch (relation) {
    case Relation::kContained:
      return Relation::kContains;
    case Relation::kContains:
      return Relation::kContained;
    case Relation::kSummary:
      return Relation::kSummarized;
    case Relation::kSummarized:
      return Relation::kSummary;
    default:
      return relation;
  }
}

SharedParts measure_parts(std::span<const Passage> passages, std::size_t tokens_a,
                          std::size_t tokens_b) {
  SharedParts parts{tokens_a, tokens_b, 0};
  for (const Passage& passage : passages) parts.matched += passage.matched;
  parts.matched = std::min({parts.matched, tokens_a, tokens_b});
  return parts;
}

Relation relate(std::span<const Passage> passages, const SharedParts& parts) {
  if (parts.share_a() >= kNearlyAll && parts.share_b() >= kNearlyAll) return Relation::kCopy;
  if (parts.tokens_a > parts.tokens_b) {
    std::vector<Passage> swapped;
    for (const Passage& passage : passages) {
      swapped.push_back(
          {passage.begin_b, passage.end_b, passage.begin_a, passage.end_a, passage.matched, {}});
    }
    return reversed(relate(swapped, {parts.tokens_b, parts.tokens_a, parts.matched}));
  }
  if (is_summary(passages, parts)) return Relation::kSummary;
  if (parts.share_a() >= kNearlyAll) return Relation::kContained;
  const bool both = parts.share_a() >= kGoodPart && parts.share_b() >= kGoodPart;
  return both ? Relation::kUpdate : Relation::kExcerpt;
}

RelatedPair without_passages(const ReusePair& pair) {
  RelatedPair related;
  related.pair = pair.pair;
  related.relation = pair.relation;
  related.parts = pair.parts;
  for (const Passage& passage : pair.passages) {
    const bool is_first = related.passages++ == 0;
    const auto widen = [&](std::uint32_t& begin, std::uint32_t& end, std::size_t from,
                           std::size_t to) {
      begin = is_first ? static_cast<std::uint32_t>(from)
                       : std::min(begin, static_cast<std::uint32_t>(from));
      end = std::max(end, static_cast<std::uint32_t>(to));
    };
    widen(related.begin_a, related.end_a, passage.begin_a, passage.end_a);
    widen(related.begin_b, related.end_b, passage.begin_b, passage.end_b);
  }
  return related;
}

}  // namespace copydesk
