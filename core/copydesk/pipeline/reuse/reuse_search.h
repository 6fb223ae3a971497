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
#include "copydesk/stream/spill_buffer.h"

namespace copydesk {

// What the families need to know of a document besides its tokens.
struct ReuseDocument {
  std::uint32_t document = 0;
  std::uint32_t tokens = 0;
  TextSpan bytes;              // from the first token to the last
  std::optional<double> time;  // seconds since 1970
  std::uint64_t notes = 0;     // where its notes are
};

// What is said about a document in words.
struct DocumentNotes {
  std::string title, site, url;
  std::string agency;  // by which the text says it was written; empty if it does not
  // Of a document that is looked for (--against):
  std::string set;                    // the evaluation set it belongs to
  std::vector<std::uint32_t> answer;  // low halves of token hashes; empty where there is none
};

// How many bytes may be held of either; the rest is in files.
struct CollectedMemory {
  std::size_t texts = 0;
  std::size_t notes = 0;
};

// The documents of the candidate pairs, and those with the same tokens as another: 48 bytes a
// document, and what is beyond a bound in files.
class CollectedTexts {
 public:
  CollectedTexts(const std::string& folder, const CollectedMemory& memory)
      : texts(folder, memory.texts), notes_(folder, memory.notes) {}

  TextStore texts;                       // of representatives in candidate pairs
  std::vector<ReuseDocument> documents;  // ascending

  // REQUIRES: it was collected.
  [[nodiscard]] const ReuseDocument& find(std::uint32_t document) const;

  // REQUIRES: it is one of `documents`. Throws Error{kCannotRead}.
  [[nodiscard]] DocumentNotes notes_of(const ReuseDocument& document) const;
  // Puts notes away; what is returned goes into ReuseDocument::notes. Throws Error{kCannotWrite}.
  std::uint64_t add_notes(const DocumentNotes& notes);

 private:
  SpillBuffer notes_;
};

// `wants_all`: also the other distinct texts.
CollectedTexts collect_texts(CorpusReader& reader, const FingerprintedCorpus& corpus,
                             const FingerprintJoin& candidates, bool wants_all,
                             const CollectedMemory& memory);

}  // namespace copydesk
