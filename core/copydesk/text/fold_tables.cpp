// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/fold_tables.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {

#include "fold_tables.inc"

const std::size_t kFoldUpperSize = std::size(kFoldUpper);
const std::size_t kFoldSeriesSize = std::size(kFoldSeries);
const std::size_t kMarkOrdersSize = std::size(kMarkOrders);
const std::size_t kAccentChangesSize = std::size(kAccentChanges);
const std::size_t kChineseChangesSize = std::size(kChineseChanges);

namespace {

// Copies of the tables with changes: of the upper ones, of the blocks that change.
class ChangedTables {
 public:
  explicit ChangedTables(const FoldOptions& options)
      : basic_(std::begin(kFoldBasic), std::end(kFoldBasic)),
        upper_block_(std::begin(kFoldUpperBlock), std::end(kFoldUpperBlock)),
        upper_(std::begin(kFoldUpper), std::end(kFoldUpper)),
        is_own_(upper_block_.size()) {
    if (!options.accents) apply(kAccentChanges);
    if (options.chinese) apply(kChineseChanges);
    tables_ = {basic_.data(), upper_block_.data(), upper_.data()};
  }
  [[nodiscard]] const FoldTables& tables() const { return tables_; }

 private:
  void apply(std::span<const FoldChange> changes) {
    for (const FoldChange& change : changes) {
      if (change.code_point < 0x10000) {
        basic_[change.code_point] = change.entry;
      } else {
        change_upper(change);
      }
    }
  }
  void change_upper(const FoldChange& change) {
    const std::size_t block = (change.code_point - 0x10000) / kFoldBlockSize;
    if (!is_own_[block]) {
      const std::size_t begin = upper_block_[block] * kFoldBlockSize;
      upper_block_[block] = static_cast<std::uint16_t>(upper_.size() / kFoldBlockSize);
      for (std::size_t i = 0; i < kFoldBlockSize; ++i) upper_.push_back(upper_[begin + i]);
      is_own_[block] = true;
    }
    upper_[upper_block_[block] * kFoldBlockSize + change.code_point % kFoldBlockSize] =
        change.entry;
  }

  std::vector<std::uint32_t> basic_;
  std::vector<std::uint16_t> upper_block_;
  std::vector<std::uint32_t> upper_;
  std::vector<bool> is_own_;
  FoldTables tables_;
};

}  // namespace

const FoldTables& fold_tables(const FoldOptions& options) {
  static constexpr FoldTables kUsual{kFoldBasic, kFoldUpperBlock, kFoldUpper};
  if (options == FoldOptions{}) return kUsual;
  if (options.accents) {
    static const ChangedTables kSimplified(FoldOptions{true, true});
    return kSimplified.tables();
  }
  if (!options.chinese) {
    static const ChangedTables kAccented(FoldOptions{false, false});
    return kAccented.tables();
  }
  static const ChangedTables kBoth(FoldOptions{false, true});
  return kBoth.tables();
}

std::uint64_t fold_tables_checksum() {
  std::vector<std::uint32_t> all(std::begin(kFoldBasic), std::end(kFoldBasic));
  all.insert(all.end(), std::begin(kFoldUpperBlock), std::end(kFoldUpperBlock));
  all.insert(all.end(), std::begin(kFoldUpper), std::end(kFoldUpper));
  all.insert(all.end(), std::begin(kFoldSeries), std::end(kFoldSeries));
  for (const FoldChange& change : kAccentChanges) all.insert(all.end(), {change.code_point, change.entry});
  for (const MarkOrder& run : kMarkOrders) all.insert(all.end(), {run.first, run.last, run.order});
  return XXH3_64bits(all.data(), all.size() * sizeof(all[0]));
}

}  // namespace copydesk
