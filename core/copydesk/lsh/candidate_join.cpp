#include "copydesk/lsh/candidate_join.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace copydesk {

namespace {

struct Entry {
  std::uint64_t key;
  std::uint32_t document;
  friend bool operator<(const Entry& x, const Entry& y) {
    return std::tie(x.key, x.document) < std::tie(y.key, y.document);
  }
};

// Repeated pairs are merged when this many have gathered.
constexpr std::size_t kMergeAt = 4 << 20;

// Keys are uniformly distributed, so one pass by their highest bits leaves parts of about a thousand
// entries, which are sorted inside the first-level cache.
void sort_entries(std::span<const std::uint64_t> column, std::span<const std::uint32_t> documents,
                  std::vector<Entry>& entries) {
  const int bits = std::clamp(static_cast<int>(std::bit_width(documents.size() / 1024)), 0, 16);
  const auto part_of = [bits](std::uint64_t key) {
    return bits == 0 ? std::size_t{0} : static_cast<std::size_t>(key >> (64 - bits));
  };
  std::vector<std::size_t> starts((std::size_t{1} << bits) + 1);
  for (const std::uint32_t document : documents) ++starts[part_of(column[document]) + 1];
  for (std::size_t part = 1; part < starts.size(); ++part) starts[part] += starts[part - 1];
  entries.resize(documents.size());
  std::vector<std::size_t> places(starts.begin(), starts.end() - 1);
  for (const std::uint32_t document : documents) {
    const std::uint64_t key = column[document];
    entries[places[part_of(key)]++] = {key, document};
  }
  for (std::size_t part = 0; part + 1 < starts.size(); ++part) {
    std::sort(entries.begin() + static_cast<std::ptrdiff_t>(starts[part]),
              entries.begin() + static_cast<std::ptrdiff_t>(starts[part + 1]));
  }
}

}  // namespace

void join_band(std::span<const std::uint64_t> column, std::span<const std::uint32_t> documents,
               std::size_t first_row, BucketPairs& buckets, std::vector<CandidatePair>& pairs) {
  std::vector<Entry> entries;
  sort_entries(column, documents, entries);
  std::vector<std::uint32_t> members;
  std::size_t merge_at = std::max(kMergeAt, 2 * pairs.size());
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    end = begin + 1;
    while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
    if (end - begin < 2) continue;
    members.clear();
    for (std::size_t i = begin; i < end; ++i) members.push_back(entries[i].document);
    buckets.add_bucket(members, first_row, pairs);
    if (pairs.size() >= merge_at) {
      merge_pairs(pairs);
      merge_at = std::max(kMergeAt, 2 * pairs.size());
    }
  }
}

void merge_pairs(std::vector<CandidatePair>& pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

}  // namespace copydesk
