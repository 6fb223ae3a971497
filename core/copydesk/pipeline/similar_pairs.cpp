#include "copydesk/pipeline/similar_pairs.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/pipeline/record_selection.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

// A pair at the threshold is lost to the comparison of sketches with at most this probability ...
constexpr double kLossTail = 1e-5;
// ... and in a large bucket a document belongs to a leader that it agrees with as often as half of
// the pairs at the threshold do. A stricter bound makes leaders of documents that belong together,
// and their family then takes many second looks to fall to one (846 of 100,000 stood after eight).
constexpr double kBelongingTail = 0.5;
constexpr std::size_t kPairwiseToDecide = 64;
constexpr std::size_t kPairwiseForAll = 20'000;

// The candidate documents of one block, parsed again.
struct BlockSets {
  std::vector<std::uint32_t> documents;
  std::vector<std::vector<std::uint64_t>> sets;
  std::vector<std::vector<std::uint32_t>> tokens;
};

class SetCollector {
 public:
  SetCollector(const CorpusTable& table, const std::vector<bool>& wanted, bool with_tokens,
               const CorpusOptions& corpus, const ScanOptions& options)
      : table_(table),
        wanted_(wanted),
        with_tokens_(with_tokens),
        parser_(corpus.fields),
        shingler_(options.shingles) {}

  void operator()(RecordBlock& block, BlockSets& out) {
    out.documents.clear();
    select_records(block, table_, wanted_, selected_, out.documents);
    out.sets.resize(out.documents.size());
    out.tokens.resize(out.documents.size());
    std::size_t next = 0;
    parser_.parse(selected_, {[&](const Document& document) {
                                shingler_.shingle(document.text, shingled_);
                                out.sets[next] = shingled_.shingles;
                                make_shingle_set(out.sets[next]);
                                out.tokens[next].clear();
                                if (with_tokens_) {
                                  tokenizer_.tokenize(document.text, tokens_);
                                  for (const std::uint64_t token : tokens_.hashes) {
                                    out.tokens[next].push_back(static_cast<std::uint32_t>(token));
                                  }
                                }
                                ++next;
                              },
                              [](RecordFault&&) {}});
    if (next != out.documents.size()) {
      throw Error(ErrorCode::kInputChanged, "a record reads differently the second time");
    }
  }

 private:
  const CorpusTable& table_;
  const std::vector<bool>& wanted_;
  bool with_tokens_;
  RecordParser parser_;
  Shingler shingler_;
  ShingledText shingled_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  RecordBlock selected_;
};

}  // namespace

CandidateList find_candidates(ScannedCorpus& corpus, const ContentGroups& groups,
                              const ScanOptions& options, const VerifyRule& rule, PairsWanted wanted,
                              std::size_t threads, const RunControl& control) {
  std::vector<std::uint64_t> content_keys;
  content_keys.reserve(corpus.table.documents.size());
  for (const DocumentRow& document : corpus.table.documents) {
    content_keys.push_back(document.exact_low);
  }
  BucketOptions buckets;
  buckets.pairwise_limit =
      wanted == PairsWanted::kAll ? kPairwiseForAll : kPairwiseToDecide;
  // A text with the share c in one twice as long has a Jaccard similarity of c / (3 - c).
  const double lowest = rule.containment > 0.0
                            ? std::min(rule.jaccard, rule.containment / (3.0 - rule.containment))
                            : rule.jaccard;
  buckets.minimum_agreement = minimum_agreement(options.sketch.slots, lowest, kLossTail);
  buckets.sure_agreement = sure_agreement(options.sketch.slots, rule.jaccard, kBelongingTail);

  CandidateList candidates;
  std::mutex mutex;
  std::uint64_t bands_done = 0;
  const std::size_t bands = corpus.keys.bands();
  parallel_for(threads, bands, 1, [&](std::size_t band, std::size_t, std::size_t) {
    control.check_stop();
    BucketPairs bucket_pairs(corpus.sketches, content_keys, buckets);
    std::vector<CandidatePair> pairs;
    join_band(corpus.keys.column(band), groups.to_join, band * options.banding.rows, bucket_pairs,
              pairs);
    corpus.keys.drop_column(band);
    merge_pairs(pairs);
    const std::lock_guard lock(mutex);
    candidates.statistics.add(bucket_pairs.statistics());
    std::vector<CandidatePair> merged;
    merged.reserve(candidates.pairs.size() + pairs.size());
    std::set_union(candidates.pairs.begin(), candidates.pairs.end(), pairs.begin(), pairs.end(),
                   std::back_inserter(merged));
    candidates.pairs = std::move(merged);
    control.report({"join", ++bands_done, bands, "bands", corpus.table.documents.size()});
  });
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
  section.add("candidate_pairs", static_cast<std::uint64_t>(candidates.pairs.size()));
}

ShingleSetStore collect_sets(CorpusReader& reader, const ScannedCorpus& corpus,
                             std::span<const CandidatePair> pairs, bool with_tokens,
                             const CorpusOptions& corpus_options, const ScanOptions& options,
                             const RunControl& control) {
  constexpr std::uint64_t kDefaultMemory = std::uint64_t{1} << 30;
  const std::uint64_t memory =
      corpus_options.memory_bytes == 0 ? kDefaultMemory : corpus_options.memory_bytes;
  ShingleSetStore sets(corpus_options.work_folder, memory / 4);
  if (pairs.empty()) return sets;
  std::vector<bool> wanted(corpus.table.documents.size());
  for (const CandidatePair& pair : pairs) wanted[pair.a] = wanted[pair.b] = true;

  reader.restart();
  std::uint64_t bytes = 0;
  run_ordered_stage<RecordBlock, BlockSets>(
      corpus_options.threads,
      [&](RecordBlock& block) {
        control.check_stop();
        return reader.next_again(corpus.table, block);
      },
      [&](std::size_t) {
        return SetCollector(corpus.table, wanted, with_tokens, corpus_options, options);
      },
      [&](RecordBlock& block, BlockSets& found) {
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          sets.add(found.documents[i], found.sets[i], found.tokens[i]);
        }
        bytes += block.bytes.size();
        control.report({"collect", bytes, corpus.bytes, "bytes", 0});
      });
  return sets;
}

std::vector<ScoredPair> verify_in_parallel(std::span<const CandidatePair> pairs,
                                           const ShingleSetStore& sets, const VerifyRule& rule,
                                           std::size_t threads, const RunControl& control) {
  constexpr std::size_t kGrain = 4096;
  std::vector<std::vector<ScoredPair>> parts((pairs.size() + kGrain - 1) / kGrain);
  std::mutex mutex;
  std::uint64_t done = 0;
  parallel_for(threads, pairs.size(), kGrain,
               [&](std::size_t begin, std::size_t end, std::size_t) {
                 control.check_stop();
                 verify_pairs(pairs.subspan(begin, end - begin), sets, rule, parts[begin / kGrain]);
                 const std::lock_guard lock(mutex);
                 done += end - begin;
                 control.report({"verify", done, pairs.size(), "pairs", 0});
               });
  std::vector<ScoredPair> accepted;
  for (std::vector<ScoredPair>& part : parts) {
    accepted.insert(accepted.end(), part.begin(), part.end());
    std::vector<ScoredPair>().swap(part);
  }
  return accepted;
}

}  // namespace copydesk
