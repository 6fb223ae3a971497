// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/repeated_passages.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace copydesk {

RepeatedPassages::RepeatedPassages(const std::string& folder, std::size_t memory_bytes)
    : folder_(folder),
      memory_bytes_(memory_bytes / 2),
      entries_(folder, memory_bytes / 2, kPartitions) {}

DocumentRecords<PassageCopy> RepeatedPassages::find_copies(std::uint64_t documents,
                                                           std::size_t least_count,
                                                           std::size_t least_sites,
                                                           std::size_t keep, StopFlag stop) {
  DocumentRecords<PassageCopy> copies(folder_, memory_bytes_, documents);
  std::vector<Entry> entries;
  std::vector<std::uint32_t> sites;
  for (std::size_t partition = 0; partition < kPartitions; ++partition) {
    stop.check();
    entries_.take(partition, entries);
    // Those of one key in the order of the input.
    std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
      return std::tie(x.key, x.document, x.begin) < std::tie(y.key, y.document, y.begin);
    });
    for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
      while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
      const std::size_t count = end - begin;
      if (count < least_count) continue;
      if (least_sites > 1) {
        sites.clear();
        for (std::size_t i = begin; i < end; ++i) sites.push_back(entries[i].site & kSite);
        std::sort(sites.begin(), sites.end());
        sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
        if (sites.size() < least_sites) continue;
      }
      repeated_ += count;
      ++distinct_;
      const Entry& first = entries[begin];
      for (std::size_t i = begin + std::min(keep, count); i < end; ++i) {
        const Entry& copy = entries[i];
        copies.add({copy.key, copy.document, copy.begin, copy.end,
                    static_cast<std::uint32_t>(count) & kSite, copy.site > kSite,
                    first.document, first.begin});
      }
    }
  }
  return copies;
}

}  // namespace copydesk
