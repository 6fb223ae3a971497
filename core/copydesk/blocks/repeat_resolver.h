#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The second half of the search for repeated spans: candidates are compared token by token, and
// what of each document is a surplus copy comes out. Every window of N tokens that occurs more
// often than copies are kept is found; what is reported is the union of such windows.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/blocks/repeat_candidates.h"
#include "copydesk/blocks/repeat_group.h"
#include "copydesk/blocks/token_store.h"
#include "copydesk/stream/record_partitions.h"
#include "copydesk/stream/spill_list.h"

namespace copydesk {

// A maximal run of tokens that are surplus copies.
struct RepeatedSpan {
  std::uint32_t document = 0;
  std::uint32_t begin = 0, end = 0;  // tokens
  // Of the longest repeat in it: how often it occurs in the corpus (the most frequent window of it)
  // and where first.
  std::uint32_t count = 0;
  std::uint32_t first_document = 0;
  std::uint32_t first_begin = 0;  // byte offset in its text
  friend bool operator<(const RepeatedSpan& x, const RepeatedSpan& y) {
    return x.document != y.document ? x.document < y.document : x.begin < y.begin;
  }
};

class RepeatResolver {
 public:
  static constexpr std::size_t kPartitions = 256;

  // `keep`: copies of each window that stay, in input order. `folder` is where temporary files go
  // (empty: the system's choice).
  RepeatResolver(std::size_t least_tokens, std::size_t keep, const std::string& folder,
                 std::size_t memory_bytes);

  // Not thread-safe. REQUIRES: documents come in ascending order. Throws Error{kCannotWrite}.
  void add(std::uint32_t document, const RepeatCandidates& candidates);

  // Appends the runs of one partition of the candidates and forgets it. Different partitions may be
  // resolved by several threads at once. REQUIRES: nothing is added any more.
  void resolve(std::size_t partition, std::vector<RepeatRun>& runs);
  // Takes what resolve() found, in any order. Not thread-safe. Throws Error{kCannotWrite}.
  void take(const std::vector<RepeatRun>& runs);

  // Appends the spans of the document to `spans`: ascending, disjoint, not adjacent.
  // REQUIRES: all partitions were resolved; documents are asked for in ascending order.
  void spans_of(std::uint32_t document, std::vector<RepeatedSpan>& spans);

  [[nodiscard]] std::uint64_t candidate_tokens() const { return store_.size(); }
  [[nodiscard]] std::uint64_t bytes_on_disk() const;

 private:
  struct Region {
    std::uint64_t begin;  // place in the store
    std::uint32_t document, token;
  };

  [[nodiscard]] Region region_at(std::uint64_t place) const;
  void load_partition();
  void verify(const RepeatRun& run, std::vector<RepeatRun>& verified);

  std::size_t least_tokens_, keep_;
  std::string folder_;
  std::size_t memory_bytes_;
  TokenStore store_;
  RecordPartitions<RepeatWindows> blocks_;
  SpillList<Region> regions_;
  std::vector<std::uint64_t> region_begins_;  // of every so many of them, to find one by its place
  std::vector<Region> own_regions_;           // of one document
  std::vector<RecordPartitions<RepeatRun>> runs_;  // none, or one: made when all tokens are there
  std::vector<RepeatedSpan> current_;              // of the partitions loaded last, by document
  std::size_t next_ = 0;
  std::size_t partition_ = 0;
  std::vector<RepeatedSpan> parts_;
  std::vector<StoredToken> left_, right_;
};

}  // namespace copydesk
