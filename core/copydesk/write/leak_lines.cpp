// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/leak_lines.h"

#include <fmt/format.h>

#include <iterator>

#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

void append_item(std::string& out, const LeakLine& leak) {
  out += "\"set\":";
  append_json_string(out, leak.set);
  out += ",\"item\":";
  append_json_string(out, leak.item);
  out += ",\"kind\":";
  append_json_string(out, leak.kind);
  out += ",\"answer\":";
  out += !leak.answer ? "null" : *leak.answer ? "true" : "false";
  fmt::format_to(std::back_inserter(out), ",\"begin\":{},\"end\":{}", leak.in_text.begin,
                 leak.in_text.end);
}

}  // namespace

void append_leak_line(std::string& out, const LeakLine& leak) {
  out += "{\"id\":";
  append_json_string(out, leak.id);
  out += ",\"file\":";
  append_json_string(out, leak.file);
  fmt::format_to(std::back_inserter(out), ",\"{}\":{},", leak.is_row ? "row" : "line",
                 leak.line);
  append_item(out, leak);
  fmt::format_to(std::back_inserter(out),
                 ",\"item_begin\":{},\"item_end\":{},\"equal_tokens\":{},\"longest_run\":{},"
                 "\"same_items\":{}}}\n",
                 leak.in_item.begin, leak.in_item.end, leak.equal_tokens, leak.longest_run,
                 leak.same_items);
}

void append_marked_record(std::string& out, std::string_view record,
                          std::span<const LeakLine> leaks) {
  const std::size_t brace = record.rfind('}');
  out += record.substr(0, brace);
  fmt::format_to(std::back_inserter(out), ",\"{}\":[", kLeakField);
  for (std::size_t i = 0; i < leaks.size(); ++i) {
    out += i > 0 ? ",{" : "{";
    append_item(out, leaks[i]);
    out += '}';
  }
  out += ']';
  out += record.substr(brace);
}

}  // namespace copydesk
