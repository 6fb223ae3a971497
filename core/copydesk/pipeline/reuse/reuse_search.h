#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// From candidate pairs to pairs of documents with their shared passages: read the candidates
// again, judge and align.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/pipeline/passes/gram_join.h"
#include "copydesk/pipeline/passes/gram_pass.h"
#include "copydesk/reuse/copy_decision.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/reuse/relation.h"
#include "copydesk/reuse/text_store.h"
#include "copydesk/stream/spill_list.h"

namespace copydesk {

// What the families need to know of a document besides its tokens.
struct ReuseDocument {
  std::uint32_t document = 0;
  std::uint32_t tokens = 0;
  TextSpan bytes;  // from the first token to the last
  std::string title, site;
  std::optional<double> time;  // seconds since 1970
  std::string agency;          // by which the text says it was written; empty if it does not
};

// The documents of the candidate pairs, and those with the same tokens as another.
struct CollectedTexts {
  CollectedTexts(const std::string& folder, std::size_t memory_bytes)
      : texts(folder, memory_bytes) {}
  TextStore texts;                       // of representatives in candidate pairs
  std::vector<ReuseDocument> documents;  // ascending

  // REQUIRES: it was collected.
  [[nodiscard]] const ReuseDocument& find(std::uint32_t document) const;
};

CollectedTexts collect_texts(CorpusReader& reader, const FingerprintedCorpus& corpus,
                             const FingerprintJoin& candidates, std::size_t memory_bytes);

struct ReuseRules {
  CopyRule copy;
  PassageOptions passages;
  bool keep_templates = true;           // template pairs are wanted, not only their number
  bool keep_evidence = true;            // what pairs were judged by is wanted
  bool keep_template_passages = false;  // and so are their passages
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
  std::uint64_t templates = 0;        // also those that were not kept
};

// The candidates that are reuse.
JudgedPairs judge_candidates(const FingerprintJoin& candidates, const FingerprintedCorpus& corpus,
                             const CollectedTexts& collected, const ReuseRules& rules,
                             const CorpusOptions& options, std::size_t memory_bytes,
                             const RunControl& control);

}  // namespace copydesk
