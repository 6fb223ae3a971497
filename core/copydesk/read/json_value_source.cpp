// SPDX-License-Identifier: Apache-2.0
//
// JSON that is not in lines: the elements of an array, or objects over several lines one after the
// other, become a line each. [{"id": 1,\n "text": "a"}, {"id": 2}] gives two. Whether a line is a
// record is for the parser of lines to say.
#include <algorithm>
#include <utility>

#include "copydesk/read/converted_source.h"
#include "copydesk/read/html/ascii.h"

namespace copydesk {
namespace {

class JsonValueSource : public ConvertedSource {
 public:
  using ConvertedSource::ConvertedSource;

 protected:
  bool convert(std::string& lines) override {
    if (record_ == 0) pass_byte_order_mark();
    if (!pass_between()) return false;
    ++record_;
    std::size_t wanted = 4096;
    for (;;) {
      const std::string_view bytes = fill(wanted);
      const bool is_end = bytes.size() < wanted;
      const std::size_t size = element_size(bytes, is_end);
      if (size > 0) {
        const std::size_t before = lines.size();
        lines.append(bytes.substr(0, size));
        // Line ends stand only between tokens: within strings they are escaped.
        std::replace(lines.begin() + static_cast<std::ptrdiff_t>(before), lines.end(), '\n', ' ');
        std::replace(lines.begin() + static_cast<std::ptrdiff_t>(before), lines.end(), '\r', ' ');
        lines += '\n';
        pass(size);
        return true;
      }
      if (bytes.size() > options().max_record_bytes) {
        report_long(record_);
        return false;
      }
      wanted = bytes.size() * 2;
    }
  }

 private:
  // Passes white space, commas, and the brackets of the outer array. False at the end.
  bool pass_between() {
    for (;;) {
      const std::string_view bytes = fill(1);
      if (bytes.empty()) return false;
      const char c = bytes[0];
      if (!is_html_space(c) && c != ',' && c != ']' && !(c == '[' && record_ == 0 && !in_array_)) {
        return true;
      }
      if (c == '[') in_array_ = true;
      pass(1);
    }
  }

  // Of the element at the front; 0 if it goes on behind `bytes`.
  static std::size_t element_size(std::string_view bytes, bool is_end) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const char c = bytes[i];
      if (c == '"') {
        ++i;
        while (i < bytes.size() && bytes[i] != '"') i += bytes[i] == '\\' ? 2 : 1;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        if (depth == 0) return std::max<std::size_t>(i, 1);
        if (--depth == 0) return i + 1;
      } else if (depth == 0 && i > 0 && (c == ',' || is_html_space(c))) {
        return i;
      }
    }
    return is_end ? bytes.size() : 0;
  }

  std::uint64_t record_ = 0;
  bool in_array_ = false;
};

}  // namespace

std::unique_ptr<ConvertedSource> make_json_value_source(std::unique_ptr<ByteSource> source,
                                                        const ConversionOptions& options) {
  return std::make_unique<JsonValueSource>(std::move(source), options);
}

}  // namespace copydesk
