#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The outputs of reuse search.

#include <cstdint>
#include <span>

#include "copydesk/pipeline/reuse/pair_judging.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/reuse/story_families.h"
#include "copydesk/run/output_set.h"

namespace copydesk {

class ReuseOutputs {
 public:
  // Holds references to all arguments. `files` are open: --output, --pairs, --families, --html.
  ReuseOutputs(const ReuseOptions& options, OutputSet& files, CorpusReader& reader,
               const FingerprintedCorpus& corpus, const CollectedTexts& collected,
               const JudgedPairs& judged, const StoryFamilies& families);

  // Writes what the options ask for and gives the files their final names. Returns the number of
  // passages.
  std::uint64_t write();

 private:
  std::uint64_t write_passages(ByteSink* sink);
  void write_pairs(ByteSink& sink);
  void write_families(ByteSink& sink);
  void hand_over_families() const;
  // Whether a is the copy.
  [[nodiscard]] bool is_copy(const RelatedPair& pair) const;

  const ReuseOptions& options_;
  OutputSet& files_;
  CorpusReader& reader_;
  const FingerprintedCorpus& corpus_;
  const CollectedTexts& collected_;
  const JudgedPairs& judged_;
  const StoryFamilies& families_;
};

}  // namespace copydesk
