// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/index/match_lines.h"

#include <fmt/format.h>

#include <iterator>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

void append_match(std::string& out, const SearchedText& text, const IndexMatch& match,
                  const IndexReader& index) {
  if (const auto place = index.find(match.number)) {
    BlockFile::Buffer buffer;
    const IndexedDocument found = place->segment->read(place->document, buffer);
    append_place(out, "match_id", "match_",
                 {document_name(found.id, found.file, found.line), found.file, found.line, false});
    append_json_field(out, "match_source", found.source);
    if (found.time != kNoIndexTime) {
      fmt::format_to(std::back_inserter(out), ",\"match_time\":{}", found.time);
    }
    out += ',';
  }
  fmt::format_to(std::back_inserter(out), "\"match_number\":{},\"verified\":{}", match.number,
                 match.is_verified);
  if (match.is_verified) {
    fmt::format_to(std::back_inserter(out), ",\"rule\":\"{}\"", to_string(match.rule));
    append_likeness(out, match.rule, match.overlap);
    if (match.has_passage) {
      fmt::format_to(std::back_inserter(out), ",\"shared_tokens\":{},\"shared_passage\":",
                     match.shared_tokens);
      append_json_string(out, cut_between_characters(match.passage.of(text.text), kMostPassageBytes));
    }
  }
}

void append_match_line(std::string& out, const RecordPlace& record, const SearchedText& text,
                       const IndexMatch& match, const IndexReader& index) {
  out += '{';
  append_place(out, "id", "", record);
  out += ',';
  append_match(out, text, match, index);
  out += "}\n";
}

}  // namespace copydesk
