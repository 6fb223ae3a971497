#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two documents side by side: every measure the other commands go by, and the passages they share.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/reuse/relation.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/stop.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// Tokens that are equal in both texts, in order.
struct EqualPart {
  TextSpan a, b;  // bytes of either text
};

// A passage that stands in both texts, with what was changed in it.
struct ComparedPassage {
  TextSpan a, b;                 // from the first equal token to the last
  std::size_t tokens = 0;        // that are equal
  double similarity = 0.0;       // their share in both sides, in (0, 1]
  std::vector<EqualPart> equal;  // the equal tokens, in order; what is between them differs
};

struct CompareOptions {
  ShingleOptions shingles;
  SketchOptions sketch;
  std::size_t minimum_tokens = 8;  // equal ones in a passage worth showing, at least 1
  StopFlag stop;
};

struct Comparison {
  std::size_t tokens_a = 0, tokens_b = 0;
  bool same_bytes = false;         // the texts are equal to the byte
  bool same_tokens = false;        // dedup would call them identical, or of the same words
  Overlap overlap;                 // of the shingle sets
  double estimated_jaccard = 0.0;  // what the sketches say
  unsigned simhash_distance = 0;   // bits of 64 in which the fingerprints of the shingles differ
  std::size_t shared_grams = 0;    // distinct grams of six tokens in both, by which reuse decides
  std::size_t longest_run = 0;     // equal tokens in a row
  std::size_t shared_tokens = 0;   // in all passages together, at most those of the shorter text
  // What reuse would call a against b if it took them for a pair and for no template; by passages
  // of the length that reuse goes by. None if there are no such passages.
  std::optional<Relation> relation;
  // The same passages as evidence of a form that was filled in twice: how many numbers they hold on
  // both sides, how many of these are equal, and whether those that differ are counters.
  PairEvidence evidence;
  // Whether reuse would take them for a serial report, a template, in a corpus of these two.
  bool is_serial_report = false;
  std::vector<ComparedPassage> passages;  // in the order of a
};

// REQUIRES: both texts are valid UTF-8. Throws Error{kInvalidOption}; Cancelled within a second or two
// of options.stop being set.
[[nodiscard]] Comparison compare_texts(std::string_view a, std::string_view b,
                                       const CompareOptions& options);

// One record, with text of its own.
struct LoadedDocument {
  std::string name;  // id, or PATH:LINE
  std::string title;
  std::string text;
  std::string file;        // as the input is called
  std::uint64_t line = 0;  // from 1
};

// Reads one record: `place` is PATH (a text file, or a JSON Lines file of one record), PATH:LINE,
// or, if `corpus.inputs` is not empty, the id of a record in them (of several the first) or PATH:LINE
// with PATH one of them. Throws Error{kCannotOpen} when
// there is no such record, Error{kInvalidOption} when PATH holds several, Cancelled when
// corpus.reading.source.stop is set while it waits for bytes.
[[nodiscard]] LoadedDocument load_document(const std::string& place, const CorpusOptions& corpus);

}  // namespace copydesk
