// SPDX-License-Identifier: Apache-2.0
#include "evaluate_input.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <span>

#include "console.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk::tools {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;
constexpr std::uint64_t kFaultsShown = 10;

// A longer line is a fault. Clusters of millions of documents stay below it, archives made to fill
// the memory do not.
constexpr std::size_t kMostLineBytes = std::size_t{1} << 28;

std::optional<std::string> id_of(simdjson::dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  std::int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
  std::uint64_t large = 0;
  if (value.get(large) == simdjson::SUCCESS) return std::to_string(large);
  return std::nullopt;
}

std::optional<std::string> id_of_record(simdjson::dom::element value) {
  simdjson::dom::element id;
  return value["id"].get(id) == simdjson::SUCCESS ? id_of(id) : std::nullopt;
}

std::optional<std::size_t> number_of(simdjson::dom::element value) {
  std::uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  return std::nullopt;
}

std::optional<std::string> text_of(simdjson::dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
  std::string joined;
  bool first = true;
  for (const simdjson::dom::element member : list) {
    if (member.get(text) != simdjson::SUCCESS) return std::nullopt;
    if (!first) joined += '\n';
    joined += text;
    first = false;
  }
  return joined;
}

template <typename Value>
std::optional<std::vector<Value>> list_of(const simdjson::dom::object& object,
                                          std::string_view field,
                                          std::optional<Value> (*convert)(simdjson::dom::element)) {
  simdjson::dom::array list;
  if (object.at_key(field).get(list) != simdjson::SUCCESS) return std::nullopt;
  std::vector<Value> values;
  for (const simdjson::dom::element member : list) {
    std::optional<Value> value = convert(member);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

template <typename Value>
std::optional<Value> value_of(const simdjson::dom::object& object, std::string_view field,
                              std::optional<Value> (*convert)(simdjson::dom::element)) {
  simdjson::dom::element value;
  if (object.at_key(field).get(value) != simdjson::SUCCESS) return std::nullopt;
  return convert(value);
}

// Calls visit(line, number) for each line of a source; bytes up to SIMDJSON_PADDING behind a line
// may be read.
template <typename Visit>
void for_each_line(const std::string& path, FaultLog& faults, const Visit& visit) {
  const std::unique_ptr<ByteSource> source = open_byte_source(path);
  std::vector<char> buffer(kReadBytes + simdjson::SIMDJSON_PADDING);
  std::size_t filled = 0;
  std::uint64_t line = 0;
  bool is_too_long = false;  // the line that the buffer begins with; its beginning is gone
  for (;;) {
    if (filled >= kMostLineBytes) {
      is_too_long = true;
      filled = 0;
    }
    if (filled + simdjson::SIMDJSON_PADDING == buffer.size()) buffer.resize(buffer.size() * 2);
    const std::size_t room = buffer.size() - simdjson::SIMDJSON_PADDING - filled;
    const std::size_t count = source->read(std::span(buffer).subspan(filled, room));
    const std::size_t searched = filled;
    filled += count;
    std::size_t begin = 0;
    for (std::size_t from = searched;;) {
      const void* feed = std::memchr(buffer.data() + from, '\n', filled - from);
      if (feed == nullptr) break;
      const auto end = static_cast<std::size_t>(static_cast<const char*>(feed) - buffer.data());
      ++line;
      if (is_too_long) {
        faults.add(path, line, "record too large");
      } else {
        visit(std::string_view(buffer.data() + begin, end - begin), line);
      }
      is_too_long = false;
      begin = from = end + 1;
    }
    if (count == 0) {
      if (is_too_long) {
        faults.add(path, ++line, "record too large");
      } else if (begin < filled) {
        visit(std::string_view(buffer.data() + begin, filled - begin), ++line);
      }
      break;
    }
    std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(begin),
              buffer.begin() + static_cast<std::ptrdiff_t>(filled), buffer.begin());
    filled -= begin;
  }
  if (source->fault()) faults.add(path, line, source->fault()->reason);
}

}  // namespace

bool JsonRecord::has(std::string_view field) const {
  simdjson::dom::element value;
  return object_->at_key(field).get(value) == simdjson::SUCCESS && !value.is_null();
}

std::optional<std::string> JsonRecord::id(std::string_view field) const {
  return value_of<std::string>(*object_, field, id_of);
}

std::optional<std::size_t> JsonRecord::number(std::string_view field) const {
  return value_of<std::size_t>(*object_, field, number_of);
}

std::optional<std::string> JsonRecord::text(std::string_view field) const {
  return value_of<std::string>(*object_, field, text_of);
}

std::optional<std::vector<std::string>> JsonRecord::texts(std::string_view field) const {
  std::string_view single;
  if (object_->at_key(field).get(single) == simdjson::SUCCESS) return {{std::string(single)}};
  return list_of<std::string>(*object_, field, text_of);
}

std::optional<std::vector<std::string>> JsonRecord::ids(std::string_view field) const {
  return list_of<std::string>(*object_, field, id_of);
}

std::optional<std::vector<std::string>> JsonRecord::ids_of_records(std::string_view field) const {
  return list_of<std::string>(*object_, field, id_of_record);
}

std::optional<std::vector<std::size_t>> JsonRecord::numbers(std::string_view field) const {
  return list_of<std::size_t>(*object_, field, number_of);
}

void FaultLog::add(const std::string& path, std::uint64_t line, std::string_view reason) {
  if (++count_ <= kFaultsShown)
    print_message(printable(fmt::format("{}:{}: {}", path, line, reason)));
}

void FaultLog::finish() const {
  if (count_ > kFaultsShown) {
    print_message(fmt::format("and {} more like these", count_ - kFaultsShown));
  }
}

void for_each_record(const std::string& path, FaultLog& faults,
                     const std::function<std::string(const JsonRecord&)>& use) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  simdjson::dom::parser parser;
  for_each_line(path, faults, [&](std::string_view text, std::uint64_t line) {
    if (line == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) return;
    simdjson::dom::element element;
    simdjson::dom::object object;
    const auto error = parser.parse(text.data(), text.size(), false).get(element);
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();
    if (error != simdjson::SUCCESS) {
      faults.add(path, line, "invalid JSON");
    } else if (element.get(object) != simdjson::SUCCESS) {
      faults.add(path, line, "not a JSON object");
    } else if (const std::string reason = use(JsonRecord(object)); !reason.empty()) {
      faults.add(path, line, reason);
    }
  });
}

std::vector<std::string> read_lines(const std::string& path, FaultLog& faults) {
  std::vector<std::string> lines;
  for_each_line(path, faults, [&](std::string_view line, std::uint64_t) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
  });
  return lines;
}

std::string read_text(const std::string& path, FaultLog& faults) {
  std::string text;
  for (const std::string& line : read_lines(path, faults)) text.append(line).push_back('\n');
  return text;
}

}  // namespace copydesk::tools
