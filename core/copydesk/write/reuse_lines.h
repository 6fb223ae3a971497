#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Results of reuse search as JSON Lines. Every function appends one line with its line feed; the
// formats are described in docs/reuse.md.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/reuse/relation.h"
#include "copydesk/reuse/source_evidence.h"
#include "copydesk/write/record_place.h"

namespace copydesk {

// A passage in bytes of the two texts.
struct CopiedPassage {
  TextSpan in_copy, in_source;
  std::size_t tokens = 0;
  double similarity = 0.0;
  Relation relation = Relation::kCopy;  // of the copy to the source, the whole texts considered
  // With --against:
  std::string_view set;        // the evaluation set of the source
  std::optional<bool> answer;  // whether its answer stands behind; none if it has none
};

void append_passage_line(std::string& out, const RecordPlace& copy, const RecordPlace& source,
                         const CopiedPassage& passage);

// `source`: "a" or "b", or empty where it is not known.
void append_reuse_pair_line(std::string& out, const RecordPlace& a, const RecordPlace& b,
                            const RelatedPair& pair, const PairEvidence& evidence,
                            std::string_view source);

// One printed version of a story.
struct StoryVersion {
  RecordPlace place;
  std::string title, site, agency;
  std::optional<double> time;
  std::size_t tokens = 0;
  Relation relation = Relation::kCopy;  // to the fullest version
  std::size_t shared_tokens = 0;        // with the fullest version
  double coverage = 0.0;                // of the other versions in this one, on average
  std::string url;                      // its address, empty if it is not known
};

// A family as it is written out.
struct StoryFamily {
  std::vector<StoryVersion> versions;  // by how likely the others come from them
  std::size_t fullest = 0;             // index into versions
  std::vector<std::string> quoted_by;  // ids of round-ups
  SourceGround ground = SourceGround::kNone;
  double confidence = 0.0;
  double lead_seconds = 0.0;

  [[nodiscard]] bool has_source() const { return confidence >= SourceEvidence::kKnown; }
};

void append_family_line(std::string& out, std::size_t number, const StoryFamily& family);

// Seconds since 1970 as 1987-02-26T15:01:01Z.
[[nodiscard]] std::string format_time(double seconds);

}  // namespace copydesk
