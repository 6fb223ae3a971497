// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/seed_pairs.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "copydesk/pipeline/reuse/item_pass.h"
#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/reuse/passage_aligner.h"

namespace copydesk {

namespace {

// Shared seeds that make a pair: a copy with every sixth word replaced has one in six tokens, so
// that 20 tokens have three. Phrases give two now and then, and three to one pair in some hundred.
constexpr double kFewestSeeds = 3.0;
// ... and one for so many tokens of the shorter text.
constexpr double kTokensPerSeed = 40.0;

// Turns away most seeds that a text repeats: one of seven words would have more of them than there
// is room for.
class RepeatedSeeds {
 public:
  // Whether this is the seed of the same text that was last seen at its place.
  bool is_repeat(std::uint64_t seed, std::uint32_t document) {
    Entry& last = last_[seed % kPlaces];
    if (last.seed == seed && last.document == document) return true;
    last = {seed, document};
    return false;
  }

 private:
  static constexpr std::size_t kPlaces = std::size_t{1} << 14;
  struct Entry {
    std::uint64_t seed = 0;
    std::uint32_t document = ~std::uint32_t{0};
  };
  std::vector<Entry> last_ = std::vector<Entry>(kPlaces);
};

}  // namespace

bool is_small(const FingerprintedCorpus& corpus) {
  std::uint64_t tokens = 0;
  for (std::size_t document = 0; document < corpus.representatives.size(); ++document) {
    if (corpus.representatives[document] != document) continue;
    tokens += corpus.table.documents[document].tokens;
  }
  return tokens <= kMostSmallTokens;
}

void add_seed_pairs(const FingerprintedCorpus& corpus, const CollectedTexts& collected,
                    const CandidateOptions& options, const CorpusOptions& corpus_options,
                    std::size_t memory_bytes, const RunControl& control,
                    FingerprintJoin& candidates) {
  EntryPartitions seeds(corpus_options.work_folder, memory_bytes / 2);
  RepeatedSeeds repeated;
  std::vector<std::uint64_t> grams;
  TextStore::Buffer buffer;
  for (std::uint32_t document = 0; document < corpus.representatives.size(); ++document) {
    if (document % 1024 == 0) control.check_stop();
    if (corpus.representatives[document] != document ||
        corpus.table.documents[document].tokens < PassageOptions{}.seed_tokens) {
      continue;
    }
    hash_grams(collected.texts.get(document, buffer).tokens, PassageOptions{}.seed_tokens, grams);
    for (const std::uint64_t gram : grams) {
      if (repeated.is_repeat(gram, document)) continue;
      seeds.add(fingerprint_partition(gram), fingerprint_entry(gram, document));
    }
  }
  CandidateOptions seed_options = options;
  seed_options.minimum_weight = 1e9;  // by their number alone
  seed_options.minimum_shared = kFewestSeeds;
  const FingerprintJoin found =
      join_fingerprints(seeds, seed_options, corpus_options, memory_bytes / 2, control);
  const auto by_pair = [](const ReuseCandidate& x, const ReuseCandidate& y) {
    return x.pair < y.pair;
  };
  std::vector<ReuseCandidate> added;
  for (const ReuseCandidate& seed : found.pairs) {
    const std::uint32_t shorter = std::min(corpus.table.documents[seed.pair.a].tokens,
                                           corpus.table.documents[seed.pair.b].tokens);
    if (seed.shared * kTokensPerSeed < shorter) continue;
    if (options.first_new_document != 0 &&
        is_item(corpus.table.documents[seed.pair.a].tokens)) {
      continue;
    }
    if (std::binary_search(candidates.pairs.begin(), candidates.pairs.end(), seed, by_pair)) {
      continue;
    }
    // What seeds weigh says nothing of grams.
    added.push_back({seed.pair, 0.0, 0.0, seed.median_df});
  }
  const auto known = static_cast<std::ptrdiff_t>(candidates.pairs.size());
  candidates.pairs.insert(candidates.pairs.end(), added.begin(), added.end());
  std::inplace_merge(candidates.pairs.begin(), candidates.pairs.begin() + known,
                     candidates.pairs.end(), by_pair);
  candidates.bytes_on_disk += found.bytes_on_disk;
}

}  // namespace copydesk
