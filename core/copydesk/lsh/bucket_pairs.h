#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Candidate pairs from the documents that share one band key (a bucket). Ordinary buckets are
// compared pair by pair on their packed sketches. Large ones (a template family, an adversarial
// corpus) never go quadratic and are never skipped: see the definition. A bucket of 100 documents
// has 4,950 pairs, one of a million would have 500 billion.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "copydesk/lsh/band_sorter.h"
#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/sketch/packed_sketches.h"
#include "copydesk/sketch/sketch_rows.h"

namespace copydesk {

struct BucketOptions {
  // The pairs of buckets up to this size may be compared later, once for all bands.
  std::size_t deferred_limit = 8;
  // Buckets up to this size are compared pair by pair.
  std::size_t pairwise_limit = 64;
  // In larger buckets every document is compared with at most this many leaders at a time.
  std::size_t leader_limit = 256;
  // Pairs whose sketches agree in fewer slots are dropped without being verified ...
  std::size_t minimum_agreement = 0;
  // ... and a document that agrees with a leader in this many slots is taken to belong to it.
  std::size_t sure_agreement = 0;
  // Documents from this number on have been compared with each other before. Their pairs are left out
  // where a bucket is compared pair by pair, and are of no interest where they are not.
  std::uint32_t first_compared = std::numeric_limits<std::uint32_t>::max();
};

struct BucketStatistics {
  std::uint64_t buckets = 0;            // with at least two documents
  std::uint64_t pairs_compared = 0;     // sketch comparisons
  std::uint64_t large_buckets = 0;      // above the pairwise limit
  std::uint64_t large_documents = 0;    // documents in them
  std::uint64_t refined_documents = 0;  // documents that further rows had to tell apart
  std::uint64_t largest_bucket = 0;

  void add(const BucketStatistics& other);
};

// One object per thread.
class BucketPairs {
 public:
  // A number for a document that depends on its content alone.
  using ContentKey = std::function<std::uint64_t(std::uint32_t document)>;

  // Large buckets are walked in the order of their content keys, so that the pairs do not depend on
  // the order of the input.
  BucketPairs(const PackedSketches& sketches, ContentKey content_key, const BucketOptions& options);

  // Called again and again while pairs are found; may take the pairs away that were appended so
  // far.
  using Between = std::function<void()>;

  // Sketches that are not in memory are loaded before their buckets are added (see SketchRows), but
  // for those of a bucket of more than `count` documents, which then go by in parts of that size.
  void load_at_most(std::size_t count) { most_loaded_ = std::max(count, options_.pairwise_limit); }
  [[nodiscard]] std::size_t most_loaded() const { return most_loaded_; }
  [[nodiscard]] bool needs_loading() const { return sketches_.needs_loading(); }
  // Distinct documents in any order.
  void load(std::vector<std::uint32_t> documents);
  [[nodiscard]] std::size_t bytes_per_sketch() const { return sketches_.slots(); }

  // Whether the pairs of so large a bucket are left to be compared later ...
  [[nodiscard]] bool defers(std::size_t members) const {
    return members <= options_.deferred_limit;
  }
  // ... and appends all of them.
  void defer(std::span<const BandSorter::Entry> bucket, std::vector<CandidatePair>& pairs);

  // Appends the candidate pairs of `members` (distinct document numbers, ascending, at least two)
  // to `pairs`. `first_row` is where the band's rows begin in the sketch.
  // REQUIRES: their sketches are in memory or loaded, or they are more than are loaded at most.
  void add_bucket(std::span<const std::uint32_t> members, std::size_t first_row,
                  std::vector<CandidatePair>& pairs, const Between& between = {});

  [[nodiscard]] const BucketStatistics& statistics() const { return statistics_; }

 private:
  void count_bucket(std::size_t members);
  void compare_pairwise(std::span<const std::uint32_t> members, std::vector<CandidatePair>& pairs,
                        const Between& between);
  // Where in a bucket that is taken apart a part of it stands.
  struct Depth {
    std::size_t row = 0;  // of the sketch, by which its members were brought together
    std::size_t level = 0;
    bool is_loaded = true;
  };
  // A document with the rows by which it is told apart from others.
  using Keyed = std::pair<std::uint64_t, std::uint32_t>;

  void compare_with_leaders(std::vector<std::uint32_t> members, const Depth& depth,
                            std::vector<CandidatePair>& pairs, const Between& between);
  void compare_apart(std::vector<std::uint32_t> members, const Depth& depth,
                     std::vector<CandidatePair>& pairs, const Between& between);
  void load_next(std::span<const std::uint32_t> members, std::size_t begin, std::size_t step);
  [[nodiscard]] std::size_t load_parts(std::span<const Keyed> keyed, std::size_t begin);
  void sort_by_content(std::vector<std::uint32_t>& members) const;
  void emit_best_leaders(std::uint32_t member, std::vector<CandidatePair>& pairs);

  SketchRows sketches_;
  ContentKey content_key_;
  BucketOptions options_;
  BucketStatistics statistics_;
  std::size_t most_loaded_ = std::numeric_limits<std::size_t>::max();
  std::vector<std::uint8_t> rows_;     // the sketches of the documents at hand, side by side
  std::vector<std::uint16_t> counts_;  // agreement with each of them
  std::vector<std::uint32_t> leaders_;
};

}  // namespace copydesk
