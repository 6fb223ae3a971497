#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// CSV and TSV without some of their rows, all others as the bytes they were.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/batch_reader.h"

namespace copydesk {

// Whether a name ends in .csv or .tsv, in whatever case, before that of a compression.
[[nodiscard]] bool is_delimited_name(std::string_view path);
// kCsv or kTsv by what an input was said to be, or by its name; else kNone.
[[nodiscard]] ConvertedFormat delimited_format(const Input& input);

// Names and delimiter of a table, to be compared with those of others; empty if it has none, or
// cannot be read. REQUIRES: delimited_format() is not kNone, as below.
[[nodiscard]] std::string delimited_head(const Input& input, const BatchReaderOptions& reading);

// Hands the rows whose bit is set in `kept` to `write`, bit 0 of kept[0] for the first row that is a
// record, and before them, `with_head`, the head. What was in another character set is UTF-8.
// Whether anything was written. Throws Error{kCannotOpen}, {kCannotRead}, and what `write` throws.
bool copy_delimited(const Input& input, const BatchReaderOptions& reading,
                    const std::vector<std::uint64_t>& kept, bool with_head,
                    const std::function<void(std::string_view)>& write);

}  // namespace copydesk
