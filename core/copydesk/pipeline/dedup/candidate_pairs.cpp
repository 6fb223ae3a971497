// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/candidate_pairs.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <mutex>
#include <utility>

#include "copydesk/corpus/pass.h"
#include "copydesk/lsh/candidate_join.h"
#include "copydesk/lsh/pair_comparison.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/pipeline/dedup/simhash_join.h"
#include "copydesk/shingle/telling_length.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/stream/packed_bytes.h"
#include "copydesk/text/text_tokenizer.h"

namespace copydesk {

namespace {

// A pair at the threshold is lost to the comparison of sketches with at most this probability ...
constexpr double kLossTail = 1e-5;
// ... and in a large bucket a document belongs to a leader that it agrees with as often as half of
// the pairs at the threshold do. A stricter bound makes leaders of documents that belong together,
// and their family then takes many second looks to fall to one (846 of 100,000 stood after eight).
constexpr double kBelongingTail = 0.5;
// By which a text of few distinct words is told where shingles are of characters.
constexpr std::size_t kWordsInShingle = 5;
constexpr std::size_t kPairwiseToDecide = 64;
constexpr std::size_t kPairwiseAgainst = 2'000;
constexpr std::size_t kPairwiseForAll = 20'000;

// The candidate documents of one batch, read again; sets and tokens beyond them are left over.
struct BatchSets {
  std::vector<std::uint32_t> documents;
  std::vector<std::vector<std::uint64_t>> sets;
  std::vector<std::vector<std::uint32_t>> tokens;
  std::vector<ShingleCounts> counts;

  void clear() { documents.clear(); }
};

class SetCollector {
 public:
  SetCollector(const ShingleOptions& shingles, bool with_tokens)
      : with_tokens_(with_tokens), shingler_(shingles), tokenizer_(shingles.fold) {}

  void operator()(const ReadDocument& read, BatchSets& out) {
    const std::size_t i = out.documents.size();
    out.documents.push_back(read.number);
    if (i == out.sets.size()) {
      out.sets.emplace_back(), out.tokens.emplace_back(), out.counts.emplace_back();
    }
    const TokenKind kind = shingler_.kind_of(read.document.tokens);
    shingler_.shingle(read.text, kind, shingled_);
    take_set(read.text, kind, out.sets[i], out.counts[i]);
    if (with_tokens_) collect_tokens(read.text, kind, out.tokens[i]);
  }

  [[nodiscard]] bool recognizes(const DocumentRow& row) const {
    return shingled_.exact_low == row.exact_low && shingled_.exact_high == row.exact_high;
  }

 private:
  // With counts, if the text is one of few distinct tokens or shingled by characters.
  void take_set(std::string_view text, TokenKind kind, std::vector<std::uint64_t>& set,
                ShingleCounts& counts) {
    const std::span<const std::uint64_t> tokens = shingler_.token_hashes();
    counts.counts.clear(), counts.tokens.clear();
    counts.telling_length =
        static_cast<std::uint32_t>(telling_length(tokens, shingler_.options().size));
    counts.order_length = 0;
    if (shingler_.options().unit == ShingleUnit::kCharacter) {
      judge_by_words(text, kind, tokens.size(), counts);
    }
    if (counts.telling_length > 0 || counts.order_length > 0) {
      take_low_halves(tokens, counts.tokens);
    }
    if (counts.telling_length == 0) {
      std::swap(set, shingled_.shingles);
      return make_shingle_set(set);
    }
    set = shingled_.shingles;
    make_shingle_set(set);
    counts.counts = count_shingles(shingled_.shingles, set);
  }
  // Few characters make up every text. Whether it is one of few distinct tokens is told by its
  // words, if there are any; and order by as many characters as the words have, on the average,
  // that tell.
  void judge_by_words(std::string_view text, TokenKind kind, std::size_t characters,
                      ShingleCounts& counts) {
    if (tokenizer_.tokenize(text, kind, tokens_) == TokenUnit::kCharacter) return;
    const std::span<const std::uint64_t> words = tokens_.hashes;
    if (words.empty()) return;
    const std::size_t telling = std::max<std::size_t>(1, telling_length(words, 1));
    counts.order_length = static_cast<std::uint32_t>(telling * characters / words.size());
    if (telling_length(words, std::min(kWordsInShingle, words.size())) == 0) {
      counts.telling_length = 0;
    }
  }
  // A shingler of words has them at hand.
  void collect_tokens(std::string_view text, TokenKind kind, std::vector<std::uint32_t>& out) {
    if (shingler_.options().unit == ShingleUnit::kWord) {
      return take_low_halves(shingler_.token_hashes(), out);
    }
    tokenizer_.tokenize(text, kind, tokens_);
    take_low_halves(tokens_.hashes, out);
  }
  static void take_low_halves(std::span<const std::uint64_t> tokens,
                              std::vector<std::uint32_t>& out) {
    out.resize(tokens.size());
    std::transform(tokens.begin(), tokens.end(), out.begin(),
                   [](std::uint64_t token) { return static_cast<std::uint32_t>(token); });
  }

  bool with_tokens_;
  Shingler shingler_;
  ShingledText shingled_;
  TextTokenizer tokenizer_;
  TokenList tokens_;
};

std::array<std::uint64_t*, 6> counts_of(BucketStatistics& statistics) {
  return {&statistics.buckets,         &statistics.pairs_compared,    &statistics.large_buckets,
          &statistics.large_documents, &statistics.refined_documents, &statistics.largest_bucket};
}

constexpr std::uint32_t kPairsFrame = 1;
constexpr std::uint32_t kStatisticsFrame = 2;
constexpr std::size_t kPart = std::size_t{1} << 17;

// What an earlier run left.
void read_candidates(StageReader& stage, std::size_t documents, CandidateList& candidates) {
  std::vector<CandidatePair> pairs;
  while (stage.next()) {
    PackedReader bytes = stage.bytes();
    if (stage.kind() == kStatisticsFrame) {
      BucketStatistics& statistics = candidates.statistics;
      for (std::uint64_t* const count : counts_of(statistics)) *count = bytes.get<std::uint64_t>();
      continue;
    }
    bytes.get_all(pairs);
    for (const CandidatePair& pair : pairs) {
      if (pair.a >= pair.b || pair.b >= documents) bytes.fail();
    }
    candidates.pairs.append(pairs);
  }
}

void write_candidates(const CandidateList& candidates, StageWriter& stage) {
  PackedBytes bytes;
  candidates.pairs.for_each_part(kPart, [&](std::span<const CandidatePair> pairs) {
    bytes.clear();
    bytes.put_all(pairs);
    stage.append(kPairsFrame, bytes.view());
  });
  bytes.clear();
  BucketStatistics statistics = candidates.statistics;
  for (const std::uint64_t* const count : counts_of(statistics)) bytes.put(*count);
  stage.append(kStatisticsFrame, bytes.view());
}

BucketOptions bucket_options(const SearchContext& context, PairsWanted wanted) {
  BucketOptions buckets;
  buckets.pairwise_limit = wanted == PairsWanted::kAll             ? kPairwiseForAll
                           : wanted == PairsWanted::kEnoughAgainst ? kPairwiseAgainst
                                                                   : kPairwiseToDecide;
  const VerifyRule& rule = context.rule;
  // A text with the share c in one twice as long has a Jaccard similarity of c / (3 - c).
  const double lowest = rule.containment > 0.0
                            ? std::min(rule.jaccard, rule.containment / (3.0 - rule.containment))
                            : rule.jaccard;
  const std::size_t slots = context.scan.sketch.slots;
  buckets.minimum_agreement = minimum_agreement(slots, lowest, kLossTail);
  buckets.sure_agreement = sure_agreement(slots, rule.jaccard, kBelongingTail);
  return buckets;
}

void join(const SearchContext& context, const ScannedCorpus& corpus, const ContentGroups& groups,
          PairsWanted wanted, CandidateList& candidates) {
  const BucketOptions buckets = bucket_options(context, wanted);
  const JoinMemory memory{context.memory.join_entries, context.memory.join_pairs,
                          context.memory.join_sketches};
  const auto& documents = corpus.table.documents;
  PairRuns runs(context.corpus.work_folder, context.memory.pairs);
  const std::size_t bands = corpus.keys->bands();
  std::vector<CandidateJoin> workers;
  for (std::size_t i = 0; i < std::min(context.corpus.threads, bands); ++i) {
    BucketPairs bucket_pairs(
        *corpus.sketches, [&](std::uint32_t document) { return documents[document].exact_low; },
        buckets);
    workers.emplace_back(*corpus.keys, groups.to_join, context.scan.banding.rows, memory,
                         std::move(bucket_pairs), runs);
  }
  std::mutex mutex;
  std::uint64_t bands_done = 0;
  parallel_for(workers.size(), bands, 1, [&](std::size_t band, std::size_t, std::size_t worker) {
    context.control.check_stop();
    workers[worker].join_band(band);
    const std::lock_guard lock(mutex);
    context.control.report({"join", ++bands_done, bands, "bands", documents.size()});
  });
  for (const CandidateJoin& worker : workers) candidates.statistics.add(worker.statistics());
  workers.clear();  // their buffers make room for the sketches
  const PairComparison comparison{buckets.minimum_agreement,
                                  memory.sketch_bytes * context.corpus.threads,
                                  context.corpus.threads};
  candidates.statistics.pairs_compared += compare_merged_pairs(
      runs, *corpus.sketches, comparison, [&](std::span<const CandidatePair> pairs) {
        context.control.check_stop();
        candidates.pairs.append(pairs);
      });
}

}  // namespace

CandidateList find_candidates(const SearchContext& context, ScannedCorpus& corpus,
                              const ContentGroups& groups, PairsWanted wanted,
                              const Checkpoint& checkpoint) {
  const auto empty = [&] {
    return CandidateList{{context.corpus.work_folder, context.memory.pairs}, {}};
  };
  const auto read = [&](StageReader& stage) {
    CandidateList candidates = empty();
    read_candidates(stage, corpus.table.documents.size(), candidates);
    return candidates;
  };
  const auto make = [&] {
    CandidateList candidates = empty();
    if (context.scan.simhash) {
      join_simhashes(context, corpus, groups, wanted, candidates);
    } else {
      join(context, corpus, groups, wanted, candidates);
    }
    return candidates;
  };
  CandidateList candidates =
      checkpoint.get_or_make("candidates", read, make, write_candidates);
  corpus.keys.reset();
  corpus.sketches.reset();
  return candidates;
}

void describe(const CandidateList& candidates, ReportSection& section) {
  const BucketStatistics& statistics = candidates.statistics;
  section.add("buckets", statistics.buckets);
  section.add("largest_bucket", statistics.largest_bucket);
  section.add("large_buckets", statistics.large_buckets);
  section.add("documents_in_large_buckets", statistics.large_documents);
  section.add("documents_told_apart_by_further_rows", statistics.refined_documents);
  section.add("sketch_comparisons", statistics.pairs_compared);
  section.add("candidate_pairs", candidates.pairs.size());
}

void drop_old_pairs(const SearchContext& context, const ContentGroups& groups,
                    std::uint32_t first_new, CandidateList& candidates) {
  if (first_new == 0) return;
  std::vector<bool> is_new(groups.representatives.size());  // texts of new documents
  for (std::size_t document = first_new; document < is_new.size(); ++document) {
    is_new[groups.representatives[document]] = true;
  }
  SpillList<CandidatePair> left(context.corpus.work_folder, context.memory.pairs);
  std::vector<CandidatePair> part;
  candidates.pairs.for_each_part(kPart, [&](std::span<const CandidatePair> pairs) {
    part.clear();
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(part),
                 [&](const CandidatePair& pair) { return is_new[pair.a] || is_new[pair.b]; });
    left.append(part);
  });
  candidates.pairs = std::move(left);
}

std::vector<bool> documents_in(const SpillList<CandidatePair>& pairs, std::size_t documents) {
  std::vector<bool> wanted(documents);
  pairs.for_each_part(kPart, [&](std::span<const CandidatePair> part) {
    for (const CandidatePair& pair : part) wanted[pair.a] = wanted[pair.b] = true;
  });
  return wanted;
}

ShingleSetStore collect_sets(const SearchContext& context, CorpusReader& reader,
                             const ScannedCorpus& corpus, const std::vector<bool>& wanted,
                             bool with_tokens) {
  ShingleSetStore sets(context.corpus.work_folder, context.memory.sets);
  later_pass<BatchSets>(
      reader, {corpus.table, &wanted}, "collect",
      [&](std::size_t) { return SetCollector(context.scan.shingles, with_tokens); },
      [&](const ReadBatch<BatchSets>& batch) {
        const BatchSets& found = batch.found;
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          sets.add(found.documents[i], found.sets[i], found.tokens[i], found.counts[i]);
        }
      });
  return sets;
}

std::vector<ScoredPair> verify_in_parallel(const SearchContext& context,
                                           std::span<const CandidatePair> pairs,
                                           const ShingleSetStore& sets) {
  constexpr std::size_t kGrain = 4096;
  std::vector<std::vector<ScoredPair>> parts((pairs.size() + kGrain - 1) / kGrain);
  parallel_for(context.corpus.threads, pairs.size(), kGrain,
               [&](std::size_t begin, std::size_t end, std::size_t) {
                 context.control.check_stop();
                 verify_pairs(pairs.subspan(begin, end - begin), sets, context.rule,
                              parts[begin / kGrain]);
               });
  std::vector<ScoredPair> accepted;
  for (std::vector<ScoredPair>& part : parts) {
    accepted.insert(accepted.end(), part.begin(), part.end());
    std::vector<ScoredPair>().swap(part);
  }
  return accepted;
}

SpillList<ScoredPair> verify_candidates(const SearchContext& context,
                                        const CandidateList& candidates,
                                        const ShingleSetStore& sets) {
  SpillList<ScoredPair> accepted(context.corpus.work_folder, context.memory.pairs);
  std::uint64_t done = 0;
  candidates.pairs.for_each_part(kPart * 8, [&](std::span<const CandidatePair> pairs) {
    accepted.append(verify_in_parallel(context, pairs, sets));
    done += pairs.size();
    context.control.report({"verify", done, candidates.pairs.size(), "pairs", 0});
  });
  return accepted;
}

PairSource source_of(const SpillList<ScoredPair>& pairs) {
  return [&pairs](const auto& take) { pairs.for_each_part(kPart, take); };
}

}  // namespace copydesk
