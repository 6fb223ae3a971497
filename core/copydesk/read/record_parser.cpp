// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/record_parser.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/json_scan.h"

namespace copydesk {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

static_assert(RecordBatch::kPadding >= simdjson::SIMDJSON_PADDING);

enum Field : std::size_t { kText, kId, kTitle, kUrl, kTime, kSite, kOrder, kTokens, kSource, kKey, kFieldCount };

// A record larger than this does not keep its memory in the parser.
constexpr std::size_t kKeptCapacity = 4 * 1024 * 1024;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string_view describe(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR:
      return "invalid UTF-8";
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

  // Empty, or why the line is no record.
  std::string parse_line(std::string_view line, Document& document);
  simdjson::error_code parse_json(std::string_view line, element& root);
  void find_fields(object record);
  [[nodiscard]] std::string_view written_value(Field field, std::string_view line) const;
};

RecordParser::RecordParser(FieldNames fields) : state_(std::make_unique<State>()) {
  if (fields.text.empty()) {
    throw Error(ErrorCode::kInvalidOption, "the text field needs a name", "text-field");
  }
  state_->names = {std::move(fields.text),  std::move(fields.id),   std::move(fields.title),
                   std::move(fields.url),   std::move(fields.time), std::move(fields.site),
                   std::move(fields.order), std::move(fields.tokens), std::move(fields.source),
                   std::move(fields.key)};
  for (const std::string& name : state_->names) state_->named += name.empty() ? 0 : 1;
}

RecordParser::~RecordParser() = default;
RecordParser::RecordParser(RecordParser&&) noexcept = default;
RecordParser& RecordParser::operator=(RecordParser&&) noexcept = default;

// The parser stops at numbers beyond 64 bits, which are valid JSON. Such lines, which are rare, are
// parsed again with those numbers blanked out; their digits are taken from the line itself.
simdjson::error_code RecordParser::State::parse_json(std::string_view line, element& root) {
  const auto error = parser.parse(line.data(), line.size(), false).get(root);
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  if (error == simdjson::SUCCESS || error == simdjson::UTF8_ERROR ||
      error == simdjson::UNESCAPED_CHARS) {
    return error;
  }
  scratch = line;
  if (!blank_large_numbers(scratch)) return error;
  const auto second_error = parser.parse(scratch.data(), scratch.size(), true).get(root);
  if (second_error == simdjson::MEMALLOC) throw std::bad_alloc();
  return second_error;
}

// One walk over the members, because most records have most fields; the first of equal keys wins.
void RecordParser::State::find_fields(object record) {
  has_value.fill(false);
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
    if (!has_value[field] && names[field].find('.') != std::string::npos) {
      has_value[field] = find_nested(record, names[field], values[field]);
    }
  }
}

// A string, or a number as it was written; empty for anything else.
std::string_view RecordParser::State::written_value(Field field, std::string_view line) const {
  if (!has_value[field]) return {};
  std::string_view text;
  if (values[field].get(text) == simdjson::SUCCESS) return text;
  return is_number(values[field].type()) ? raw_value(line, names[field]) : std::string_view();
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
  find_fields(record);
  if (!has_value[kText]) return fmt::format("no text field \"{}\"", names[kText]);
  if (values[kText].get(document.text) != simdjson::SUCCESS) {
    return fmt::format("{} is not a string", names[kText]);
  }
  document.id = written_value(kId, json);
  bool truth = false;
  if (has_value[kId] && values[kId].get(truth) == simdjson::SUCCESS) {
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

RecordParser::Counts RecordParser::parse(const RecordBatch& batch, const RecordVisitor& visitor) {
  Counts counts;
  auto reading_fault = batch.faults.begin();
  const auto pass_faults_before = [&](std::uint64_t offset) {
    for (; reading_fault != batch.faults.end() && reading_fault->origin.offset <= offset;
         ++reading_fault) {
      visitor.on_fault(RecordFault(*reading_fault));
    }
  };
  const auto reject = [&](const Origin& origin, std::string reason, std::string_view record) {
    ++counts.faults;
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
      reject(document.origin, "invalid UTF-8", bytes);
    }
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
    if (reason.empty()) {
      ++counts.documents;
      visitor.on_document(document);
    } else {
      reject(document.origin, std::move(reason), line);
    }
    if (line.size() > kKeptCapacity) {
      state_->parser = simdjson::dom::parser();
      state_->scratch = {};
    }
  }
  pass_faults_before(UINT64_MAX);
  return counts;
}

}  // namespace copydesk
