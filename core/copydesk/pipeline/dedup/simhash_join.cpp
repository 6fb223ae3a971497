// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/simhash_join.h"

#include <vector>

#include "copydesk/lsh/hamming_join.h"

namespace copydesk {

namespace {

constexpr HammingLimits kToDecide{};
constexpr HammingLimits kForAll{.pairwise_limit = std::size_t{1} << 17,
                                .pairs_per_member = 10'000,
                                .leader_limit = 256,
                                .equal_limit = 20'000};

std::uint64_t& word_of(std::uint64_t& fingerprint, std::size_t) {
  return fingerprint;
}
std::uint64_t& word_of(Fingerprint128& fingerprint, std::size_t word) {
  return word == 0 ? fingerprint.low : fingerprint.high;
}

// Of all documents: the words of a fingerprint are the columns of the table.
template <class Fingerprint>
std::vector<Fingerprint> read_fingerprints(const BandKeyTable& keys) {
  std::vector<Fingerprint> fingerprints(keys.size());
  BandKeyTable::ReadBuffer buffer;
  for (std::size_t word = 0; word < keys.bands(); ++word) {
    std::size_t document = 0;
    for (std::size_t part = 0; part < keys.parts(); ++part) {
      for (const std::uint64_t key : keys.read(word, part, buffer)) {
        word_of(fingerprints[document++], word) = key;
      }
    }
  }
  return fingerprints;
}

template <class Fingerprint>
HammingCandidates join(const SearchContext& context, const ScannedCorpus& corpus,
                       const ContentGroups& groups, const HammingLimits& limits) {
  const std::vector<Fingerprint> fingerprints = read_fingerprints<Fingerprint>(*corpus.keys);
  std::vector<std::uint64_t> content_keys;
  content_keys.reserve(fingerprints.size());
  for (const DocumentRow& document : corpus.table.documents) {
    content_keys.push_back(document.exact_low);
  }
  const HammingPlan plan = choose_hamming_plan(
      context.scan.simhash->bits, context.scan.simhash->distance, groups.to_join.size());
  return join_by_hamming_distance(
      fingerprints, groups.to_join, content_keys, plan, limits, context.corpus.threads,
      [&](std::size_t done, std::size_t tables) {
        context.control.check_stop();
        context.control.report({"join", done, tables, "tables", fingerprints.size()});
      });
}

}  // namespace

void join_simhashes(const SearchContext& context, const ScannedCorpus& corpus,
                    const ContentGroups& groups, PairsWanted wanted, CandidateList& candidates) {
  const HammingLimits& limits = wanted == PairsWanted::kAll ? kForAll : kToDecide;
  const HammingCandidates found = context.scan.simhash->bits == 64
                                      ? join<std::uint64_t>(context, corpus, groups, limits)
                                      : join<Fingerprint128>(context, corpus, groups, limits);
  candidates.pairs.append(found.pairs);
  // A group of a table is what a bucket of a band is.
  const HammingStatistics& statistics = found.statistics;
  candidates.statistics.buckets = statistics.groups;
  candidates.statistics.pairs_compared = statistics.comparisons;
  candidates.statistics.large_buckets = statistics.walked_groups;
  candidates.statistics.large_documents = statistics.walked_fingerprints;
  candidates.statistics.refined_documents = statistics.refined_fingerprints;
  candidates.statistics.largest_bucket = statistics.largest_group;
}

}  // namespace copydesk
