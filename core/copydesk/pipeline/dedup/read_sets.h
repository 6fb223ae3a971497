#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Shingle sets that are kept somewhere, brought into a store in the order of their documents: read by all
// threads, some thousand at a time, and added by one.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/index/stored_set.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/stop.h"
#include "copydesk/verify/shingle_set_store.h"

namespace copydesk {

// make_reader() gives what one thread reads with: a function of a document, which fills a StoredSet and,
// where passages are wanted, tokens. REQUIRES: `documents` ascend and are not in the store. Throws what readers
// throw, and as ShingleSetStore and `stop` do.
template <class MakeReader>
void add_read_sets(std::span<const std::uint32_t> documents, std::size_t threads, StopFlag stop,
                   const MakeReader& make_reader, ShingleSetStore& sets) {
  constexpr std::size_t kAtOnce = 4096;
  constexpr std::size_t kGrain = 256;
  struct Read {
    StoredSet stored;
    std::vector<std::uint32_t> tokens;
  };
  std::vector<Read> read(std::min(kAtOnce, documents.size()));
  for (std::size_t first = 0; first < documents.size(); first += kAtOnce) {
    stop.check();
    const std::size_t count = std::min(kAtOnce, documents.size() - first);
    parallel_for(threads, count, kGrain, [&](std::size_t begin, std::size_t end, std::size_t) {
      auto reader = make_reader();
      for (std::size_t i = begin; i < end; ++i) {
        read[i].tokens.clear();
        reader(documents[first + i], read[i].stored, read[i].tokens);
      }
    });
    for (std::size_t i = 0; i < count; ++i) {
      const StoredSet& stored = read[i].stored;
      sets.add(documents[first + i], stored.set, read[i].tokens, stored.counts);
    }
  }
}

}  // namespace copydesk
