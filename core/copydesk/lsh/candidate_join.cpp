// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/candidate_join.h"

#include <algorithm>
#include <bit>
#include <span>
#include <tuple>
#include <vector>

#include "copydesk/stream/large_buffer.h"

namespace copydesk {

namespace {

struct Entry {
  std::uint64_t key;
  std::uint32_t document;
  friend bool operator<(const Entry& x, const Entry& y) {
    return std::tie(x.key, x.document) < std::tie(y.key, y.document);
  }
};

// Of a band in one part of the sort, so that its scattering stays in the nearest caches.
constexpr std::size_t kPartEntries = 1024;
constexpr std::size_t kMostPartBits = 16;

// The entries of a range of keys, sorted: keys are uniformly distributed, so one pass by their
// highest bits leaves small parts.
class EntrySorter {
 public:
  // Range `number` of `count` equally long ones.
  EntrySorter(std::size_t number, std::size_t count, std::size_t documents)
      : first_part_(0), bits_(0) {
    bits_ = std::min<std::size_t>(std::bit_width(documents / count / kPartEntries), kMostPartBits);
    parts_ = std::uint64_t{count} << bits_;
    first_part_ = std::uint64_t{number} << bits_;
    starts_.resize((std::size_t{1} << bits_) + 1);
  }

  // The result is valid until `buffer`, which grows as needed, is used again.
  std::span<const Entry> sort(const BandKeyTable& keys, std::size_t band,
                              std::span<const std::uint32_t> documents,
                              LargeBuffer<Entry>& buffer) {
    for_each(keys, band, documents,
             [&](std::size_t part, std::uint64_t, std::uint32_t) { ++starts_[part + 1]; });
    for (std::size_t part = 1; part < starts_.size(); ++part) starts_[part] += starts_[part - 1];
    if (buffer.size() < starts_.back()) {
      buffer = {};
      buffer = LargeBuffer<Entry>(starts_.back());
    }
    const std::span<Entry> entries = buffer.values().first(starts_.back());
    std::vector<std::size_t> places(starts_.begin(), starts_.end() - 1);
    for_each(keys, band, documents,
             [&](std::size_t part, std::uint64_t key, std::uint32_t document) {
               entries[places[part]++] = {key, document};
             });
    for (std::size_t part = 0; part + 1 < starts_.size(); ++part) {
      sort_part(entries.subspan(starts_[part], starts_[part + 1] - starts_[part]));
    }
    return entries;
  }

 private:
  template <class Take>
  void for_each(const BandKeyTable& keys, std::size_t band,
                std::span<const std::uint32_t> documents, Take&& take) {
    std::size_t next = 0;
    for (std::size_t part = 0; part < keys.parts() && next < documents.size(); ++part) {
      const std::size_t first = part * BandKeyTable::kPartDocuments;
      if (documents[next] >= first + BandKeyTable::kPartDocuments) continue;
      const std::span<const std::uint64_t> column = keys.read(band, part, column_);
      for (; next < documents.size() && documents[next] - first < column.size(); ++next) {
        const std::uint64_t key = column[documents[next] - first];
        const std::uint64_t place = part_of(key) - first_part_;
        if (place < starts_.size() - 1) take(place, key, documents[next]);
      }
    }
  }

  // By the bits that follow those of the part into groups of about one entry, which are left in the
  // order of documents.
  void sort_part(std::span<Entry> part) {
    if (part.size() < 2) return;
    const auto bits = static_cast<unsigned>(std::bit_width(part.size()));
    const auto group_of = [&](std::uint64_t key) {
      return static_cast<std::size_t>(key * parts_ >> (64 - bits));
    };
    ends_.assign((std::size_t{1} << bits) + 1, 0);
    for (const Entry& entry : part) ++ends_[group_of(entry.key) + 1];
    for (std::size_t group = 1; group < ends_.size(); ++group) ends_[group] += ends_[group - 1];
    scattered_.resize(part.size());
    for (const Entry& entry : part) scattered_[ends_[group_of(entry.key)]++] = entry;
    std::size_t begin = 0;
    for (std::size_t group = 0; group + 1 < ends_.size(); ++group) {
      const std::size_t end = ends_[group];
      if (end - begin > 1) {
        std::sort(scattered_.begin() + static_cast<std::ptrdiff_t>(begin),
                  scattered_.begin() + static_cast<std::ptrdiff_t>(end));
      }
      begin = end;
    }
    std::copy(scattered_.begin(), scattered_.end(), part.begin());
  }

  // Of all parts of all ranges.
  [[nodiscard]] std::uint64_t part_of(std::uint64_t key) const {
    __extension__ using Product = unsigned __int128;
    return static_cast<std::uint64_t>(static_cast<Product>(key) * parts_ >> 64);
  }

  std::uint64_t parts_ = 0;
  std::uint64_t first_part_;
  std::size_t bits_;
  std::vector<std::size_t> starts_;
  std::vector<std::uint64_t> column_;
  std::vector<std::size_t> ends_;  // of the groups of a part
  std::vector<Entry> scattered_;
};

// Walks runs of equal keys, with as many sketches loaded at a time as memory allows.
class BucketWalk {
 public:
  BucketWalk(std::span<const Entry> entries, std::size_t first_row, const JoinMemory& memory,
             BucketPairs& buckets, PairRuns& runs)
      : entries_(entries),
        first_row_(first_row),
        most_rows_(std::max<std::size_t>(
            1, memory.sketch_bytes / (buckets.bytes_per_sketch() + kBytesPerMember))),
        most_pairs_(std::max(kLeastPairs, memory.pair_bytes / sizeof(CandidatePair))),
        buckets_(buckets),
        runs_(runs) {}

  void walk() {
    for (std::size_t begin = 0, end = 0; begin < entries_.size(); begin = end) {
      end = begin + 1;
      while (end < entries_.size() && entries_[end].key == entries_[begin].key) ++end;
      if (end - begin < 2) continue;
      if (!members_.empty() && members_.size() + (end - begin) > most_rows_) use_members();
      for (std::size_t i = begin; i < end; ++i) members_.push_back(entries_[i].document);
      ends_.push_back(members_.size());
    }
    use_members();
    merge_pairs(pairs_);
    runs_.add(pairs_);
  }

 private:
  void use_members() {
    if (buckets_.needs_loading()) {
      std::vector<std::uint32_t> documents = members_;
      std::sort(documents.begin(), documents.end());
      buckets_.load(documents);
    }
    std::size_t begin = 0;
    std::size_t fetched = 0;
    for (const std::size_t end : ends_) {
      const std::size_t ahead = std::min(members_.size(), end + kFetchAhead);
      for (; fetched < ahead; ++fetched) buckets_.prefetch(members_[fetched]);
      buckets_.add_bucket(std::span(members_).subspan(begin, end - begin), first_row_, pairs_);
      begin = end;
      if (pairs_.size() >= flush_at_) flush();
    }
    members_.clear();
    ends_.clear();
  }

  void flush() {
    merge_pairs(pairs_);
    if (pairs_.size() >= most_pairs_ / 2) {
      runs_.add(pairs_);
      pairs_.clear();
    }
    flush_at_ = std::min(most_pairs_, std::max(kMergeAt, 2 * pairs_.size()));
  }

  // Of the lists of a document that is loaded: twice its number, the end of its bucket.
  static constexpr std::size_t kBytesPerMember = 16;
  // Sketches under way from memory while others are compared.
  static constexpr std::size_t kFetchAhead = 24;
  // Shorter runs would make too many of them.
  static constexpr std::size_t kLeastPairs = std::size_t{1} << 16;
  // Repeated pairs are merged when this many have gathered.
  static constexpr std::size_t kMergeAt = std::size_t{4} << 20;

  std::span<const Entry> entries_;
  std::size_t first_row_;
  std::size_t most_rows_;
  std::size_t most_pairs_;
  std::size_t flush_at_ = std::min(kMergeAt, most_pairs_);
  BucketPairs& buckets_;
  PairRuns& runs_;
  std::vector<std::uint32_t> members_;  // of several buckets, one after the other
  std::vector<std::size_t> ends_;
  std::vector<CandidatePair> pairs_;
};

}  // namespace

void join_band(const BandKeyTable& keys, std::size_t band, std::span<const std::uint32_t> documents,
               std::size_t first_row, const JoinMemory& memory, BucketPairs& buckets,
               PairRuns& runs) {
  const std::size_t most = std::max<std::size_t>(1, memory.entry_bytes / sizeof(Entry));
  const std::size_t ranges = documents.size() / most + 1;
  LargeBuffer<Entry> buffer;
  for (std::size_t range = 0; range < ranges; ++range) {
    EntrySorter sorter(range, ranges, documents.size());
    const std::span<const Entry> entries = sorter.sort(keys, band, documents, buffer);
    BucketWalk(entries, first_row, memory, buckets, runs).walk();
  }
}

}  // namespace copydesk
