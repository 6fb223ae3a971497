#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which record a result speaks of. Ids may repeat; the file and the line in it do not.

#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk {

struct RecordPlace {
  std::string id;          // of its own, or PATH:LINE
  std::string_view file;   // as the input is called; empty for what is in memory
  std::uint64_t line = 0;  // from 1
  bool is_row = false;     // of a table: rows are counted, not lines
};

// Appends the members "ID":"b2","PREFIXfile":"b.jsonl","PREFIXline":2 of a JSON object, with the
// names given for ID and PREFIX ("PREFIXrow" for a row of a table); without file and line where there is no file.
void append_place(std::string& out, std::string_view id_name, std::string_view prefix,
                  const RecordPlace& place);

}  // namespace copydesk
