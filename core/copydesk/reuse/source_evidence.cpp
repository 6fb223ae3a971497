// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/source_evidence.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>

namespace copydesk {

namespace {

// Text of a version's own speaks a little for it: copies are cut more often than added to.
constexpr double kOwnTextWorth = 0.02;
// A headline, byline or dateline of its own before the common text is what copies are given.
constexpr double kOwnBeginningCost = 0.01;
// What it is worth to be printed by the agency that others name.
constexpr double kAgencyWorth = 0.1;
// Differences of scores below this say nothing; from kClear on they could not say more.
constexpr double kUnclear = 0.002;
constexpr double kClear = 0.05;
constexpr double kTimeConfidence = 0.95;
constexpr double kTextConfidence = 0.9;

bool is_site_of(const std::string& site, const std::string& agency) {
  std::string lower;
  for (const char c : site) {
    lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  std::string name;
  for (const char c : agency) {
    name.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  const std::size_t place = name.empty() ? std::string::npos : lower.find(name);
  const bool begins = place != std::string::npos &&
                      (place == 0 || !std::isalnum(static_cast<unsigned char>(lower[place - 1])));
  return begins && (place + name.size() == lower.size() ||
                    !std::isalnum(static_cast<unsigned char>(lower[place + name.size()])));
}

// The agency that most versions name; empty if none does.
std::string leading_agency(std::span<const VersionFacts> facts) {
  std::vector<std::string> names;
  for (const VersionFacts& version : facts) {
    if (!version.agency.empty()) names.push_back(version.agency);
  }
  std::sort(names.begin(), names.end());
  std::string best;
  std::ptrdiff_t most = 0;
  for (const std::string& name : names) {
    const std::ptrdiff_t count = std::count(names.begin(), names.end(), name);
    if (count > most) {
      most = count;
      best = name;
    }
  }
  return best;
}

}  // namespace

std::string_view to_string(SourceGround ground) {
  switch (ground) {
    case SourceGround::kTime:
      return "time";
    case SourceGround::kContainment:
      return "containment";
    case SourceGround::kAgency:
      return "agency";
    case SourceGround::kNone:
      return "none";
  }
  return "";
}

SourceEvidence find_source(const Family& family, std::span<const VersionFacts> facts,
                           const PairsByDocument& pairs) {
  const std::size_t count = family.members.size();
  SourceEvidence evidence;
  evidence.coverage.assign(count, 0.0);
  evidence.own_text.assign(count, 1.0);
  // What a version shares with another, against the most it shares with any: what it has of its own
  // is no fault of the source.
  const auto matched_tokens = [&](std::size_t i, std::size_t j) -> std::size_t {
    const ReusePair* const pair =
        i == j ? nullptr : pairs.find(family.members[i], family.members[j]);
    return pair == nullptr || pair->relation == Relation::kTemplate ? 0 : pair->parts.matched;
  };
  // The first token of a version that some other has as well.
  const auto begins_at = [&](std::size_t i) {
    std::size_t begin = facts[i].tokens;
    for (std::size_t j = 0; j < count; ++j) {
      const ReusePair* const pair =
          i == j ? nullptr : pairs.find(family.members[i], family.members[j]);
      if (pair == nullptr) continue;
      for (const Passage& passage : pair->passages) {
        begin =
            std::min(begin, pair->pair.a == family.members[i] ? passage.begin_a : passage.begin_b);
      }
    }
    return begin;
  };
  std::vector<bool> has_own_beginning(count);
  for (std::size_t j = 0; j < count; ++j) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < count; ++i) most = std::max(most, matched_tokens(i, j));
    if (most == 0) continue;
    for (std::size_t i = 0; i < count; ++i) {
      evidence.coverage[i] += static_cast<double>(matched_tokens(i, j)) / static_cast<double>(most);
    }
    has_own_beginning[j] = begins_at(j) > 0;
    evidence.own_text[j] =
        1.0 - static_cast<double>(most) / static_cast<double>(std::max(facts[j].tokens, most));
  }
  for (double& coverage : evidence.coverage) coverage /= static_cast<double>(count - 1);

  const std::string agency = leading_agency(facts);
  std::vector<double> scores(count);
  for (std::size_t i = 0; i < count; ++i) {
    scores[i] = evidence.coverage[i] + kOwnTextWorth * evidence.own_text[i];
    if (has_own_beginning[i]) scores[i] -= kOwnBeginningCost;
    if (is_site_of(facts[i].site, agency)) scores[i] += kAgencyWorth;
  }
  const bool all_timed = std::all_of(facts.begin(), facts.end(),
                                     [](const VersionFacts& v) { return v.time.has_value(); });
  evidence.ranking.resize(count);
  std::iota(evidence.ranking.begin(), evidence.ranking.end(), std::size_t{0});
  std::sort(evidence.ranking.begin(), evidence.ranking.end(), [&](std::size_t x, std::size_t y) {
    if (all_timed && *facts[x].time != *facts[y].time) return *facts[x].time < *facts[y].time;
    return std::make_tuple(-scores[x], x) < std::make_tuple(-scores[y], y);
  });

  const std::size_t first = evidence.ranking[0];
  const std::size_t second = evidence.ranking[1];
  if (all_timed && *facts[first].time < *facts[second].time) {
    evidence.ground = SourceGround::kTime;
    evidence.lead_seconds = *facts[second].time - *facts[first].time;
    evidence.confidence = kTimeConfidence;
    return evidence;
  }
  const double lead = scores[first] - scores[second];
  if (lead < kUnclear) return evidence;
  evidence.ground =
      is_site_of(facts[first].site, agency) ? SourceGround::kAgency : SourceGround::kContainment;
  evidence.confidence =
      0.5 + (kTextConfidence - 0.5) * std::min(1.0, (lead - kUnclear) / (kClear - kUnclear));
  return evidence;
}

}  // namespace copydesk
