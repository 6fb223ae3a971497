// SPDX-License-Identifier: Apache-2.0
//
// What extractors of Wikipedia write: documents between <doc id="12" url="..." title="..."> and
// </doc>, each of them alone in its line. Attributes become fields of their names (title and url
// those of the run), with &quot; &amp; &lt; &gt; in them decoded; the text stays as it is.
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "copydesk/read/converted_source.h"
#include "copydesk/read/json_line.h"

namespace copydesk {
namespace {

constexpr std::string_view kBegin = "<doc ";
constexpr std::string_view kEnd = "</doc>";

std::string decoded(std::string_view value) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
      {{"&quot;", '"'}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#39;", '\''}}};
  std::string text;
  while (!value.empty()) {
    const auto* const entity = std::find_if(kEntities.begin(), kEntities.end(), [&](const auto& e) {
      return value.starts_with(e.first);
    });
    text += entity == kEntities.end() ? value.front() : entity->second;
    value.remove_prefix(entity == kEntities.end() ? 1 : entity->first.size());
  }
  return text;
}

class WikiSource : public ConvertedSource {
 public:
  using ConvertedSource::ConvertedSource;

 protected:
  bool convert(std::string& lines) override {
    if (record_ == 0) pass_byte_order_mark();
    if (!pass_to_document()) return false;
    ++record_;
    std::size_t wanted = 4096;
    for (;;) {
      const std::string_view bytes = fill(wanted);
      const bool is_end = bytes.size() < wanted;
      const std::size_t end = end_of_text(bytes);
      const std::size_t limit = options().max_record_bytes;
      if (end != bytes.npos && end <= limit) {
        add(bytes.substr(0, end), lines);
        pass(end + kEnd.size());
        is_at_line_begin_ = false;
        return true;
      }
      if (is_end && bytes.size() <= limit) {
        report(record_, "<doc> without an end", bytes);
        return false;
      }
      if (bytes.size() > limit) {
        report_long(record_);
        pass(limit);
        is_at_line_begin_ = false;
        return true;  // what follows up to the next <doc> is passed over
      }
      wanted = bytes.size() * 2;
    }
  }

 private:
  // Passes lines that begin no document. False at the end.
  bool pass_to_document() {
    for (;;) {
      const std::string_view bytes = fill(4096);
      if (bytes.empty()) return false;
      if (is_at_line_begin_ && bytes.starts_with(kBegin)) return true;
      const std::size_t end = bytes.find('\n');
      is_at_line_begin_ = end != bytes.npos;
      pass(is_at_line_begin_ ? end + 1 : bytes.size());
    }
  }

  // Where </doc> begins a line, behind the first one.
  static std::size_t end_of_text(std::string_view bytes) {
    for (std::size_t at = bytes.find(kEnd); at != bytes.npos; at = bytes.find(kEnd, at + 1)) {
      if (at > 0 && bytes[at - 1] == '\n') return at;
    }
    return bytes.npos;
  }

  // `document` begins with its tag, which ends with the line.
  void add(std::string_view document, std::string& lines) {
    const std::size_t line_end = std::min(document.find('\n'), document.size());
    std::string_view tag = document.substr(kBegin.size(), line_end - kBegin.size());
    std::string_view text = document.substr(std::min(line_end + 1, document.size()));
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    while (text.starts_with('\n') || text.starts_with('\r')) text.remove_prefix(1);
    const FieldNames& fields = options().fields;
    JsonLine line(lines);
    for (;;) {
      const std::size_t equals = tag.find("=\"");
      if (equals == tag.npos) break;
      const std::size_t space = tag.rfind(' ', equals);
      const std::string_view name =
          tag.substr(space == tag.npos ? 0 : space + 1, equals - (space == tag.npos ? 0 : space + 1));
      tag.remove_prefix(equals + 2);
      const std::size_t end = std::min(tag.find('"'), tag.size());
      const std::string value = decoded(tag.substr(0, end));
      tag.remove_prefix(std::min(end + 1, tag.size()));
      if (name == "text" || name == fields.text) continue;
      line.add_if_any(name == "id"      ? std::string_view(fields.id)
                      : name == "url"   ? std::string_view(fields.url)
                      : name == "title" ? std::string_view(fields.title)
                                        : name,
                      value);
    }
    line.add(fields.text, text).end();
  }

  std::uint64_t record_ = 0;
  bool is_at_line_begin_ = true;
};

}  // namespace

std::unique_ptr<ConvertedSource> make_wiki_source(std::unique_ptr<ByteSource> source,
                                                  const ConversionOptions& options) {
  return std::make_unique<WikiSource>(std::move(source), options);
}

}  // namespace copydesk
