// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/repeated_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "copydesk/kernels/content_hash.h"

namespace copydesk {

namespace {

// So many hashes are sorted at a time, 8 MiB of them, unless that would take more than so many
// walks over all ids: then half a byte a document and up to one while they gather.
constexpr std::uint64_t kHashesAtOnce = std::uint64_t{1} << 20;
constexpr std::uint64_t kMostParts = 16;

}  // namespace

std::uint64_t count_repeated_ids(const CorpusTable& table, std::uint32_t first) {
  const std::size_t documents = table.documents.size();
  if (documents <= first) return 0;
  const std::uint64_t parts = std::min((documents - first) / kHashesAtOnce + 1, kMostParts);
  std::uint64_t repeated = 0;
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t part = 0; part < parts; ++part) {
    hashes.clear();
    table.ids.for_each(first, [&](std::string_view id) {
      if (id.empty()) return;
      const std::uint64_t hash = content_hash_64(id.data(), id.size());
      if (hash % parts == part) hashes.push_back(hash);
    });
    std::sort(hashes.begin(), hashes.end());
    const auto distinct = std::unique(hashes.begin(), hashes.end());
    repeated += static_cast<std::uint64_t>(hashes.end() - distinct);
  }
  return repeated;
}

std::uint64_t note_repeated_ids(const CorpusTable& table, std::uint32_t first,
                                const RunControl& control) {
  const std::uint64_t repeated = count_repeated_ids(table, first);
  if (repeated > 0) {
    control.note(fmt::format(
        "{} {} an id that a record before has; results tell them apart by file and line", repeated,
        repeated == 1 ? "record has" : "records have"));
  }
  return repeated;
}

}  // namespace copydesk
