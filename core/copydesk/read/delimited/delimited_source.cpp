// SPDX-License-Identifier: Apache-2.0
//
// What becomes of the rows of CSV and TSV: lines of JSON whose values are strings, the rows that are
// kept as they stand, or nothing but their head.
#include <algorithm>
#include <array>
#include <utility>

#include "copydesk/read/delimited/delimited_rows.h"
#include "copydesk/read/json_line.h"

namespace copydesk {
namespace {

class DelimitedSource : public DelimitedRows {
 public:
  using DelimitedRows::DelimitedRows;

 protected:
  bool take_head(std::string_view, const std::vector<std::string>&, std::string&) override {
    return true;
  }
  void take_row(std::string_view, const std::vector<std::string>& fields,
                std::string& lines) override {
    JsonLine line(lines);
    for (std::size_t i = 0; i < fields.size(); ++i) line.add(names()[i], fields[i]);
    line.end();
  }
};

class KeptRowsSource : public DelimitedRows {
 public:
  KeptRowsSource(std::unique_ptr<ByteSource> source, ConvertedFormat format,
                 const ConversionOptions& options, const std::vector<std::uint64_t>& kept,
                 bool with_head)
      : DelimitedRows(std::move(source), format, options), kept_(kept), with_head_(with_head) {}

 protected:
  bool take_head(std::string_view bytes, const std::vector<std::string>&,
                 std::string& lines) override {
    if (bytes.ends_with("\r\n")) line_end_ = "\r\n";
    if (marks().line_end == '\r') line_end_ = "\r";
    if (with_head_) append(bytes, lines);
    return true;
  }
  void take_row(std::string_view bytes, const std::vector<std::string>&,
                std::string& lines) override {
    const std::uint64_t row = row_++;
    const bool is_kept = row / 64 < kept_.size() && (kept_[row / 64] >> (row % 64) & 1) != 0;
    if (is_kept) append(bytes, lines);
  }

 private:
  // The last row of a file may have none.
  void append(std::string_view row, std::string& lines) const {
    lines += row;
    if (!row.ends_with(marks().line_end)) lines += line_end_;
  }

  const std::vector<std::uint64_t>& kept_;
  const bool with_head_;
  std::string_view line_end_ = "\n";
  std::uint64_t row_ = 0;
};

class HeadSource : public DelimitedRows {
 public:
  using DelimitedRows::DelimitedRows;

 protected:
  bool take_head(std::string_view, const std::vector<std::string>& names,
                 std::string& lines) override {
    lines += marks().delimiter;
    for (const std::string& name : names) JsonLine::append_string(lines, name);
    return false;
  }
  void take_row(std::string_view, const std::vector<std::string>&, std::string&) override {}
};

}  // namespace

std::unique_ptr<ConvertedSource> make_delimited_source(std::unique_ptr<ByteSource> source,
                                                       ConvertedFormat format,
                                                       const ConversionOptions& options) {
  return std::make_unique<DelimitedSource>(std::move(source), format, options);
}

std::unique_ptr<ConvertedSource> make_kept_rows_source(std::unique_ptr<ByteSource> source,
                                                       ConvertedFormat format,
                                                       const ConversionOptions& options,
                                                       const std::vector<std::uint64_t>& kept,
                                                       bool with_head) {
  return std::make_unique<KeptRowsSource>(std::move(source), format, options, kept, with_head);
}

std::string read_delimited_head(std::unique_ptr<ByteSource> source, ConvertedFormat format,
                                const ConversionOptions& options) {
  HeadSource rows(std::move(source), format, options);
  std::string head;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = rows.read(buffer)) head.append(buffer.data(), count);
  return head;
}

}  // namespace copydesk
