// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/fingerprinter.h"

#include <algorithm>
#include <bit>

#include "copydesk/error.h"
#include "copydesk/lsh/hamming_plan.h"
#include "copydesk/sketch/simhash.h"

namespace copydesk {

namespace {

// Weights are below 2^11, and their sum must stay below 2^32.
constexpr int kWeightBits = 11;
constexpr std::size_t kWordsAhead = 8;

}  // namespace

void check(const SimHashOptions& options) {
  if (options.bits != 64 && options.bits != 128) {
    throw Error(ErrorCode::kInvalidOption, "is neither 64 nor 128", "--simhash-bits");
  }
  static_cast<void>(choose_hamming_plan(options.bits, options.distance, 2));
  if (options.weights == SimHashWeights::kTfIdf && options.features != SimHashFeatures::kWords) {
    throw Error(ErrorCode::kInvalidOption, "tfidf weighs words, not shingles", "--simhash-weights");
  }
}

Fingerprinter::Fingerprinter(const SimHashOptions& options, const CorpusIdf* idf,
                             const FoldOptions& fold)
    : options_(options), idf_(idf), tokenizer_(fold) {
  check(options);
}

// Words are counted, not shingles, because an edited word costs a text one word but five shingles:
// of pairs at a Jaccard similarity of 0.8 to 0.9, fingerprints of words find 73 of 100 within three
// bits and those of shingles four (docs/simhash.md). A text so short that it is one shingle has
// words as well.
void Fingerprinter::fingerprint(std::string_view text, const Shingler& shingler,
                                const ShingledText& shingled,
                                std::span<std::uint64_t> fingerprint) {
  const std::span<const std::uint64_t> features =
      options_.features == SimHashFeatures::kWords ? words_of(text, shingler) : shingled.shingles;
  const bool weighted = is_weighted();
  if (weighted) weigh(features);
  if (options_.bits == 64) {
    fingerprint[0] = weighted ? simhash_64(features, weights_) : simhash_64(features);
  } else {
    const Fingerprint128 both = weighted ? simhash_128(features, weights_) : simhash_128(features);
    fingerprint[0] = both.low;
    fingerprint[1] = both.high;
  }
}

// A shingler of words has them at hand. Code by its characters has nothing else.
std::span<const std::uint64_t> Fingerprinter::words_of(std::string_view text,
                                                       const Shingler& shingler) {
  if (shingler.options().unit == ShingleUnit::kWord || !shingler.has_words()) {
    return shingler.token_hashes();
  }
  tokenizer_.tokenize(text, tokens_);
  return tokens_.hashes;
}

// In a text of many millions of words, weights lose their last bits.
void Fingerprinter::weigh(std::span<const std::uint64_t> words) {
  const int excess = static_cast<int>(std::bit_width(words.size())) + kWeightBits - 32;
  const int shift = std::max(0, excess);
  weights_.resize(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + kWordsAhead < words.size()) idf_->prefetch(words[i + kWordsAhead]);
    weights_[i] = idf_weight(idf_->documents(), idf_->frequency(words[i])) >> shift;
  }
}

}  // namespace copydesk
