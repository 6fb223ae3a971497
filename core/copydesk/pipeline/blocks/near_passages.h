#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Paragraphs of a corpus that are near-equal: edited notices, changed names. They are sketched,
// joined and verified as documents are by dedup. In the order of the input, a paragraph that is
// equal or near-equal to none before it that leads a group leads one; any other belongs to the first
// that it is near-equal to. So what a group leaves but its leader was compared with the leader
// itself, word by word: "The bridge closes on Monday ... call Ann" and, each in another document,
// 30 that name somebody else are one group of 31.
//
// Memory beyond what is given: 8 bytes a paragraph and 4 a document.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/blocks/paragraphs.h"
#include "copydesk/blocks/repeated_passages.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/lsh/band_key_table.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/sketch/packed_sketches.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/stream/record_partitions.h"
#include "copydesk/stream/spill_list.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/verify/verifier.h"

namespace copydesk {

// What the sketching of one batch gave, paragraph after paragraph.
struct PassageSketches {
  std::vector<std::uint64_t> keys;
  std::vector<std::uint8_t> slots;

  void clear() { keys.clear(), slots.clear(); }
};

// How paragraphs are sketched. Throws Error{kInvalidOption} for what is out of range.
struct NearPassageOptions {
  explicit NearPassageOptions(const BlocksOptions& blocks);

  double likeness;  // Jaccard similarity of shingle sets
  ShingleOptions shingles;
  SketchOptions sketch;
  Banding banding;
};

// Reuses its buffers; one object per thread.
class PassageSketcher {
 public:
  // Kept by reference.
  explicit PassageSketcher(const NearPassageOptions& options);

  // Appends the sketch of a paragraph, of which `contents` is what its key sees.
  void add(std::string_view contents, PassageSketches& out);

 private:
  const NearPassageOptions& options_;
  Shingler shingler_;
  Sketcher sketcher_;
  ShingledText shingled_;
  std::vector<std::uint32_t> sketch_;
};

class NearPassages {
 public:
  NearPassages(const BlocksOptions& options, const NearPassageOptions& near);

  // The paragraphs of the next document, with their sketches. Not thread-safe. Throws
  // Error{kCannotWrite}, Error{kLimitExceeded} for more than 2^32 - 2 paragraphs.
  void add(std::uint32_t document, std::span<const Paragraph> paragraphs, std::uint32_t site);
  void add_sketches(const PassageSketches& sketches);

  // Finds the groups and hands all that may repeat to `groups`. Reads the documents again that have
  // candidates. To be called once.
  void find(CorpusReader& reader, const CorpusTable& table, RepeatedPassages& groups);

  [[nodiscard]] std::uint64_t passages() const { return passages_; }
  // Found by find(): pairs that were compared word by word, and those of them that are near-equal.
  [[nodiscard]] std::uint64_t candidate_pairs() const { return candidate_pairs_; }
  [[nodiscard]] std::uint64_t near_pairs() const { return near_pairs_; }
  [[nodiscard]] std::uint64_t bytes_on_disk() const { return bytes_on_disk_; }

 private:
  static constexpr std::size_t kPartitions = 256;
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  struct Entry {
    std::uint64_t key;
    std::uint32_t number, document, begin, end, site;
    std::uint32_t first;  // the first paragraph with this key
  };
  void find_firsts();
  void lead(const SpillList<ScoredPair>& pairs);
  void hand_over(RepeatedPassages& groups);

  const BlocksOptions& options_;
  const NearPassageOptions& near_;
  VerifyRule rule_;
  MemoryBudget memory_;
  RecordPartitions<Entry> entries_, with_firsts_;
  BandKeyTable keys_;
  PackedSketches sketches_;
  std::vector<std::uint32_t> first_of_document_;  // the number of its first paragraph
  std::vector<std::uint32_t> firsts_;             // of each key, ascending
  std::vector<std::uint32_t> leader_;             // by number; kNone: it leads, or nobody does
  std::vector<bool> leads_;
  std::uint64_t passages_ = 0, candidate_pairs_ = 0, near_pairs_ = 0, bytes_on_disk_ = 0;
};

}  // namespace copydesk
