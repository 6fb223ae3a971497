#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which version of a story the others come from. Times decide where all versions have them; else
// the texts: a copy of a copy has what both have in common with the source, so the source is the
// version in which most of all others is found. Uncut copies have all of it, too; where the texts
// do not tell the source is unknown, and so it is where times differ by less than clocks do, or
// where little of the others is in the version printed first.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "copydesk/reuse/families.h"

namespace copydesk {

// What is known of a version besides the pairs it is in.
struct VersionFacts {
  std::size_t tokens = 0;
  std::optional<double> time;  // seconds since 1970
  std::string agency;          // the agency the text names as its author, or empty
  std::string site;            // where it was printed, or empty
  std::size_t documents = 1;   // that have exactly this text
};

enum class SourceGround : std::uint8_t {
  kTime,         // printed first
  kContainment,  // the others are found in it
  kAgency,       // printed by the agency that others name
  kNone,
};

[[nodiscard]] std::string_view to_string(SourceGround ground);

struct SourceEvidence {
  // Members of the family by how likely the others come from them, indices into its members.
  std::vector<std::size_t> ranking;
  SourceGround ground = SourceGround::kNone;
  double confidence = 0.0;       // that the first of the ranking is the source, in [0, 1]
  double lead_seconds = 0.0;     // kTime: to the next version
  std::vector<double> coverage;  // by member: how much of the others is found in it, in [0, 1]

  // Below this the source counts as unknown.
  static constexpr double kKnown = 0.6;
  [[nodiscard]] bool is_known() const { return confidence >= kKnown; }
};

// How sure it is that a version printed this much before the next is the source, in [0.5, 1).
[[nodiscard]] double time_confidence(double lead_seconds);

// `facts` are those of the family's members, in their order. Equal texts are one member; their
// times are those of the earliest. `pairs` must hold all pairs between members.
[[nodiscard]] SourceEvidence find_source(const Family& family, std::span<const VersionFacts> facts,
                                         const PairsByDocument& pairs);

}  // namespace copydesk
