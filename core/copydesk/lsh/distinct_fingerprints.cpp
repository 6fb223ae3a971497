// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/distinct_fingerprints.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "copydesk/lsh/fingerprint_bits.h"
#include "copydesk/parallel/parallel_for.h"

namespace copydesk {

namespace {

struct Entry {
  std::uint64_t spread;
  std::uint32_t document;
};

std::pair<std::uint64_t, std::uint64_t> words_of(std::uint64_t fingerprint) {
  return {0, fingerprint};
}
std::pair<std::uint64_t, std::uint64_t> words_of(const Fingerprint128& fingerprint) {
  return {fingerprint.high, fingerprint.low};
}

}  // namespace

// Sorted by the spread value: one pass by its highest bits leaves parts of about a thousand
// entries, which are sorted inside the first-level cache.
template <class Fingerprint>
DistinctFingerprints<Fingerprint> collapse_equal(std::span<const Fingerprint> fingerprints,
                                                 std::span<const std::uint32_t> documents,
                                                 std::span<const std::uint64_t> content_keys,
                                                 std::size_t threads) {
  const int bits = std::clamp(static_cast<int>(std::bit_width(documents.size() / 1024)), 0, 16);
  const auto part_of = [bits](std::uint64_t spread) {
    return bits == 0 ? std::size_t{0} : static_cast<std::size_t>(spread >> (64 - bits));
  };
  const std::size_t parts = std::size_t{1} << bits;
  std::vector<std::size_t> starts(parts + 1);
  for (const std::uint32_t document : documents) {
    ++starts[part_of(spread(fingerprints[document])) + 1];
  }
  for (std::size_t part = 1; part < starts.size(); ++part) starts[part] += starts[part - 1];
  std::vector<Entry> entries(documents.size());
  std::vector<std::size_t> places(starts.begin(), starts.end() - 1);
  for (const std::uint32_t document : documents) {
    const std::uint64_t value = spread(fingerprints[document]);
    entries[places[part_of(value)]++] = {value, document};
  }
  const auto precedes = [&](const Entry& x, const Entry& y) {
    if (x.spread != y.spread) return x.spread < y.spread;
    return std::tuple(words_of(fingerprints[x.document]), content_keys[x.document], x.document) <
           std::tuple(words_of(fingerprints[y.document]), content_keys[y.document], y.document);
  };
  parallel_for(threads, parts, 16, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t part = begin; part < end; ++part) {
      std::sort(entries.begin() + static_cast<std::ptrdiff_t>(starts[part]),
                entries.begin() + static_cast<std::ptrdiff_t>(starts[part + 1]), precedes);
    }
  });

  DistinctFingerprints<Fingerprint> distinct;
  distinct.documents.reserve(entries.size());
  for (const Entry& entry : entries) {
    const Fingerprint& fingerprint = fingerprints[entry.document];
    if (distinct.fingerprints.empty() || distinct.fingerprints.back() != fingerprint) {
      distinct.starts.push_back(static_cast<std::uint32_t>(distinct.documents.size()));
      distinct.fingerprints.push_back(fingerprint);
    }
    distinct.documents.push_back(entry.document);
  }
  distinct.starts.push_back(static_cast<std::uint32_t>(distinct.documents.size()));
  return distinct;
}

template DistinctFingerprints<std::uint64_t> collapse_equal(std::span<const std::uint64_t>,
                                                            std::span<const std::uint32_t>,
                                                            std::span<const std::uint64_t>,
                                                            std::size_t);
template DistinctFingerprints<Fingerprint128> collapse_equal(std::span<const Fingerprint128>,
                                                             std::span<const std::uint32_t>,
                                                             std::span<const std::uint64_t>,
                                                             std::size_t);

}  // namespace copydesk
