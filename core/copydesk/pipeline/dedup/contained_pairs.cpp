// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/contained_pairs.h"

#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/pipeline/passes/gram_join.h"
#include "copydesk/reuse/entry_partitions.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/text/text_tokenizer.h"

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

  void clear() { documents.clear(), counts.clear(), fingerprints.clear(); }
};

class GramPrinter {
 public:
  explicit GramPrinter(const ShingleOptions& options)
      : kind_(options.tokens), tokenizer_(options.fold) {}

  void operator()(const ReadDocument& read, BatchPrints& out) {
    tokenizer_.tokenize(read.text, token_kind(read.document.tokens, kind_), tokens_);
    take_low_halves(tokens_.hashes, low_);
    make_fingerprints(low_, fingerprints_);
    out.documents.push_back(read.number);
    out.counts.push_back(static_cast<std::uint32_t>(fingerprints_.size()));
    out.fingerprints.insert(out.fingerprints.end(), fingerprints_.begin(), fingerprints_.end());
  }

 private:
  TokenKind kind_;
  TextTokenizer tokenizer_;
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
  later_pass<BatchPrints>(
      reader, {corpus.table, &wanted}, "fingerprint",
      [&](std::size_t) { return GramPrinter(context.scan.shingles); },
      [&](const ReadBatch<BatchPrints>& batch) {
        const BatchPrints& found = batch.found;
        auto next = found.fingerprints.begin();
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i];
          counts[document] = found.counts[i];
          for (const auto end = next + found.counts[i]; next != end; ++next) {
            fingerprints.add(fingerprint_partition(*next), fingerprint_entry(*next, document));
          }
        }
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
