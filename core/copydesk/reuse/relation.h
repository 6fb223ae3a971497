#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What two texts that share passages are to each other.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/reuse/copy_decision.h"
#include "copydesk/reuse/passage_aligner.h"

namespace copydesk {

// Of a to b. docs/reuse.md has the rules.
enum class Relation : std::uint8_t {
  kCopy,        // nearly all of each is in the other
  kContained,   // nearly all of a is in b, which has more
  kContains,    // the reverse
  kSummary,     // a is much shorter and made of sentences from all over b, or of its beginning
  kSummarized,  // the reverse
  kUpdate,      // a good part of both is shared, and both have text of their own
  kExcerpt,     // a small part of at least the longer one is shared
  kTemplate,    // what they share recurs in others: a form filled in twice, not a copy
  kBoilerplate,  // they share furniture alone: a footer, a call to subscribe, a cookie notice
};

// Whether pairs of this relation are counted, but shown only on request.
[[nodiscard]] constexpr bool is_hidden(Relation relation) {
  return relation == Relation::kTemplate || relation == Relation::kBoilerplate;
}

[[nodiscard]] std::string_view to_string(Relation relation);

// The same relation seen from b.
[[nodiscard]] Relation reversed(Relation relation);

// How much of two texts their passages make up.
struct SharedParts {
  std::size_t tokens_a = 0, tokens_b = 0;  // of the whole texts
  std::size_t matched = 0;                 // in passages; at most the smaller of both

  [[nodiscard]] double share_a() const { return share_of(tokens_a); }
  [[nodiscard]] double share_b() const { return share_of(tokens_b); }

 private:
  [[nodiscard]] double share_of(std::size_t tokens) const {
    return tokens == 0 ? 0.0 : static_cast<double>(matched) / static_cast<double>(tokens);
  }
};

[[nodiscard]] SharedParts measure_parts(std::span<const Passage> passages, std::size_t tokens_a,
                                        std::size_t tokens_b);

// Passages as short as this count for a text that may be a summary: single sentences.
inline constexpr std::size_t kSentenceTokens = 8;
// A text of at most this share of the other's tokens may be a summary of it.
inline constexpr double kMostSummaryLength = 0.4;

// The relation by passages alone, templates aside.
[[nodiscard]] Relation relate(std::span<const Passage> passages, const SharedParts& parts);

// Two documents that share text, and all that is known of it.
struct ReusePair {
  CandidatePair pair;
  PairEvidence evidence;
  Relation relation = Relation::kExcerpt;
  SharedParts parts;
  std::vector<Passage> passages;
};

// What is left of a pair once its passages are stored elsewhere: what families and sources go by.
struct RelatedPair {
  CandidatePair pair;
  Relation relation = Relation::kExcerpt;
  std::uint32_t passages = 0;
  SharedParts parts;
  // From the first token of the first passage to the last of the last, on either side; empty where
  // there are no passages.
  std::uint32_t begin_a = 0, end_a = 0;
  std::uint32_t begin_b = 0, end_b = 0;
};

// REQUIRES: both texts have fewer than 2^32 tokens.
[[nodiscard]] RelatedPair without_passages(const ReusePair& pair);

}  // namespace copydesk
