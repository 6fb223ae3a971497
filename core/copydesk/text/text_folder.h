#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The folding pass of the tokenizer: texts that differ only in accents, case of letters beyond
// ASCII, width, ligatures or Unicode normalization form become equal bytes (docs/text.md).

#include <cstddef>
#include <string>
#include <string_view>

#include "copydesk/text/offset_map.h"

namespace copydesk {

struct FoldTables;

// Stands between tokens of scripts that are written without spaces.
inline constexpr char kTokenBoundary = '\x1F';

// Writes the folded text to the start of `out`, which grows when it is too small and never shrinks,
// and returns its size. ASCII is copied as it is. Fills `map` unless it is null.
// REQUIRES: `text` is valid UTF-8 and does not point into `out`. Other bytes give some text, but
// never an access out of bounds.
std::size_t fold_text(std::string_view text, const FoldTables& tables, std::string& out,
                      OffsetMap* map);

}  // namespace copydesk
