// SPDX-License-Identifier: Apache-2.0
#include "arrow_table.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "copydesk/error.h"

namespace copydesk::python {

namespace {

bool is_valid(const ArrowArray& array, std::int64_t index) {
  if (array.null_count == 0 || array.n_buffers == 0 || array.buffers[0] == nullptr) return true;
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
  return (bits[index / 8] >> index % 8 & 1) != 0;
}

template <class Value>
Value value_at(const ArrowArray& array, std::int64_t index) {
  Value value;
  std::memcpy(&value, static_cast<const char*>(array.buffers[1]) + index * sizeof(Value),
              sizeof(Value));
  return value;
}

// The number in a column whose format is one letter: c C s S i I l L.
std::optional<std::int64_t> integer_at(const ArrowArray& array, char format, std::int64_t index) {
  switch (format) {
    case 'c':
      return value_at<std::int8_t>(array, index);
    case 'C':
      return value_at<std::uint8_t>(array, index);
    case 's':
      return value_at<std::int16_t>(array, index);
    case 'S':
      return value_at<std::uint16_t>(array, index);
    case 'i':
      return value_at<std::int32_t>(array, index);
    case 'I':
      return value_at<std::uint32_t>(array, index);
    case 'l':
    case 'L':
      return value_at<std::int64_t>(array, index);
    default:
      return std::nullopt;
  }
}

std::string iso_time(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// A value that is no string, written out; none if its type is not known.
std::optional<std::string> written_value(const ArrowArray& array, std::string_view format,
                                         std::int64_t index) {
  if (format == "L") return std::to_string(value_at<std::uint64_t>(array, index));
  if (format.size() == 1) {
    if (const auto value = integer_at(array, format[0], index)) return std::to_string(*value);
  }
  if (format == "f") return fmt::format("{}", value_at<float>(array, index));
  if (format == "g") return fmt::format("{}", value_at<double>(array, index));
  if (format == "tdD") return iso_time(std::int64_t{86'400} * value_at<std::int32_t>(array, index));
  if (format == "tdm") return iso_time(floor_divide(value_at<std::int64_t>(array, index), 1000));
  if (format.starts_with("ts") && format.size() > 2) {
    const std::int64_t by = format[2] == 's'   ? 1
                            : format[2] == 'm' ? 1'000
                            : format[2] == 'u' ? 1'000'000
                                               : 1'000'000'000;
    return iso_time(floor_divide(value_at<std::int64_t>(array, index), by));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> ArrowColumn::string_at(const ArrowArray& array, Layout layout,
                                                       std::int64_t index) {
  if (!is_valid(array, index)) return std::nullopt;
  switch (layout) {
    case Layout::kString: {
      const auto* ends = static_cast<const std::int32_t*>(array.buffers[1]) + index;
      const auto* bytes = static_cast<const char*>(array.buffers[2]);
      return std::string_view(bytes + ends[0], static_cast<std::size_t>(ends[1] - ends[0]));
    }
    case Layout::kLargeString: {
      const auto* ends = static_cast<const std::int64_t*>(array.buffers[1]) + index;
      const auto* bytes = static_cast<const char*>(array.buffers[2]);
      return std::string_view(bytes + ends[0], static_cast<std::size_t>(ends[1] - ends[0]));
    }
    case Layout::kStringView: {
      // 16 bytes each: the size, then 12 bytes of text or the place in one of the other buffers.
      const char* view = static_cast<const char*>(array.buffers[1]) + 16 * index;
      std::int32_t size, buffer, begin;
      std::memcpy(&size, view, 4);
      if (size <= 12) return std::string_view(view + 4, static_cast<std::size_t>(size));
      std::memcpy(&buffer, view + 8, 4);
      std::memcpy(&begin, view + 12, 4);
      return std::string_view(static_cast<const char*>(array.buffers[2 + buffer]) + begin,
                              static_cast<std::size_t>(size));
    }
    default:
      return std::nullopt;
  }
}

std::optional<std::string_view> ArrowColumn::operator[](std::size_t row) const {
  const Chunk* chunk = &chunks_.front();
  if (chunks_.size() > 1) {
    chunk = &*std::prev(
        std::upper_bound(chunks_.begin(), chunks_.end(), row,
                         [](std::size_t wanted, const Chunk& c) { return wanted < c.first_row; }));
  }
  const std::size_t place = row - chunk->first_row;
  if (chunk->layout == Layout::kWritten) {
    const auto& value = chunk->written[place];
    return value ? std::optional<std::string_view>(*value) : std::nullopt;
  }
  if (chunk->layout == Layout::kNull) return std::nullopt;
  const std::int64_t index = chunk->offset + static_cast<std::int64_t>(place);
  if (chunk->values == nullptr) return string_at(*chunk->array, chunk->layout, index);
  if (!is_valid(*chunk->array, index)) return std::nullopt;
  const auto value = integer_at(*chunk->array, chunk->index_format, index);
  return string_at(*chunk->values, chunk->layout, *value + chunk->values->offset);
}

void ArrowColumn::add(const ArrowSchema& schema, const ArrowArray& array, std::int64_t offset,
                      std::size_t rows) {
  if (rows == 0) return;
  Chunk chunk;
  chunk.first_row = size_;
  chunk.array = &array;
  chunk.offset = offset + array.offset;
  size_ += rows;
  const bool is_coded = schema.dictionary != nullptr;
  const std::string_view format = is_coded ? schema.dictionary->format : schema.format;
  if (format == "u") {
    chunk.layout = Layout::kString;
  } else if (format == "U") {
    chunk.layout = Layout::kLargeString;
  } else if (format == "vu") {
    chunk.layout = Layout::kStringView;
  } else if (format == "n") {
    chunk.layout = Layout::kNull;
  } else {
    chunk.layout = Layout::kWritten;
  }
  if (is_coded) {
    chunk.values = array.dictionary;
    chunk.index_format = schema.format[0];
  }
  if (chunk.layout == Layout::kWritten) {
    for (std::size_t row = 0; row < rows; ++row) {
      const std::int64_t index = chunk.offset + static_cast<std::int64_t>(row);
      std::optional<std::string> value;
      if (is_valid(array, index)) {
        value = is_coded ? std::nullopt : written_value(array, format, index);
        if (!value) {
          throw Error(ErrorCode::kInvalidOption,
                      fmt::format("a column of type {} cannot be used as text", format),
                      schema.name == nullptr ? "" : schema.name);
        }
      }
      chunk.written.push_back(std::move(value));
    }
  }
  chunks_.push_back(std::move(chunk));
}

ArrowTable::ArrowTable(ArrowArrayStream* stream) {
  const std::unique_ptr<ArrowArrayStream, void (*)(ArrowArrayStream*)> closing(
      stream, [](ArrowArrayStream* s) {
        if (s->release != nullptr) s->release(s);
      });
  const auto fail = [stream] {
    const char* reason = stream->get_last_error(stream);
    throw Error(ErrorCode::kCannotRead, reason == nullptr ? "the table cannot be read" : reason);
  };
  if (stream->get_schema(stream, &schema_) != 0) fail();
  try {
    for (;;) {
      auto batch = std::make_unique<ArrowArray>();
      if (stream->get_next(stream, batch.get()) != 0) fail();
      if (batch->release == nullptr) break;
      rows_ += static_cast<std::size_t>(batch->length);
      batches_.push_back(std::move(batch));
    }
  } catch (...) {
    for (const auto& batch : batches_) batch->release(batch.get());
    schema_.release(&schema_);
    throw;
  }
  set_names();
}

ArrowTable::ArrowTable(ArrowSchema* schema, ArrowArray* array)
    : schema_(*schema), rows_(static_cast<std::size_t>(array->length)) {
  batches_.push_back(std::make_unique<ArrowArray>(*array));
  schema->release = nullptr;
  array->release = nullptr;
  set_names();
}

void ArrowTable::set_names() {
  if (std::string_view(schema_.format) != "+s") return;
  for (std::int64_t i = 0; i < schema_.n_children; ++i) {
    names_.emplace_back(schema_.children[i]->name);
  }
}

ArrowTable::~ArrowTable() {
  for (const auto& batch : batches_) batch->release(batch.get());
  if (schema_.release != nullptr) schema_.release(&schema_);
}

ArrowColumn ArrowTable::column(std::string_view name) const {
  ArrowColumn column;
  const bool is_table = std::string_view(schema_.format) == "+s";
  const auto place = std::find(names_.begin(), names_.end(), name) - names_.begin();
  for (const auto& batch : batches_) {
    const auto rows = static_cast<std::size_t>(batch->length);
    if (is_table) {
      column.add(*schema_.children[place], *batch->children[place], batch->offset, rows);
    } else {
      column.add(schema_, *batch, 0, rows);
    }
  }
  return column;
}

}  // namespace copydesk::python
