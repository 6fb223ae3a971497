#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// An index as a SQLite database, for people who want to ask questions of it: which source is copied
// most, what was added in May, which copies has this story.
//
//   parameters  name, value
//   documents   number, id, file, line, source, time, tokens, is_kept [, text]
//   decisions   number, kept_number, rule, jaccard, containment, contained

#include <cstdint>
#include <string>

#include "copydesk/index/index_reader.h"
#include "copydesk/stop.h"

namespace copydesk::tools {

struct ExportedRows {
  std::uint64_t documents = 0, decisions = 0;
};

// Without what was taken out. The file appears under its name when it is whole, in the place of one that
// was there. Throws Error{kCannotWrite}, {kInvalidOption} for texts that the index does not keep; what
// IndexReader throws; Cancelled.
ExportedRows export_to_sqlite(const IndexReader& index, const std::string& path, bool with_texts,
                              StopFlag stop);

}  // namespace copydesk::tools
