#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From candidate pairs to pairs of documents with their shared passages: judge and align.

#include <cstdint>
#include <vector>

#include "copydesk/pipeline/passes/gram_join.h"
#include "copydesk/pipeline/passes/gram_pass.h"
#include "copydesk/pipeline/reuse/reuse_search.h"
#include "copydesk/reuse/copy_decision.h"
#include "copydesk/reuse/item_matcher.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/reuse/relation.h"
#include "copydesk/stream/spill_list.h"

namespace copydesk {

struct ReuseRules {
  CopyRule copy;
  PassageOptions passages;
  // Every pair with a passage is reuse, whatever else the two share: what is looked for is asked
  // for by name (--against).
  bool any_passage = false;
  // Old documents that are items (is_item()) are looked for as such.
  ItemRule items;
  bool keep_hidden = true;           // pairs of relations that are hidden, not only their number
  bool keep_hidden_passages = false; // and their passages
  bool keep_evidence = true;         // what pairs were judged by is wanted
};

// A passage without its runs, in tokens.
struct StoredPassage {
  std::uint32_t begin_a, end_a;
  std::uint32_t begin_b, end_b;
  std::uint32_t matched;

  [[nodiscard]] double similarity() const {
    return 2.0 * static_cast<double>(matched) / (double{} + end_a - begin_a + end_b - begin_b);
  }
};

// What the families go by is in memory, 56 bytes a pair; the rest is beyond a bound in files.
struct JudgedPairs {
  JudgedPairs(const std::string& folder, std::size_t memory_bytes)
      : passages(folder, memory_bytes / 2), evidence(folder, memory_bytes / 2) {}

  std::vector<RelatedPair> pairs;     // in the order of the candidates
  SpillList<StoredPassage> passages;  // of one pair after the other
  SpillList<PairEvidence> evidence;   // one of each pair, if the rules keep it
  std::uint64_t accepted = 0;         // all that are reuse, also those that were not kept; of these
  std::uint64_t templates = 0;        // ... templates
  std::uint64_t boilerplate = 0;      // ... and boilerplate
};

// The candidates that are reuse and share a passage. The stop flag is looked at before each pair.
JudgedPairs judge_candidates(const FingerprintJoin& candidates, const FingerprintedCorpus& corpus,
                             const CollectedTexts& collected, const ReuseRules& rules,
                             const CorpusOptions& options, std::size_t memory_bytes,
                             const RunControl& control);

}  // namespace copydesk
