#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The rows of CSV and TSV by RFC 4180, one after the other: fields in quotes may hold delimiters, line
// ends, and quotes written twice. The first row is the head, which names the fields. Who derives says
// what becomes of the rows. Of
//
//   id,text
//   1,"Rain, then sun."
//
// the head is {"id", "text"} and the only row {"1", "Rain, then sun."}.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/converted_source.h"

namespace copydesk {

// What parts fields, and ends rows: '\n', with or without '\r' before it, or '\r' alone, as on old Macs.
struct RowMarks {
  char delimiter = ',';
  char line_end = '\n';
};

class DelimitedRows : public ConvertedSource {
 public:
  // kCsv finds its delimiter in the beginning of the table (see find_delimiter), kTsv has tabs.
  DelimitedRows(std::unique_ptr<ByteSource> source, ConvertedFormat format,
                const ConversionOptions& options);

 protected:
  bool convert(std::string& lines) final;

  // `bytes` is all from the first byte to the line end of the head: a byte order mark and a line
  // "sep=;" are in it. False ends the reading.
  virtual bool take_head(std::string_view bytes, const std::vector<std::string>& names,
                         std::string& lines) = 0;
  // A row that has as many fields as the head, with its line end, if it has one.
  virtual void take_row(std::string_view bytes, const std::vector<std::string>& fields,
                        std::string& lines) = 0;

  [[nodiscard]] RowMarks marks() const { return marks_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  enum class Row { kWhole, kNone, kUnended, kTooLong };

  bool begin();
  Row find_row();
  bool take(std::string& lines);

  RowMarks marks_;
  bool is_delimiter_known_;
  std::string before_head_;  // the byte order mark, a line "sep=;", empty lines
  std::vector<std::string> names_;
  std::vector<std::string> fields_;
  std::size_t size_ = 0;  // of the row in fields_, with its line end
  std::uint64_t row_ = 0;
};

// Parses the row at the front of `bytes`. The size of the row with its line end; 0 if it may go on
// behind `bytes`, which only the last row does not where `is_end`: 0 then says that its quotes do
// not end. REQUIRES: `bytes` is not empty.
std::size_t parse_row(std::string_view bytes, RowMarks marks, bool is_end,
                      std::vector<std::string>& fields);

// '\r' if `beginning` has such, and no '\n', outside of quotes; else '\n'.
[[nodiscard]] char find_line_end(std::string_view beginning);

// What parts the fields of a table called CSV, of which `beginning` are the first bytes (all, if
// `is_end`). European spreadsheets write semicolons, others tabs or bars. It is the comma, unless
// more of the first rows have the fields of their head by another: most of them, of two fields and
// more. Where there is no row but the head, that has no comma.
[[nodiscard]] char find_delimiter(std::string_view beginning, char line_end, bool is_end);

// Names and delimiter of a table, to be compared with those of another; empty if it has no head.
[[nodiscard]] std::string read_delimited_head(std::unique_ptr<ByteSource> source,
                                              ConvertedFormat format,
                                              const ConversionOptions& options);

// Instead of lines of JSON, the rows of a table whose bit is set in `kept` (bit 0 of kept[0] is for
// the first row that is a record) as they stand, each with a line end; before them, `with_head`, the
// head and what stands before it. REQUIRES: `kept` outlives the source.
[[nodiscard]] std::unique_ptr<ConvertedSource> make_kept_rows_source(
    std::unique_ptr<ByteSource> source, ConvertedFormat format, const ConversionOptions& options,
    const std::vector<std::uint64_t>& kept, bool with_head);

}  // namespace copydesk
