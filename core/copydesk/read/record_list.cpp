// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/record_list.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <charconv>
#include <filesystem>
#include <new>
#include <optional>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/content_kind.h"

namespace copydesk {

namespace {

constexpr char kName = 'N';
constexpr char kPlace = 'P';
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::optional<std::uint64_t> whole_number(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || rest != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// A string, a whole number, or a truth value as records may have for an id; else nothing.
std::optional<std::string> name_of(simdjson::dom::object record, std::string_view field) {
  simdjson::dom::element value;
  if (record.at_key(field).get(value) != simdjson::SUCCESS) return std::nullopt;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_int64() || value.is_uint64()) return simdjson::minify(value);
  if (value.is_bool()) return std::string(bool(value) ? "true" : "false");
  return std::nullopt;
}

// Lines of a list, one after the other.
class ListReader {
 public:
  ListReader(RecordList& list, std::string path, bool by_id)
      : list_(list), path_(std::move(path)), by_id_(by_id) {}

  void add(std::string_view line, std::uint64_t number) {
    if (number == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) return;
    if (!is_json_) is_json_ = line[first] == '{';
    if (*is_json_) {
      add_record(line, number);
    } else {
      list_.add_name(line);
    }
  }

 private:
  [[noreturn]] void fail(std::string_view reason, std::uint64_t number) const {
    throw Error(ErrorCode::kCorruptFile, std::string(reason), fmt::format("{}:{}", path_, number));
  }

  void add_record(std::string_view line, std::uint64_t number) {
    simdjson::dom::element element;
    simdjson::dom::object record;
    const auto error = parser_.parse(line.data(), line.size()).get(element);
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();
    if (error != simdjson::SUCCESS) fail("invalid JSON in a list of records", number);
    if (element.get(record) != simdjson::SUCCESS) fail("not a JSON object", number);
    const std::optional<std::string> id = name_of(record, "id");
    const std::optional<std::string> file = name_of(record, "file");
    std::optional<std::string> digits = name_of(record, "line");
    if (!digits) digits = name_of(record, "row");
    if (file && digits && !(by_id_ && id)) {
      const std::optional<std::uint64_t> place = whole_number(*digits);
      if (!place) fail("\"line\" or \"row\" is no whole number", number);
      list_.add_place(*file, *place);
    } else if (id && !id->empty()) {
      list_.add_name(*id);
    } else {
      fail("names no record: it has neither \"id\" nor \"file\" and \"line\" or \"row\"", number);
    }
  }

  RecordList& list_;
  std::string path_;
  bool by_id_;
  std::optional<bool> is_json_;  // as the first line that is not empty says
  simdjson::dom::parser parser_;
};

// What says so by its name is converted; all else is lines.
InputFormat format_of(const std::string& path) {
  const std::string_view name = without_compression_ending(path);
  if (name.ends_with(".csv")) return InputFormat::kCsv;
  if (name.ends_with(".tsv")) return InputFormat::kTsv;
  if (name.ends_with(".json")) return InputFormat::kJson;
  return InputFormat::kJsonLines;
}

}  // namespace

std::string normal_path(std::string_view path) {
  return std::filesystem::path(path).lexically_normal().string();
}

RecordList RecordList::read(const std::string& path, bool by_id, const std::atomic<bool>* stop) {
  RecordList list;
  ListReader lines(list, path, by_id);
  BatchReaderOptions options;
  options.source.stop = stop;
  BatchReader reader({{path, format_of(path)}}, options);
  RecordBatch batch;
  while (reader.next(batch)) {
    if (!batch.faults.empty()) {
      const RecordFault& fault = batch.faults.front();
      // What is wrong with a whole file names it already.
      std::string reason = fault.reason;
      if (reason.starts_with(path + ": ")) reason.erase(0, path.size() + 2);
      throw Error(ErrorCode::kCannotRead, reason, path);
    }
    std::string_view rest = batch.text();
    for (std::uint64_t number = batch.first_line; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      lines.add(rest.substr(0, end), number);
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
  }
  return list;
}

void RecordList::add_name(std::string_view name) {
  names_.add(kName + std::string(name));
}

void RecordList::add_place(std::string_view file, std::uint64_t line) {
  names_.add(fmt::format("{}{}:{}", kPlace, normal_path(file), line));
}

void RecordList::find(std::string_view id, std::string_view file, std::uint64_t line,
                      std::vector<std::uint32_t>& entries) const {
  const auto look_up = [&](const std::string& name) {
    if (const auto entry = names_.find(name)) entries.push_back(*entry);
  };
  if (!id.empty()) look_up(kName + std::string(id));
  std::string place = fmt::format("{}{}:{}", kPlace, normal_path(file), line);
  look_up(place);
  place.front() = kName;
  look_up(place);
}

}  // namespace copydesk
