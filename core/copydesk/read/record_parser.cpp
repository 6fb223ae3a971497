// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/record_parser.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <iterator>
#include <new>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/content_kind.h"
#include "copydesk/read/json_scan.h"
#include "copydesk/read/row_fields.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

static_assert(RecordBatch::kPadding >= simdjson::SIMDJSON_PADDING);

using enum RecordField;
constexpr std::size_t kFieldCount = kRecordFields;
constexpr std::size_t index_of(RecordField field) { return static_cast<std::size_t>(field); }

// A record larger than this does not keep its memory in the parser.
constexpr std::size_t kKeptCapacity = 4 * 1024 * 1024;

constexpr std::size_t kRowHead = sizeof(std::uint32_t) * (1 + kFieldCount);

constexpr std::string_view kNoUtf8 = "invalid UTF-8";

std::string_view describe(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR:
      return kNoUtf8;
    case simdjson::DEPTH_ERROR:
      return "nested deeper than 1024 levels";
    case simdjson::STRING_ERROR:
      return "invalid JSON: bad escape in a string";
    case simdjson::UNESCAPED_CHARS:
      return "invalid JSON: control character in a string";
    case simdjson::UNCLOSED_STRING:
      return "invalid JSON: string without an end";
    case simdjson::NUMBER_ERROR:
      return "invalid JSON: bad number";
    default:
      return "invalid JSON";
  }
}

// "meta.url": the literal member first, then "url" in the object "meta". raw_value() follows the
// same rule on the bytes.
bool find_nested(object parent, std::string_view name, element& found) {
  for (;;) {
    if (parent.at_key(name).get(found) == simdjson::SUCCESS) return true;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return false;
    if (parent.at_key(name.substr(0, dot)).get(parent) != simdjson::SUCCESS) return false;
    name.remove_prefix(dot + 1);
  }
}

// Appends what stands at the end of a path that has brackets: "[0].content", "[*].content", ".a.b".
void follow_path(element value, std::string_view path, std::vector<element>& found) {
  if (path.empty()) return found.push_back(value);
  if (path.starts_with('[')) {
    const std::size_t end = std::min(path.find(']'), path.size());
    const std::string_view place = path.substr(1, end - 1);
    path.remove_prefix(std::min(end + 1, path.size()));
    simdjson::dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return;
    if (place == "*") {
      for (const element member : list) follow_path(member, path, found);
      return;
    }
    std::size_t number = 0;
    const auto [rest, error] = std::from_chars(place.data(), place.data() + place.size(), number);
    element member;
    if (error == std::errc{} && rest == place.data() + place.size() &&
        list.at(number).get(member) == simdjson::SUCCESS) {
      follow_path(member, path, found);
    }
    return;
  }
  if (path.starts_with('.')) path.remove_prefix(1);
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  object record;
  element member;
  if (value.get(record) == simdjson::SUCCESS &&
      record.at_key(path.substr(0, end)).get(member) == simdjson::SUCCESS) {
    follow_path(member, path.substr(end), found);
  }
}

// Appends a string, or the strings of a list, as paragraphs. False if there is anything else.
bool append_paragraphs(element value, std::string& text) {
  std::string_view part;
  if (value.get(part) == simdjson::SUCCESS) {
    if (part.empty()) return true;
    if (!text.empty()) text += "\n\n";
    text += part;
    return true;
  }
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return false;
  for (const element member : list) {
    if (!member.is_string() || !append_paragraphs(member, text)) return false;
  }
  return true;
}

std::string_view raw_value(std::string_view line, std::string_view name) {
  for (;;) {
    if (const auto value = raw_member(line, name)) return *value;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return {};
    const auto parent = raw_member(line, name.substr(0, dot));
    if (!parent) return {};
    line = *parent;
    name.remove_prefix(dot + 1);
  }
}

bool is_number(element_type type) {
  return type == element_type::INT64 || type == element_type::UINT64 ||
         type == element_type::DOUBLE;
}

}  // namespace

struct RecordParser::State {
  std::array<std::string, kFieldCount> names;
  std::size_t named = 0;  // names that are not empty
  simdjson::dom::parser parser;
  std::string scratch;
  std::array<element, kFieldCount> values;
  std::array<bool, kFieldCount> has_value{};
  bool text_in_parts = true;
  bool is_mended = false;  // the line held values that JSON does not have
  std::vector<element> found_at_path;
  std::vector<element> text_parts;  // where the text field's name has brackets
  std::string text;                 // of several parts

  // Empty, or why the line is no record.
  std::string parse_line(std::string_view line, Document& document);
  // The same of a row; how many bytes it takes is document.record.size().
  std::string parse_row(std::string_view bytes, Document& document);
  simdjson::error_code parse_json(std::string_view line, element& root);
  void find_fields(element root, object record);
  // Empty, or why there is no text.
  std::string find_text(std::string_view& found);
  [[nodiscard]] std::string_view written_value(RecordField field, std::string_view line) const;
  [[nodiscard]] bool has(RecordField field) const { return has_value[index_of(field)]; }
};

const std::string& field_name(const FieldNames& fields, RecordField field) {
  const std::string* const names[] = {&fields.text,  &fields.id,    &fields.title,  &fields.url,
                                      &fields.time,  &fields.site,  &fields.order,  &fields.tokens,
                                      &fields.source, &fields.key};
  static_assert(std::size(names) == kRecordFields);
  return *names[index_of(field)];
}

RecordParser::RecordParser(const FieldNames& fields) : state_(std::make_unique<State>()) {
  if (fields.text.empty()) {
    throw Error(ErrorCode::kInvalidOption, "the text field needs a name", "text-field");
  }
  state_->text_in_parts = fields.text_in_parts;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    state_->names[i] = field_name(fields, static_cast<RecordField>(i));
    state_->named += state_->names[i].empty() ? 0 : 1;
  }
}

RecordParser::~RecordParser() = default;
RecordParser::RecordParser(RecordParser&&) noexcept = default;
RecordParser& RecordParser::operator=(RecordParser&&) noexcept = default;

// The parser stops at numbers beyond 64 bits, which are valid JSON. Such lines, which are rare, are
// parsed again with those numbers blanked out; their digits are taken from the line itself.
simdjson::error_code RecordParser::State::parse_json(std::string_view line, element& root) {
  is_mended = false;
  const auto error = parser.parse(line.data(), line.size(), false).get(root);
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  if (error == simdjson::SUCCESS || error == simdjson::UTF8_ERROR ||
      error == simdjson::UNESCAPED_CHARS) {
    return error;
  }
  scratch = line;
  is_mended = mend_foreign_values(scratch);
  if (!blank_large_numbers(scratch) && !is_mended) return error;
  const auto second_error = parser.parse(scratch.data(), scratch.size(), true).get(root);
  if (second_error == simdjson::MEMALLOC) throw std::bad_alloc();
  return second_error;
}

// One walk over the members, because most records have most fields; the first of equal keys wins.
void RecordParser::State::find_fields(element root, object record) {
  has_value.fill(false);
  text_parts.clear();
  std::size_t missing = named;
  for (const auto member : record) {
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if (!has_value[field] && member.key == names[field] && !names[field].empty()) {
        values[field] = member.value;
        has_value[field] = true;
        --missing;
      }
    }
    if (missing == 0) return;
  }
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    if (has_value[field] || names[field].find_first_of(".[") == std::string::npos) continue;
    if (names[field].find('[') == std::string::npos) {
      has_value[field] = find_nested(record, names[field], values[field]);
      continue;
    }
    found_at_path.clear();
    follow_path(root, names[field], found_at_path);
    has_value[field] = !found_at_path.empty();
    if (has_value[field]) values[field] = found_at_path.front();
    if (field == index_of(kText)) text_parts = found_at_path;
  }
}

// A string, or a number as it was written; empty for anything else.
std::string_view RecordParser::State::written_value(RecordField field, std::string_view line) const {
  if (!has(field)) return {};
  const element& value = values[index_of(field)];
  std::string_view string;
  if (value.get(string) == simdjson::SUCCESS) {
    return is_mended && string.find(kMendedCharacter) != string.npos ? std::string_view() : string;
  }
  if (!is_number(value.type())) return {};
  const std::string_view written = raw_value(line, names[index_of(field)]);
  return written.find_first_of("NI") == written.npos ? written : std::string_view();
}

std::string RecordParser::State::find_text(std::string_view& found) {
  const std::string& name = names[index_of(kText)];
  if (!has(kText)) return fmt::format("no text field \"{}\"", name);
  const element& value = values[index_of(kText)];
  const bool is_list = text_parts.size() > 1 || value.is_array();
  if (text_parts.empty() && value.get(found) == simdjson::SUCCESS) {
    // as most texts are
  } else if (!text_in_parts && (is_list || !text_parts.empty())) {
    return fmt::format("{} is of several strings, which cannot be cut: extract makes it one", name);
  } else {
    text.clear();
    if (text_parts.empty()) text_parts.push_back(value);
    for (const element& part : text_parts) {
      if (append_paragraphs(part, text)) continue;
      return fmt::format("{} is not a string{}", name, is_list ? ", nor a list of strings" : "");
    }
    found = text;
  }
  if (is_mended && found.find(kMendedCharacter) != found.npos) {
    return "half of a surrogate pair in the text";
  }
  return {};
}

std::string RecordParser::State::parse_line(std::string_view line, Document& document) {
  const std::string_view json = line.starts_with(kByteOrderMark) &&
                                        line.size() > kByteOrderMark.size() &&
                                        line[kByteOrderMark.size()] == '{'
                                    ? line.substr(kByteOrderMark.size())
                                    : line;
  element root;
  if (const auto error = parse_json(json, root)) return std::string(describe(error));
  object record;
  if (root.get(record) != simdjson::SUCCESS) return "not a JSON object";
  find_fields(root, record);
  if (std::string reason = find_text(document.text); !reason.empty()) return reason;
  document.id = written_value(kId, json);
  bool truth = false;
  if (has(kId) && values[index_of(kId)].get(truth) == simdjson::SUCCESS) {
    document.id = truth ? "true" : "false";
  }
  if (document.id.size() > kMaxIdBytes) {
    return fmt::format("id longer than {} bytes", kMaxIdBytes);
  }
  document.has_id = !document.id.empty();
  document.title = written_value(kTitle, json);
  document.url = written_value(kUrl, json);
  document.time = written_value(kTime, json);
  document.site = written_value(kSite, json);
  document.order = written_value(kOrder, json);
  document.tokens = written_value(kTokens, json);
  document.source = written_value(kSource, json);
  document.key = written_value(kKey, json);
  document.record = line;
  return {};
}

std::string RecordParser::State::parse_row(std::string_view bytes, Document& document) {
  const std::optional<RowFields> row = RowFields::read(bytes);
  document.record = row ? bytes.substr(0, row->size) : bytes;
  if (!row) return "no row";
  const auto value = [&](RecordField field) { return row->values[index_of(field)].value_or(""); };
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    const auto& found = row->values[i];
    has_value[i] = found.has_value();
    if (found && !simdjson::validate_utf8(found->data(), found->size())) return std::string(kNoUtf8);
  }
  if (!has(kText)) return fmt::format("{} is not a string", names[index_of(kText)]);
  document.text = value(kText);
  document.id = value(kId);
  if (document.id.size() > kMaxIdBytes) {
    return fmt::format("id longer than {} bytes", kMaxIdBytes);
  }
  document.has_id = !document.id.empty();
  document.title = value(kTitle);
  document.url = value(kUrl);
  document.time = value(kTime);
  document.site = value(kSite);
  document.order = value(kOrder);
  document.tokens = value(kTokens);
  document.source = value(kSource);
  document.key = value(kKey);
  return {};
}

RecordParser::Counts RecordParser::parse(const RecordBatch& batch, const RecordVisitor& visitor) {
  Counts counts;
  auto reading_fault = batch.faults.begin();
  const auto pass_faults_before = [&](std::uint64_t offset) {
    for (; reading_fault != batch.faults.end() && reading_fault->origin.offset <= offset;
         ++reading_fault) {
      visitor.on_fault(RecordFault(*reading_fault));
    }
  };
  const auto reject = [&](Origin origin, std::string reason, std::string_view record) {
    ++counts.faults;
    if (reason == kNoUtf8 && batch.format != InputFormat::kRows) {
      // Where it is, which a long text would not show.
      const std::size_t bad = find_invalid_utf8(record);
      origin.offset += bad;
      if (batch.format == InputFormat::kText) {
        origin.line += static_cast<std::uint64_t>(std::ranges::count(record.substr(0, bad), '\n'));
      }
    }
    visitor.on_fault(
        {origin, std::move(reason), std::string(record.substr(0, RecordFault::kMaxBytes))});
  };
  Document document;
  document.origin = {batch.source, batch.first_offset, batch.first_line};
  const std::string_view bytes = batch.text();

  if (batch.format == InputFormat::kText && batch.faults.empty()) {
    if (simdjson::validate_utf8(bytes.data(), bytes.size())) {
      document.id = batch.source_name;
      document.has_id = true;
      document.text = document.record = bytes;
      ++counts.documents;
      visitor.on_document(document);
    } else {
      reject(document.origin, std::string(kNoUtf8), bytes);
    }
    return counts;
  }

  const auto take = [&](std::string&& reason) {
    if (!reason.empty()) return reject(document.origin, std::move(reason), document.record);
    ++counts.documents;
    for (std::size_t i = 0; i < kFieldCount; ++i) counts.with_field[i] += state_->has_value[i];
    visitor.on_document(document);
  };
  if (batch.format == InputFormat::kRows) {
    for (std::size_t begin = 0; begin < bytes.size(); ++document.origin.line) {
      document.origin.offset = batch.first_offset + begin;
      std::string reason = state_->parse_row(bytes.substr(begin), document);
      begin += document.record.size();
      // Of a row that is none, its fields are the best that can be shown.
      if (!reason.empty()) document.record = document.record.substr(std::min(kRowHead, document.record.size()));
      take(std::move(reason));
    }
    pass_faults_before(UINT64_MAX);
    return counts;
  }

  for (std::size_t begin = 0; begin < bytes.size(); ++document.origin.line) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, end - begin);
    document.origin.offset = batch.first_offset + begin;
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    pass_faults_before(document.origin.offset);
    std::string reason = state_->parse_line(line, document);
    // The strings of a long record stay while it is looked at; what parsing it took, which is ten
    // times as much, makes room.
    simdjson::dom::document strings;
    if (line.size() > kKeptCapacity) {
      strings = std::move(state_->parser.doc);
      strings.tape.reset();
      state_->parser = simdjson::dom::parser();
    }
    document.record = line;
    take(std::move(reason));
    if (line.size() > kKeptCapacity) {
      state_->scratch = {};
      state_->text = {};
    }
  }
  pass_faults_before(UINT64_MAX);
  return counts;
}

}  // namespace copydesk
