// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/removed_file.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <new>
#include <span>
#include <tuple>

#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/removed_text.h"

namespace copydesk {

namespace {

constexpr std::size_t kHashDigits = 32;

std::optional<std::uint64_t> hexadecimal(std::string_view digits) {
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, value, 16);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

constexpr auto comes_before = [](const auto& x, const auto& y) {
  return std::tie(x.low, x.high) < std::tie(y.low, y.high);
};

}  // namespace

void append_removed_line(std::string& out, const RecordPlace& place, std::string_view cut_record,
                         std::string_view removed) {
  const ContentHash hash = content_hash_128(cut_record.data(), cut_record.size());
  out += '{';
  append_place(out, "id", "", place);
  fmt::format_to(std::back_inserter(out), ",\"cut\":\"{:016x}{:016x}\",\"{}\":{}}}\n", hash.high,
                 hash.low, kRemovedField, removed);
}

RemovedFile::RemovedFile(const std::string& path, const std::string& work_folder,
                         const std::atomic<bool>* stop)
    : texts_(work_folder) {
  BatchReaderOptions options;
  options.source.stop = stop;
  options.max_record_bytes = std::size_t{1} << 31;
  BatchReader reader({{path, InputFormat::kJsonLines}}, options);
  RecordBatch batch;
  simdjson::dom::parser parser;
  while (reader.next(batch)) {
    if (!batch.faults.empty()) {
      // What is wrong with a whole file names it already.
      std::string reason = batch.faults.front().reason;
      if (reason.starts_with(path + ": ")) reason.erase(0, path.size() + 2);
      throw Error(ErrorCode::kCannotRead, reason, path);
    }
    std::string_view rest = batch.text();
    for (std::uint64_t number = batch.first_line; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      if (line.find_first_not_of(" \t\r") != line.npos) add(line, number, path, parser);
      rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    }
  }
  std::stable_sort(entries_.begin(), entries_.end(), comes_before);
}

void RemovedFile::add(std::string_view line, std::uint64_t number, const std::string& path,
                      simdjson::dom::parser& parser) {
  const auto fail = [&] {
    throw Error(ErrorCode::kCorruptFile, "says of no record what was cut",
                fmt::format("{}:{}", path, number));
  };
  // A list as it was written, which the parser makes sure is JSON.
  simdjson::dom::object object;
  simdjson::dom::array list;
  std::string_view digits;
  const auto error = parser.parse(line.data(), line.size()).get(object);
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  if (error != simdjson::SUCCESS || object["cut"].get(digits) != simdjson::SUCCESS ||
      digits.size() != kHashDigits || object[kRemovedField].get(list) != simdjson::SUCCESS) {
    fail();
  }
  const auto high = hexadecimal(digits.substr(0, kHashDigits / 2));
  const auto low = hexadecimal(digits.substr(kHashDigits / 2));
  const std::size_t end = line.rfind('}');
  const std::optional<RemovedField> field = find_removed_field(line.substr(0, end));
  if (!high || !low || !field) fail();
  std::string_view text = line.substr(field->begin, end - field->begin);
  text.remove_prefix(kRemovedField.size() + 4);  // ,"copydesk_removed":
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) fail();
  const std::uint64_t offset = texts_.append(std::as_bytes(std::span(text)));
  entries_.push_back({*low, *high, offset, static_cast<std::uint32_t>(text.size()), false});
}

std::optional<std::string> RemovedFile::take(std::string_view cut_record) {
  const ContentHash hash = content_hash_128(cut_record.data(), cut_record.size());
  const auto [first, last] = std::equal_range(
      entries_.begin(), entries_.end(), Entry{hash.low, hash.high, 0, 0, false}, comes_before);
  if (first == last) return std::nullopt;
  // Those taken stand in front. Where there are more records than entries the last one serves the
  // rest.
  auto entry = std::partition_point(first, last, [](const Entry& x) { return x.is_taken; });
  if (entry == last) {
    --entry;
  } else {
    entry->is_taken = true;
    ++taken_;
  }
  std::string text(entry->size, '\0');
  texts_.read(entry->offset, std::as_writable_bytes(std::span(text)));
  return text;
}

}  // namespace copydesk
