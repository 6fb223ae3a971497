// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/source_evidence.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <tuple>
#include <utility>

namespace copydesk {

namespace {

// Copies are cut at the end more often than they are given an end of their own.
constexpr double kEndWorth = 0.05;
// A headline that others print, too, is older than one of a version's own.
constexpr double kBeginningWorth = 0.05;
// What it is worth to be printed by the agency that others name.
constexpr double kAgencyWorth = 0.1;

// How often the source was right, by the lead of its score over the next (measured on generated
// families of four scripts; docs/reuse.md).
struct LeadConfidence {
  double lead, confidence;
};
constexpr std::array kTextConfidence = {LeadConfidence{0.0, 0.4}, LeadConfidence{0.005, 0.45},
                                        LeadConfidence{0.01, 0.55}, LeadConfidence{0.015, 0.75},
                                        LeadConfidence{0.02, 0.9}};

// The clocks of two outlets, and how long a feed takes, differ by this much.
constexpr double kNoLeadSeconds = 60.0;
constexpr double kShortLeadSeconds = 600.0;
// The share of the other versions that is found in the first: below the one it is hardly their
// source, whatever its time; from the other on nothing speaks against it.
constexpr double kLittleFound = 0.2;
constexpr double kMuchFound = 0.6;

double text_confidence(double lead) {
  for (std::size_t i = 1; i < kTextConfidence.size(); ++i) {
    const LeadConfidence& low = kTextConfidence[i - 1];
    const LeadConfidence& high = kTextConfidence[i];
    if (lead < high.lead) {
      return low.confidence +
             (high.confidence - low.confidence) * (lead - low.lead) / (high.lead - low.lead);
    }
  }
  return kTextConfidence.back().confidence;
}

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

double time_confidence(double lead_seconds) {
  constexpr double kNone = 0.5;
  constexpr double kShort = 0.75;
  constexpr double kLong = 0.95;
  if (lead_seconds < kNoLeadSeconds) return kNone;
  return lead_seconds < kShortLeadSeconds ? kShort : kLong;
}

namespace {

// What the pairs of a family say about its members, each by index: means over the other members.
struct Standings {
  explicit Standings(std::size_t count)
      : coverage(count), found(count), beginnings(count), ends(count) {}
  std::vector<double> coverage;    // of what others share with anybody, the part that is in it
  std::vector<double> found;       // of all of others, the part that is in it
  std::vector<double> beginnings;  // others that begin as it does
  std::vector<double> ends;        // how much farther it goes on after the common text
};

// Calls found(i, j, pair, whether i is the pair's a) for both directions of each pair of members.
template <class Found>
void for_each_neighbor(const Family& family, const PairsByDocument& pairs, Found&& found) {
  for (std::size_t i = 0; i < family.members.size(); ++i) {
    for (const std::uint32_t index : pairs.of(family.members[i])) {
      const RelatedPair& pair = pairs.at(index);
      if (is_hidden(pair.relation) || pair.passages == 0) continue;
      const bool is_a = pair.pair.a == family.members[i];
      const std::uint32_t other = is_a ? pair.pair.b : pair.pair.a;
      const auto place = std::lower_bound(family.members.begin(), family.members.end(), other);
      if (place == family.members.end() || *place != other) continue;
      found(i, static_cast<std::size_t>(place - family.members.begin()), pair, is_a);
    }
  }
}

Standings compare_versions(const Family& family, std::span<const VersionFacts> facts,
                           const PairsByDocument& pairs) {
  const std::size_t count = family.members.size();
  Standings standings(count);
  // What a version shares with another, against the most it shares with any: what it has of its own
  // is no fault of the source.
  std::vector<std::size_t> most(count);
  for_each_neighbor(family, pairs, [&](std::size_t, std::size_t j, const RelatedPair& pair, bool) {
    most[j] = std::max(most[j], pair.parts.matched);
  });
  for_each_neighbor(
      family, pairs, [&](std::size_t i, std::size_t j, const RelatedPair& pair, bool is_a) {
        const auto matched = static_cast<double>(pair.parts.matched);
        standings.coverage[i] += matched / static_cast<double>(most[j]);
        standings.found[i] += matched / static_cast<double>(facts[j].tokens);
        const std::size_t begin = is_a ? pair.begin_a : pair.begin_b;
        const std::size_t end = is_a ? pair.end_a : pair.end_b;
        const std::size_t other_end = is_a ? pair.end_b : pair.end_a;
        if (begin == 0) standings.beginnings[i] += 1.0;
        standings.ends[i] += (static_cast<double>(facts[i].tokens - end) -
                              static_cast<double>(facts[j].tokens - other_end)) /
                             static_cast<double>(std::max(facts[i].tokens, facts[j].tokens));
      });
  const auto others = static_cast<double>(count - 1);
  for (std::vector<double>* const values :
       {&standings.coverage, &standings.found, &standings.beginnings, &standings.ends}) {
    for (double& value : *values) value /= others;
  }
  return standings;
}

}  // namespace

SourceEvidence find_source(const Family& family, std::span<const VersionFacts> facts,
                           const PairsByDocument& pairs) {
  const std::size_t count = family.members.size();
  Standings standings = compare_versions(family, facts, pairs);
  const std::string agency = leading_agency(facts);
  std::vector<double> scores(count);
  for (std::size_t i = 0; i < count; ++i) {
    scores[i] = standings.coverage[i] + kEndWorth * standings.ends[i] +
                kBeginningWorth * standings.beginnings[i];
    if (is_site_of(facts[i].site, agency)) scores[i] += kAgencyWorth;
  }
  SourceEvidence evidence;
  const bool all_timed = std::all_of(facts.begin(), facts.end(),
                                     [](const VersionFacts& v) { return v.time.has_value(); });
  evidence.ranking.resize(count);
  std::iota(evidence.ranking.begin(), evidence.ranking.end(), std::size_t{0});
  std::sort(evidence.ranking.begin(), evidence.ranking.end(), [&](std::size_t x, std::size_t y) {
    if (all_timed && *facts[x].time != *facts[y].time) return *facts[x].time < *facts[y].time;
    return std::make_tuple(-scores[x], x) < std::make_tuple(-scores[y], y);
  });
  evidence.coverage = std::move(standings.coverage);

  const std::size_t first = evidence.ranking[0];
  const std::size_t second = evidence.ranking[1];
  if (all_timed && *facts[first].time < *facts[second].time) {
    evidence.ground = SourceGround::kTime;
    evidence.lead_seconds = *facts[second].time - *facts[first].time;
    const double found = (standings.found[first] - kLittleFound) / (kMuchFound - kLittleFound);
    evidence.confidence =
        0.5 + (time_confidence(evidence.lead_seconds) - 0.5) * std::clamp(found, 0.0, 1.0);
    return evidence;
  }
  evidence.confidence =
      text_confidence(scores[first] - scores[second]) / static_cast<double>(facts[first].documents);
  if (evidence.is_known()) {
    evidence.ground =
        is_site_of(facts[first].site, agency) ? SourceGround::kAgency : SourceGround::kContainment;
  }
  return evidence;
}

}  // namespace copydesk
