// SPDX-License-Identifier: Apache-2.0
//
// Text of which each line is a document: it becomes {"text":...}, known by its place. Empty lines are
// passed over, and counted, so that the number of a line is that of the text.
#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "copydesk/read/converted_source.h"
#include "copydesk/read/json_line.h"

namespace copydesk {
namespace {

class TextLineSource : public ConvertedSource {
 public:
  using ConvertedSource::ConvertedSource;

 protected:
  bool convert(std::string& lines) override {
    if (record_ == 0) pass_byte_order_mark();
    std::size_t wanted = 4096;
    std::size_t searched = 0;
    for (;;) {
      const std::string_view bytes = fill(wanted);
      if (bytes.empty()) return false;
      const bool is_end = bytes.size() < wanted;
      std::size_t size = bytes.find('\n', searched);
      if (size == bytes.npos && is_end) size = bytes.size();
      if (size != bytes.npos && size <= options().max_record_bytes) {
        add(bytes.substr(0, size), lines);
        pass(std::min(size + 1, bytes.size()));
        return true;
      }
      if (bytes.size() > options().max_record_bytes) return skip_long_line(lines);
      searched = bytes.size();
      wanted = bytes.size() * 2;
    }
  }

 private:
  void add(std::string_view line, std::string& lines) {
    ++record_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == line.npos) {
      lines += '\n';  // is passed over, and keeps the numbers of lines
    } else {
      JsonLine(lines).add(options().fields.text, line).end();
    }
  }

  bool skip_long_line(std::string& lines) {
    report_long(++record_);
    lines += '\n';
    for (;;) {
      const std::string_view bytes = fill(4096);
      if (bytes.empty()) return false;
      const std::size_t end = bytes.find('\n');
      pass(end == bytes.npos ? bytes.size() : end + 1);
      if (end != bytes.npos) return true;
    }
  }

  std::uint64_t record_ = 0;
};

}  // namespace

std::unique_ptr<ConvertedSource> make_text_line_source(std::unique_ptr<ByteSource> source,
                                                       const ConversionOptions& options) {
  return std::make_unique<TextLineSource>(std::move(source), options);
}

}  // namespace copydesk
