// SPDX-License-Identifier: Apache-2.0
//
// CSV and TSV by RFC 4180 to lines: the first row names the fields, every other is a record whose
// values are strings. Quoted fields may hold delimiters, line ends, and quotes written twice.
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "copydesk/read/converted_source.h"
#include "copydesk/read/json_line.h"

namespace copydesk {
namespace {

class DelimitedSource : public ConvertedSource {
 public:
  DelimitedSource(std::unique_ptr<ByteSource> source, char delimiter,
                  const ConversionOptions& options)
      : ConvertedSource(std::move(source), options), delimiter_(delimiter) {}

 protected:
  bool convert(std::string& lines) override {
    if (row_ == 0 && fill(3).starts_with("\xef\xbb\xbf")) pass(3);
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
    if (fields_.size() == 1 && fields_[0].empty()) {
      // an empty line
    } else if (names_.empty()) {
      names_ = fields_;
    } else if (fields_.size() != names_.size()) {
      report(row_,
             fmt::format("row of {} fields, but {} have a name", fields_.size(), names_.size()),
             waiting().substr(0, size_));
    } else {
      JsonLine line(lines);
      for (std::size_t i = 0; i < names_.size(); ++i) line.add(names_[i], fields_[i]);
      line.end();
    }
    pass(size_);
    return true;
  }

 private:
  enum class Row { kWhole, kNone, kUnended, kTooLong };

  // Reads the fields of the next row into fields_, its bytes with the line end into size_.
  Row find_row() {
    fields_.clear();
    std::size_t wanted = 4096;
    for (;;) {
      const std::string_view bytes = fill(wanted);
      if (bytes.empty()) return Row::kNone;
      const bool is_end = bytes.size() < wanted;
      if (parse(bytes, is_end)) return Row::kWhole;
      if (is_end) return Row::kUnended;
      if (bytes.size() > options().max_record_bytes) return Row::kTooLong;
      wanted = bytes.size() * 2;
    }
  }

  bool parse(std::string_view bytes, bool is_end) {
    fields_.assign(1, {});
    bool quoted = false;
    bool at_begin = true;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const char c = bytes[i];
      if (quoted) {
        if (c != '"') {
          fields_.back() += c;
        } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
          fields_.back() += '"';
          ++i;
        } else if (i + 1 == bytes.size() && !is_end) {
          return false;
        } else {
          quoted = false;
        }
        continue;
      }
      if (c == '"' && at_begin) {
        quoted = true;
        at_begin = false;
      } else if (c == delimiter_) {
        fields_.emplace_back();
        at_begin = true;
      } else if (c == '\n') {
        size_ = i + 1;
        return true;
      } else if (c == '\r' && (i + 1 == bytes.size() ? is_end : bytes[i + 1] == '\n')) {
        // belongs to the line end
      } else {
        fields_.back() += c;
        at_begin = false;
      }
    }
    size_ = bytes.size();
    return is_end && !quoted;
  }

  const char delimiter_;
  std::vector<std::string> names_;
  std::vector<std::string> fields_;
  std::size_t size_ = 0;
  std::uint64_t row_ = 0;
};

}  // namespace

std::unique_ptr<ConvertedSource> make_delimited_source(std::unique_ptr<ByteSource> source,
                                                       char delimiter,
                                                       const ConversionOptions& options) {
  return std::make_unique<DelimitedSource>(std::move(source), delimiter, options);
}

}  // namespace copydesk
