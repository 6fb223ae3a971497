#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Fingerprints to candidate pairs, by sorting: first (fingerprint, document), which gives for every
// fingerprint the documents that have it, then (document, document, frequency), which gives for
// every pair what it shares. Rare fingerprints weigh more than frequent ones, and a frequency bound
// keeps what half the corpus has from making pairs at all. A fingerprint that two documents have
// weighs 1, one that ten have 1/3.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/reuse/entry_partitions.h"

namespace copydesk {

struct CandidateOptions {
  // A pair is proposed if its shared fingerprints weigh this much, each 1/sqrt(df-1), ...
  double minimum_weight = 1.0;
  // ... or if there are this many of them: a story printed a hundred times weighs little.
  double minimum_shared = 5.0;

  // A fingerprint that more documents than this have proposes each of them with the first four only
  // and says nothing about how telling a pair's fingerprints are ...
  std::uint32_t most_paired = 200;
  // ... and one that more than this have proposes nothing.
  std::uint32_t most_documents = 5000;

  // The site of each document as a number, 0 where it is unknown; empty: all are unknown. A
  // fingerprint that more documents of one site than this have is likely its furniture, which makes
  // all its pages pairs: the later ones are paired with the first four of their site only.
  std::span<const std::uint32_t> sites;
  std::uint32_t most_of_site = 8;

  // Documents below this number are the old corpus and the others the new one: only pairs of one
  // and the other are proposed, and the frequencies are 1 more than the old documents that have a
  // fingerprint, so that a text is found in the old corpus however many new ones hold it. 0: all
  // pairs are.
  std::uint32_t first_new_document = 0;
};

// What the sampled fingerprints of a pair say about it.
struct ReuseCandidate {
  CandidatePair pair;
  double mean_weight = 0.0;     // of a shared fingerprint: 1/sqrt(df-1) on average
  double shared = 0.0;          // fingerprints that went into the mean
  std::uint32_t median_df = 0;  // of these; 0 if there are none
  friend bool operator==(const ReuseCandidate&, const ReuseCandidate&) = default;
};

// Where a fingerprint of `document` goes.
[[nodiscard]] constexpr std::size_t fingerprint_partition(std::uint64_t fingerprint) {
  return static_cast<std::size_t>(fingerprint >> 56);
}
[[nodiscard]] constexpr JoinEntry fingerprint_entry(std::uint64_t fingerprint,
                                                    std::uint32_t document) {
  return {static_cast<std::uint32_t>(fingerprint >> 32), static_cast<std::uint32_t>(fingerprint),
          document};
}

// What one partition of fingerprints gives.
struct FingerprintPairs {
  std::vector<JoinEntry> pairs;  // (a, b, df) with a < b
  std::vector<std::uint64_t>
      frequent;  // fingerprints of more than most_paired documents, ascending
};

// REQUIRES: `entries` are fingerprint_entry()s, sorted, each once; options.sites is empty or has
// all documents. Appends to `out`.
void pair_fingerprints(std::span<const JoinEntry> entries, const CandidateOptions& options,
                       FingerprintPairs& out);

// Where a pair goes: all that is known of it comes together.
[[nodiscard]] constexpr std::size_t pair_partition(const JoinEntry& pair) {
  return (pair.high ^ pair.high >> 8) % EntryPartitions::kCount;
}

// REQUIRES: `pairs` are those of pair_fingerprints(), sorted. Appends the candidates, ascending.
void weigh_pairs(std::span<const JoinEntry> pairs, const CandidateOptions& options,
                 std::vector<ReuseCandidate>& candidates);

}  // namespace copydesk
