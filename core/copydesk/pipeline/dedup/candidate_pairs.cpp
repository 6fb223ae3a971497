// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/candidate_pairs.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "copydesk/corpus/pass.h"
#include "copydesk/pipeline/dedup/simhash_join.h"
#include "copydesk/pipeline/passes/shingle_sets.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

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
  SetCollector(const ShingleOptions& shingles, bool with_tokens, StopFlag stop)
      : with_tokens_(with_tokens), sets_(shingles, stop) {}

  void operator()(const ReadDocument& read, BatchSets& out) {
    const std::size_t i = out.documents.size();
    out.documents.push_back(read.number);
    if (i == out.sets.size()) {
      out.sets.emplace_back(), out.tokens.emplace_back(), out.counts.emplace_back();
    }
    const TokenKind kind = sets_.kind_of(read.document.tokens);
    sets_.make(read.text, kind, out.sets[i], out.counts[i]);
    if (with_tokens_) sets_.take_tokens(read.text, kind, out.tokens[i]);
  }

  [[nodiscard]] bool recognizes(const DocumentRow& row) const {
    const ShingledText& shingled = sets_.shingled();
    return shingled.exact_low == row.exact_low && shingled.exact_high == row.exact_high;
  }

 private:
  bool with_tokens_;
  ShingleSetMaker sets_;
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

std::size_t pairwise_limit(PairsWanted wanted) {
  switch (wanted) {
    case PairsWanted::kAll:
      return kPairwiseForAll;
    case PairsWanted::kEnoughAgainst:
      return kPairwiseAgainst;
    default:
      return kPairwiseToDecide;
  }
}

template <class IsWanted>
void keep_pairs(const SearchContext& context, CandidateList& candidates, const IsWanted& is_wanted) {
  SpillList<CandidatePair> left(context.corpus.work_folder, context.memory.pairs);
  std::vector<CandidatePair> part;
  candidates.pairs.for_each_part(kPart, [&](std::span<const CandidatePair> pairs) {
    part.clear();
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(part), is_wanted);
    left.append(part);
  });
  candidates.pairs = std::move(left);
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
      PairSearch search = context.search();
      if (wanted == PairsWanted::kEnoughAgainst) {
        search.first_compared = static_cast<std::uint32_t>(corpus.table.documents.size());
      }
      candidates.statistics = join_sketches(
          search, *corpus.keys, *corpus.sketches, groups.to_join,
          [&](std::uint32_t document) { return corpus.row(document).exact_low; },
          pairwise_limit(wanted), candidates.pairs);
    }
    return candidates;
  };
  CandidateList candidates = checkpoint.get_or_make("candidates", read, make, write_candidates);
  if (!corpus.are_keys_needed) corpus.keys.reset();
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
  keep_pairs(context, candidates, [&](const CandidatePair& pair) { return is_new[pair.a] || is_new[pair.b]; });
}

void drop_pairs_of_index(const SearchContext& context, std::uint32_t first_old,
                         CandidateList& candidates) {
  keep_pairs(context, candidates, [&](const CandidatePair& pair) { return pair.a < first_old; });
}

ShingleSetStore collect_sets(const SearchContext& context, CorpusReader& reader,
                             const ScannedCorpus& corpus, const std::vector<bool>& wanted,
                             bool with_tokens) {
  ShingleSetStore sets(context.corpus.work_folder, context.memory.sets);
  later_pass<BatchSets>(
      reader, {corpus.table, &wanted}, "collect",
      [&](std::size_t) {
        return SetCollector(context.scan.shingles, with_tokens, StopFlag(context.control.stop));
      },
      [&](const ReadBatch<BatchSets>& batch) {
        const BatchSets& found = batch.found;
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          sets.add(found.documents[i], found.sets[i], found.tokens[i], found.counts[i]);
        }
      });
  return sets;
}

PairSource source_of(const SpillList<ScoredPair>& pairs) {
  return [&pairs](const auto& take) { pairs.for_each_part(kPart, take); };
}

}  // namespace copydesk
