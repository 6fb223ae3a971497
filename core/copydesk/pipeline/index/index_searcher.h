#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What of an index is like a text: candidates by their keys, each compared exactly. Of many texts at once
// the keys of each band are sorted and looked up in one walk through the index; one text alone takes a few
// reads for each band and segment.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/decide/decider.h"
#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/passes/shingle_sets.h"
#include "copydesk/run/run_control.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/text/text_tokenizer.h"

namespace copydesk {

// A text that is ready to be looked for.
struct SearchedText {
  StoredSet set;
  std::vector<std::uint64_t> keys;  // of each band, then of the whole text; 40 bits
  std::uint64_t exact_low = 0, exact_high = 0, text_hash = 0;
  TextClass text_class = TextClass::kEmpty;
  // For passages, where the index keeps texts.
  std::string text;
  TokenKind kind = TokenKind::kWords;
};

// A document of the index that is like it, and kept.
struct IndexMatch {
  std::uint32_t number = 0;
  bool is_verified = true;  // else nothing but keys is known: an index with --verify none
  RemovalRule rule = RemovalRule::kNearDuplicate;
  Overlap overlap;  // a is the text, b the document; zeros where they are equal
  bool has_passage = false;
  std::size_t shared_tokens = 0;
  TextSpan passage;  // in the text
};

// Reuses its buffers; one a thread.
class TextPreparer {
 public:
  explicit TextPreparer(const IndexParameters& parameters, StopFlag stop = {});
  void prepare(std::string_view text, TokenKind kind, SearchedText& out);
  [[nodiscard]] TokenKind kind_of(std::string_view said) const { return maker_.kind_of(said); }
  [[nodiscard]] ShingleSetMaker& maker() { return maker_; }

 private:
  const IndexParameters& parameters_;
  Banding banding_;
  ShingleSetMaker maker_;
  Sketcher sketcher_;
  std::vector<std::uint32_t> sketch_;
};

struct IndexAnswer {
  std::vector<IndexMatch> matches;
  std::uint64_t not_compared = 0;  // documents with a key in common that were left out by a limit
};

struct SearchLimits {
  std::size_t most = 0;      // matches of a text, the most alike; 0: all
  // Documents that a text is compared with, those with the most keys in common; 0: all. Of a template
  // thousands share a key or two, and what is alike shares many: of texts that are 0.8 alike, and have one
  // in common, 7 of 17 on average.
  std::size_t compared = 0;
};

// Keeps references.
class IndexSearcher {
 public:
  IndexSearcher(const IndexReader& index, const RunControl& control)
      : index_(index), control_(control) {}

  // Of each text its matches, the most alike first, of equals the earlier one. Throws as BlockFile does,
  // and Cancelled.
  [[nodiscard]] std::vector<IndexAnswer> search(std::span<const SearchedText> texts,
                                                const SearchLimits& limits,
                                                std::size_t threads) const;

 private:
  [[nodiscard]] std::vector<IndexHit> look_up(std::span<const SearchedText> texts,
                                              std::size_t threads) const;

  const IndexReader& index_;
  const RunControl& control_;
};

}  // namespace copydesk
