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

#include <cstddef>

#include "copydesk/read/record_parser.h"

namespace copydesk {

struct ConversionOptions {
  std::size_t max_record_bytes = std::size_t{64} << 20;  // BatchReader sets its own
  FieldNames fields;                                     // of the lines, ...
  std::size_t first_arguments = 0;  // ... but for the inputs of so many arguments ...
  FieldNames first_fields;          // ... these
  bool all_text = false;  // of a page all text it shows, not its main text
  bool explain = false;   // tells every block of a page with its reason, in a field "blocks"
};

}  // namespace copydesk
