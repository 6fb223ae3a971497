#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How what is no stream of lines becomes JSON Lines while it is read: pages, archives, tables.
//
// Example:
//   std::ofstream("page.html") << "<title>Rain</title><nav>Menu</nav><p>It rains.</p>";
//   BatchReaderOptions options;
//   options.conversion.all_text = true;  // the menu, too
//   BatchReader reader(std::vector<Input>{{"page.html"}}, options);
//   RecordBatch batch;
//   const bool found = reader.next(batch);
//   assert(found && batch.text().find("Menu") != std::string_view::npos);

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "copydesk/read/record_parser.h"

namespace copydesk {

struct ConversionOptions {
  std::size_t max_record_bytes = std::size_t{64} << 20;  // BatchReader sets its own
  FieldNames fields;                                     // of the lines, ...
  std::size_t first_arguments = 0;  // ... but for the inputs of so many arguments ...
  FieldNames first_fields;          // ... these
  bool all_text = false;  // of a page all text it shows, not its main text
  // The character set of what is not HTML or WARC, by a label of the web ("windows-1251", "utf-16le"), or
  // "auto": UTF-16 where it looks like that, else line by line UTF-8, and for lines that are not the
  // older set that the first of them speak for. Empty: UTF-8, and nothing else.
  std::string encoding;
  // If set, lines that were decoded from another character set than UTF-8 are added to it.
  std::shared_ptr<std::atomic<std::uint64_t>> recoded_lines;
  // Of tables (Parquet) that are called so, only the fields are read: nobody asks for whole records.
  bool only_fields = false;
  bool explain = false;   // tells every block of a page with its reason, in a field "blocks"
};

}  // namespace copydesk
