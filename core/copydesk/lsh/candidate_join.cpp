// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/candidate_join.h"

#include <algorithm>
#include <utility>

#include "copydesk/lsh/pair_sort.h"

namespace copydesk {

namespace {

// Of the lists of a document that is loaded: twice its number, the end of its bucket.
constexpr std::size_t kBytesPerMember = 16;
// With what sorting them takes.
constexpr std::size_t kBytesPerPair = 2 * sizeof(CandidatePair);
// Shorter runs would make too many of them.
constexpr std::size_t kLeastPairs = std::size_t{1} << 16;
// Repeated pairs are merged when this many have gathered.
constexpr std::size_t kMergeAt = std::size_t{4} << 20;

}  // namespace

CandidateJoin::CandidateJoin(const BandKeyTable& keys, std::span<const std::uint32_t> documents,
                             std::size_t rows, const JoinMemory& memory, BucketPairs buckets,
                             PairRuns& runs)
    : rows_(rows),
      most_entries_(std::max<std::size_t>(1, memory.entry_bytes / sizeof(BandSorter::Entry))),
      most_pairs_(std::max(kLeastPairs, memory.pair_bytes / kBytesPerPair)),
      flush_at_(std::min(kMergeAt, most_pairs_)),
      sorter_(keys, documents),
      buckets_(std::move(buckets)),
      runs_(runs) {
  buckets_.load_at_most(memory.sketch_bytes / (buckets_.bytes_per_sketch() + kBytesPerMember));
}

void CandidateJoin::join_band(std::size_t band) {
  first_row_ = band * rows_;
  const std::size_t loads = std::min(sorter_.documents() / most_entries_ + 1, sorter_.parts());
  for (std::size_t load = 0; load < loads; ++load) {
    const std::size_t first = sorter_.parts() * load / loads;
    const std::size_t end = sorter_.parts() * (load + 1) / loads;
    sorter_.load(band, first, end - first);
    for (std::size_t part = 0; part < end - first; ++part) walk(sorter_.sorted_part(part));
  }
  use_members();
  merge_pairs(pairs_);
  runs_.add(pairs_);
  pairs_.clear();
}

// Runs of equal keys are whole in a part.
void CandidateJoin::walk(std::span<const BandSorter::Entry> entries) {
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    const std::uint32_t key = BandSorter::key_of(entries[begin]);
    end = begin + 1;
    while (end < entries.size() && BandSorter::key_of(entries[end]) == key) ++end;
    if (end - begin > 1) add_bucket(entries.subspan(begin, end - begin));
  }
}

// Where sketches are not in memory, those of as many buckets are loaded at a time as it allows. A
// bucket that is too large by itself loads its own, part by part.
void CandidateJoin::add_bucket(std::span<const BandSorter::Entry> bucket) {
  if (buckets_.defers(bucket.size())) {
    buckets_.defer(bucket, pairs_);
    flush_if_full();
    return;
  }
  if (members_.size() + bucket.size() > buckets_.most_loaded()) use_members();
  for (const BandSorter::Entry entry : bucket) members_.push_back(BandSorter::document_of(entry));
  ends_.push_back(members_.size());
  if (!buckets_.needs_loading()) use_members();
}

void CandidateJoin::use_members() {
  if (members_.empty()) return;
  if (buckets_.needs_loading() && members_.size() <= buckets_.most_loaded()) {
    buckets_.load(members_);
  }
  const BucketPairs::Between between = [this] { flush_if_full(); };
  std::size_t begin = 0;
  for (const std::size_t end : ends_) {
    buckets_.add_bucket(std::span(members_).subspan(begin, end - begin), first_row_, pairs_,
                        between);
    begin = end;
    flush_if_full();
  }
  members_.clear();
  ends_.clear();
}

void CandidateJoin::flush_if_full() {
  if (pairs_.size() < flush_at_) return;
  merge_pairs(pairs_);
  if (pairs_.size() >= most_pairs_ / 2) {
    runs_.add(pairs_);
    pairs_.clear();
  }
  flush_at_ = std::min(most_pairs_, std::max(kMergeAt, 2 * pairs_.size()));
}

}  // namespace copydesk
