// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/delimited/delimited_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/read/content_kind.h"

namespace copydesk {

namespace {

// So much of a table says what parts its fields, and so many rows of it.
constexpr std::size_t kBeginningBytes = 64 * 1024;
constexpr std::size_t kRowsLookedAt = 20;

bool is_empty(const std::vector<std::string>& fields) {
  return fields.size() == 1 && fields[0].empty();
}

// The delimiter that a first line "sep=;" names, as spreadsheets write and understand it, with the
// size of that line; else no size.
std::pair<char, std::size_t> separator_line(std::string_view bytes, char line_end) {
  constexpr std::string_view kName = "sep=";
  const std::size_t end = bytes.find(line_end);
  std::string_view line = bytes.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (end == std::string_view::npos || line.size() != kName.size() + 1 ||
      !equal_ignoring_case(line.substr(0, kName.size()), kName)) {
    return {',', 0};
  }
  return {line.back(), end + 1};
}

// How well rows are parted by a delimiter.
struct Fit {
  std::size_t names = 0;  // of the head
  std::size_t rows = 0;   // looked at
  std::size_t whole = 0;  // of these, with as many fields as names

  [[nodiscard]] bool is_table() const { return names > 1; }
  [[nodiscard]] bool is_sure() const { return is_table() && whole * 2 > rows; }
};

Fit fit_of(std::string_view bytes, RowMarks marks, bool is_end) {
  Fit fit;
  std::vector<std::string> fields;
  while (!bytes.empty() && fit.rows < kRowsLookedAt) {
    const std::size_t size = parse_row(bytes, marks, is_end, fields);
    if (size == 0) break;
    bytes.remove_prefix(size);
    if (is_empty(fields)) continue;
    if (fit.names == 0) {
      fit.names = fields.size();
      continue;
    }
    ++fit.rows;
    fit.whole += fields.size() == fit.names ? 1 : 0;
  }
  return fit;
}

}  // namespace

std::size_t parse_row(std::string_view bytes, RowMarks marks, bool is_end,
                      std::vector<std::string>& fields) {
  fields.assign(1, {});
  bool quoted = false;
  bool at_begin = true;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
        fields.back() += '"';
        ++i;
      } else if (i + 1 == bytes.size() && !is_end) {
        return 0;
      } else {
        quoted = false;
      }
      continue;
    }
    if (c == '"' && at_begin) {
      quoted = true;
      at_begin = false;
    } else if (c == marks.delimiter) {
      fields.emplace_back();
      at_begin = true;
    } else if (c == marks.line_end) {
      return i + 1;
    } else if (c == '\r' && marks.line_end == '\n' && (i + 1 == bytes.size() ? is_end : bytes[i + 1] == '\n')) {
      // belongs to the line end
    } else {
      fields.back() += c;
      at_begin = false;
    }
  }
  return is_end && !quoted ? bytes.size() : 0;
}

char find_line_end(std::string_view beginning) {
  bool quoted = false;
  bool has_returns = false;
  for (const char c : beginning) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) return '\n';
    has_returns = has_returns || (c == '\r' && !quoted);
  }
  return has_returns ? '\r' : '\n';
}

char find_delimiter(std::string_view beginning, char line_end, bool is_end) {
  constexpr std::array<char, 3> kOthers{';', '\t', '|'};
  char best = ',';
  Fit best_fit = fit_of(beginning, {best, line_end}, is_end);
  const bool has_commas = best_fit.is_table();
  for (const char delimiter : kOthers) {
    const Fit fit = fit_of(beginning, {delimiter, line_end}, is_end);
    if (fit.rows == 0 && fit.is_table() && !has_commas && !best_fit.is_table()) {
      best = delimiter;
      best_fit = fit;
    }
    const std::size_t whole = best_fit.is_table() ? best_fit.whole : 0;
    if (!fit.is_sure() || fit.whole <= whole) continue;
    best = delimiter;
    best_fit = fit;
  }
  return best;
}

DelimitedRows::DelimitedRows(std::unique_ptr<ByteSource> source, ConvertedFormat format,
                             const ConversionOptions& options)
    : ConvertedSource(std::move(source), options),
      marks_{format == ConvertedFormat::kTsv ? '\t' : ',', '\n'},
      is_delimiter_known_(format == ConvertedFormat::kTsv) {}

bool DelimitedRows::begin() {
  if (std::string fault = foreign_content_fault(fill(512)); !fault.empty()) {
    report(1, std::move(fault), waiting());
    return false;
  }
  const auto pass_before_head = [this](std::size_t size) {
    before_head_ += waiting().substr(0, size);
    pass(size);
  };
  if (fill(kByteOrderMark.size()).starts_with(kByteOrderMark)) {
    pass_before_head(kByteOrderMark.size());
  }
  // However much was read ahead, the same bytes are looked at.
  const bool is_end = fill(kBeginningBytes).size() < kBeginningBytes;
  const std::string_view bytes = waiting().substr(0, kBeginningBytes);
  marks_.line_end = find_line_end(bytes);
  if (is_delimiter_known_) return true;
  const auto [separator, size] = separator_line(bytes, marks_.line_end);
  if (size > 0) {
    marks_.delimiter = separator;
    pass_before_head(size);
  } else {
    marks_.delimiter = find_delimiter(bytes, marks_.line_end, is_end);
  }
  return true;
}

// Reads the fields of the next row into fields_.
DelimitedRows::Row DelimitedRows::find_row() {
  fields_.clear();
  std::size_t wanted = 4096;
  for (;;) {
    const std::string_view bytes = fill(wanted);
    if (bytes.empty()) return Row::kNone;
    const bool is_end = bytes.size() < wanted;
    size_ = parse_row(bytes, marks_, is_end, fields_);
    if (size_ > 0) return Row::kWhole;
    if (is_end) return Row::kUnended;
    if (bytes.size() > options().max_record_bytes) return Row::kTooLong;
    wanted = bytes.size() * 2;
  }
}

bool DelimitedRows::take(std::string& lines) {
  const std::string_view bytes = waiting().substr(0, size_);
  if (is_empty(fields_)) {
    if (names_.empty()) before_head_ += bytes;
    return true;
  }
  if (names_.empty()) {
    names_ = fields_;
    return take_head(before_head_ + std::string(bytes), names_, lines);
  }
  if (fields_.size() == names_.size()) {
    take_row(bytes, fields_, lines);
  } else {
    report(row_, fmt::format("row of {} fields, but {} have a name", fields_.size(), names_.size()),
           bytes);
  }
  return true;
}

bool DelimitedRows::convert(std::string& lines) {
  if (row_ == 0 && !begin()) return false;
  const Row row = find_row();
  if (row == Row::kNone) return false;
  ++row_;
  if (row == Row::kTooLong) {
    report_long(row_);
    return false;  // where it ends depends on quotes nobody can count
  }
  if (row == Row::kUnended) {
    report(row_, "quoted field without an end", waiting());
    return false;
  }
  const bool more = take(lines);
  pass(size_);
  return more;
}

}  // namespace copydesk
