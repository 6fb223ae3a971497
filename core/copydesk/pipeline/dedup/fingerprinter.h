#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents to SimHash fingerprints (Charikar, "Similarity estimation techniques from rounding
// algorithms", STOC 2002), of their words or shingles, all alike or the rare ones weighing more.
// Words are the default: of pairs at a Jaccard similarity of 0.8 to 0.9, fingerprints of words find
// 73 of 100 within three bits, those of shingles four.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/pipeline/dedup/simhash_options.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/summary/corpus_idf.h"
#include "copydesk/text/text_tokenizer.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class Fingerprinter {
 public:
  // `idf`, in how many documents words are, is for SimHashWeights::kTfIdf (without it all words
  // weigh the same) and kept by reference; `fold` is that of the shingler. Throws
  // Error{kInvalidOption} as check does.
  Fingerprinter(const SimHashOptions& options, const CorpusIdf* idf, const FoldOptions& fold = {});

  // Of a text, after `shingler` has shingled it into `shingled`.
  // REQUIRES: fingerprint.size() == options.words().
  void fingerprint(std::string_view text, const Shingler& shingler, const ShingledText& shingled,
                   std::span<std::uint64_t> fingerprint);

 private:
  std::span<const std::uint64_t> words_of(std::string_view text, const Shingler& shingler);
  void weigh(std::span<const std::uint64_t> words);
  [[nodiscard]] bool is_weighted() const {
    return options_.weights == SimHashWeights::kTfIdf && idf_ != nullptr;
  }

  SimHashOptions options_;
  const CorpusIdf* idf_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::uint32_t> weights_;
};

// Throws Error{kInvalidOption} when options are out of range or do not go together.
void check(const SimHashOptions& options);

}  // namespace copydesk
