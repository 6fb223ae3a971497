// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/record_place.h"

#include <fmt/format.h>

#include <iterator>

#include "copydesk/write/json_text.h"

namespace copydesk {

void append_place(std::string& out, std::string_view id_name, std::string_view prefix,
                  const RecordPlace& place) {
  fmt::format_to(std::back_inserter(out), "\"{}\":", id_name);
  append_json_string(out, place.id);
  if (place.file.empty()) return;
  fmt::format_to(std::back_inserter(out), ",\"{}file\":", prefix);
  append_json_string(out, place.file);
  fmt::format_to(std::back_inserter(out), ",\"{}{}\":{}", prefix,
                 place.is_row ? "row" : "line", place.line);
}

}  // namespace copydesk
