// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/contained_pairs.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "copydesk/corpus/record_selection.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/gram_join.h"
#include "copydesk/reuse/entry_partitions.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

constexpr std::size_t kMergeEntries = std::size_t{1} << 16;
// A quarter of the grams are fingerprints, those of a short text only a few: with this part of the
// share asked for, a text of 29 words that is wholly in another is missed once in several thousand.
constexpr double kSampleSlack = 0.4;

struct BatchPrints {
  std::vector<std::uint32_t> documents;
  std::vector<std::uint32_t> counts;  // by document
  std::vector<std::uint64_t> fingerprints;
};

class BatchPrinter {
 public:
  BatchPrinter(const CorpusTable& table, const std::vector<bool>& wanted,
               const CorpusOptions& options)
      : table_(table), wanted_(wanted), parser_(options.fields) {}

  void operator()(RecordBatch& batch, BatchPrints& out) {
    out.documents.clear();
    out.counts.clear();
    out.fingerprints.clear();
    select_records(batch, table_, wanted_, selected_, out.documents);
    parser_.parse(selected_,
                  {[&](const Document& document) { add(document, out); }, [](RecordFault&&) {}});
    if (out.counts.size() != out.documents.size()) fail_changed(batch.source_name);
  }

 private:
  void add(const Document& document, BatchPrints& out) {
    tokenizer_.tokenize(document.text, tokens_);
    low_.resize(tokens_.size());
    std::transform(tokens_.hashes.begin(), tokens_.hashes.end(), low_.begin(),
                   [](std::uint64_t hash) { return static_cast<std::uint32_t>(hash); });
    make_fingerprints(low_, fingerprints_);
    out.counts.push_back(static_cast<std::uint32_t>(fingerprints_.size()));
    out.fingerprints.insert(out.fingerprints.end(), fingerprints_.begin(), fingerprints_.end());
  }

  const CorpusTable& table_;
  const std::vector<bool>& wanted_;
  RecordParser parser_;
  RecordBatch selected_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint64_t> fingerprints_;
};

// `found` may be proposed by the sampled fingerprints. Those that many documents have are not
// counted by the join; a pair that shares nothing else is left to the verification.
bool may_be_contained(const ReuseCandidate& found, const CorpusTable& table,
                      const std::vector<std::uint32_t>& counts, double share) {
  const auto [a, b] = found.pair;
  const std::uint32_t shorter = counts[a] <= counts[b] ? a : b;
  return table.documents[shorter].tokens >= kFewestContainedTokens &&
         (found.shared == 0.0 || found.shared >= kSampleSlack * share * counts[shorter]);
}

// Merges `more`, ascending and distinct, into the candidates. Returns how many were new.
std::uint64_t merge_into(const SearchContext& context, const std::vector<CandidatePair>& more,
                         CandidateList& candidates) {
  SpillList<CandidatePair> merged(context.corpus.work_folder, context.memory.pairs);
  std::vector<CandidatePair> part;
  auto next = more.begin();
  std::uint64_t known = 0;
  const auto take_until = [&](const CandidatePair& end) {
    for (; next != more.end() && *next < end; ++next) part.push_back(*next);
    if (next != more.end() && *next == end) {
      ++known;
      ++next;
    }
  };
  candidates.pairs.for_each_part(kMergeEntries, [&](std::span<const CandidatePair> pairs) {
    part.clear();
    for (const CandidatePair& pair : pairs) {
      take_until(pair);
      part.push_back(pair);
    }
    merged.append(part);
  });
  merged.append(std::span(next, more.end()));
  candidates.pairs = std::move(merged);
  return more.size() - known;
}

}  // namespace

std::uint64_t add_contained_candidates(const SearchContext& context, CorpusReader& reader,
                                       const ScannedCorpus& corpus, const ContentGroups& groups,
                                       CandidateList& candidates) {
  if (context.rule.containment <= 0.0) return 0;
  const CorpusOptions& options = context.corpus;
  const std::size_t documents = corpus.table.documents.size();
  std::vector<bool> wanted(documents);
  for (const std::uint32_t document : groups.to_join) wanted[document] = true;

  EntryPartitions fingerprints(options.work_folder, context.memory.keys);
  std::vector<std::uint32_t> counts(documents);
  std::uint64_t bytes = 0;
  reader.restart(corpus.table);
  run_ordered_stage<RecordBatch, BatchPrints>(
      options.threads,
      [&](RecordBatch& batch) {
        context.control.check_stop();
        return reader.next_again(batch);
      },
      [&](std::size_t) { return BatchPrinter(corpus.table, wanted, options); },
      [&](RecordBatch& batch, BatchPrints& found) {
        auto next = found.fingerprints.begin();
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i];
          counts[document] = found.counts[i];
          for (const auto end = next + found.counts[i]; next != end; ++next) {
            fingerprints.add(fingerprint_partition(*next), fingerprint_entry(*next, document));
          }
        }
        bytes += batch.text().size();
        context.control.report({"fingerprint", bytes, corpus.bytes, "bytes", 0});
      });

  const FingerprintJoin join =
      join_fingerprints(fingerprints, {}, options, context.memory.sketches, context.control);
  std::vector<CandidatePair> contained;
  for (const ReuseCandidate& found : join.pairs) {
    if (may_be_contained(found, corpus.table, counts, context.rule.containment)) {
      contained.push_back(found.pair);
    }
  }
  return merge_into(context, contained, candidates);
}

}  // namespace copydesk
