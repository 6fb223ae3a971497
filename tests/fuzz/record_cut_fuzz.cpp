// SPDX-License-Identifier: Apache-2.0
//
// Records as `restore` reads them back: what was cut out of a record is put back byte for byte, and
// records that only look as if they had been cut do no harm.
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/record_parser.h"
#include "copydesk/write/record_cut.h"
#include "property.h"
#include "valid_text.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

// The text of the only record in `line`; nothing if it is none.
bool parse(RecordParser& parser, std::string_view line, std::string& text, std::string& record) {
  RecordBatch batch;
  batch.bytes = line;
  batch.pad();
  bool is_record = false;
  parser.parse(batch, {[&](const Document& document) {
                         text = document.text;
                         record = document.record;
                         is_record = true;
                       },
                       [](RecordFault&&) {}});
  return is_record;
}

// Two of the characters' borders, in order.
TextSpan choose_span(Choices& choices, std::string_view text, std::size_t from) {
  std::size_t begin = std::min(text.size(), from + choices.next(8));
  while (!fuzz::is_character_border(text, begin)) ++begin;
  std::size_t end = std::min(text.size(), begin + 1 + choices.next(8));
  while (!fuzz::is_character_border(text, end)) ++end;
  return {begin, end};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  std::size_t spans_wanted = choices.next(4);
  Choices places = choices;
  for (int i = 0; i < 8; ++i) static_cast<void>(choices.next(1));
  std::string line(choices.rest());
  std::replace(line.begin(), line.end(), '\n', ' ');

  FieldNames names;
  names.text = size % 2 == 0 ? "text" : "a.text";
  RecordParser parser(names);
  std::string text, record;
  if (!parse(parser, line, text, record)) return 0;
  static_cast<void>(restore_record(record, names.text));

  std::vector<TextSpan> spans;
  std::string expected = text;
  for (std::size_t from = 0; spans_wanted > 0; --spans_wanted) {
    const TextSpan span = choose_span(places, text, from);
    if (span.empty()) break;
    spans.push_back(span);
    from = span.end;
  }
  for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
    expected.erase(span->begin, span->size());
  }
  std::string cut;
  append_cut_record(cut, record, names.text, spans);
  std::string cut_text, cut_record;
  require(parse(parser, cut, cut_text, cut_record), "a cut record is a record");
  require(cut_text == expected, "a cut record lacks what was cut");
  if (spans.empty()) {
    require(cut == record, "a record without a cut stays as it is");
  } else {
    require(restore_record(cut, names.text) == record, "a cut is undone byte for byte");
  }
  return 0;
}
