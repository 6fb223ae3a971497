// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/fold_tables.h"

#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {

#include "fold_tables.inc"

const std::size_t kFoldUpperSize = std::size(kFoldUpper);
const std::size_t kFoldSeriesSize = std::size(kFoldSeries);
const std::size_t kMarkOrdersSize = std::size(kMarkOrders);

std::uint64_t fold_tables_checksum() {
  std::vector<std::uint32_t> all(std::begin(kFoldBasic), std::end(kFoldBasic));
  all.insert(all.end(), std::begin(kFoldUpperBlock), std::end(kFoldUpperBlock));
  all.insert(all.end(), std::begin(kFoldUpper), std::end(kFoldUpper));
  all.insert(all.end(), std::begin(kFoldSeries), std::end(kFoldSeries));
  for (const MarkOrder& run : kMarkOrders) all.insert(all.end(), {run.first, run.last, run.order});
  return XXH3_64bits(all.data(), all.size() * sizeof(all[0]));
}

}  // namespace copydesk
