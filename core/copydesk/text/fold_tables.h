#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The tables that generate_fold_tables.cpp writes when the library is built. They hold the
// characters of Unicode 15.0 only, so that every version of ICU from 72 on gives the same tables; a
// test keeps their checksum.

#include <cstddef>
#include <cstdint>
#include <span>

#include "copydesk/text/fold_entry.h"
#include "copydesk/text/fold_options.h"

namespace copydesk {

inline constexpr std::size_t kFoldBlockSize = 256;  // characters in a block of the upper planes

// One entry for each code point below U+10000.
extern const std::uint32_t kFoldBasic[0x10000];
// The block of kFoldUpper for each 256 code points from U+10000 on.
extern const std::uint16_t kFoldUpperBlock[0x1000];
extern const std::uint32_t kFoldUpper[];
// What differs where accents are kept, and where Chinese is simplified.
extern const FoldChange kAccentChanges[];
extern const FoldChange kChineseChanges[];
// Foldings of several characters: their number, then the code points.
extern const std::uint32_t kFoldSeries[];
extern const MarkOrder kMarkOrders[];

extern const std::size_t kFoldUpperSize;
extern const std::size_t kFoldSeriesSize;
extern const std::size_t kMarkOrdersSize;
extern const std::size_t kAccentChangesSize;
extern const std::size_t kChineseChangesSize;

// The tables of one choice of rules.
struct FoldTables {
  const std::uint32_t* basic = nullptr;        // as kFoldBasic
  const std::uint16_t* upper_block = nullptr;  // as kFoldUpperBlock
  const std::uint32_t* upper = nullptr;        // as kFoldUpper

  [[nodiscard]] std::uint32_t upper_entry(std::uint32_t code_point) const {
    const std::size_t block = upper_block[(code_point - 0x10000) / kFoldBlockSize];
    return upper[block * kFoldBlockSize + code_point % kFoldBlockSize];
  }
};

// Those of `options`, which live as long as the program. Others than the usual ones are made when
// they are asked for the first time (0.3 MB each). Thread-safe.
[[nodiscard]] const FoldTables& fold_tables(const FoldOptions& options);

// XXH3-64 of all tables, as little-endian 32-bit numbers in the order above.
[[nodiscard]] std::uint64_t fold_tables_checksum();

}  // namespace copydesk
