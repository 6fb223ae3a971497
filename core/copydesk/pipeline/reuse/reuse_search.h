#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The documents of candidate pairs, read again.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/pipeline/passes/gram_join.h"
#include "copydesk/pipeline/passes/gram_pass.h"
#include "copydesk/reuse/text_store.h"

namespace copydesk {

// What the families need to know of a document besides its tokens.
struct ReuseDocument {
  std::uint32_t document = 0;
  std::uint32_t tokens = 0;
  TextSpan bytes;  // from the first token to the last
  std::string title, site;
  std::optional<double> time;  // seconds since 1970
  std::string agency;          // by which the text says it was written; empty if it does not
  // Of a document that is looked for (--against):
  std::string set;                    // the evaluation set it belongs to
  std::vector<std::uint32_t> answer;  // low halves of token hashes; empty where there is none
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

// `wants_all`: also the other distinct texts.
CollectedTexts collect_texts(CorpusReader& reader, const FingerprintedCorpus& corpus,
                             const FingerprintJoin& candidates, bool wants_all,
                             std::size_t memory_bytes);

}  // namespace copydesk
