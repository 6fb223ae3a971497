#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two documents side by side: every measure the other commands go by, and the passages they share.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/pipeline/corpus_options.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// A passage that stands in both texts with the same tokens.
struct SharedSpan {
  TextSpan a, b;           // bytes of either text
  std::size_t tokens = 0;
};

struct CompareOptions {
  ShingleOptions shingles;
  SketchOptions sketch;
  std::size_t minimum_tokens = 5;  // of a passage worth showing, at least 1
};

struct Comparison {
  std::size_t tokens_a = 0, tokens_b = 0;
  bool same_bytes = false;   // the texts are equal to the byte
  bool same_tokens = false;  // dedup would call them exact copies
  Overlap overlap;           // of the shingle sets
  double estimated_jaccard = 0.0;  // what the sketches say
  std::size_t shared_tokens = 0;   // in all passages together
  std::vector<SharedSpan> passages;  // in the order of a; they do not overlap in either text
};

// REQUIRES: both texts are valid UTF-8. Throws Error{kInvalidOption}.
[[nodiscard]] Comparison compare_texts(std::string_view a, std::string_view b,
                                       const CompareOptions& options);

// One record, with text of its own.
struct LoadedDocument {
  std::string name;  // id, or PATH:LINE
  std::string title;
  std::string text;
};

// Reads one record: `place` is PATH (a text file, or a JSON Lines file of one record), PATH:LINE, or,
// if `corpus.inputs` is not empty, the id of a record in them. Throws Error{kCannotOpen} when there
// is no such record, Error{kInvalidOption} when PATH holds several.
[[nodiscard]] LoadedDocument load_document(const std::string& place, const CorpusOptions& corpus);

}  // namespace copydesk
