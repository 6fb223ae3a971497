// SPDX-License-Identifier: Apache-2.0
//
// WARC, WET and ARC to lines: pages and texts of responses, resources and conversions. Requests,
// metadata, revisits, redirects, errors of servers, and what is neither a page nor a text give no
// document and are no fault.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "copydesk/read/converted_source.h"
#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/character_set.h"
#include "copydesk/read/page_record.h"
#include "copydesk/read/warc/arc_line.h"
#include "copydesk/read/warc/http_body.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostHeaderBytes = 64 * 1024;

// What the head of a record says.
struct RecordHead {
  std::string type, id, url, time, content_type;
  std::size_t length = 0;
};

std::string without_brackets(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return std::string(text);
}

// 20240131120000 to 2024-01-31T12:00:00Z.
std::string arc_time(std::string_view digits) {
  if (digits.size() != 14) return {};
  return fmt::format("{}-{}-{}T{}:{}:{}Z", digits.substr(0, 4), digits.substr(4, 2),
                     digits.substr(6, 2), digits.substr(8, 2), digits.substr(10, 2),
                     digits.substr(12, 2));
}

bool is_page_type(std::string_view type) {
  return find_ignoring_case(type, "html", 0) != std::string_view::npos;
}
bool is_text_type(std::string_view type) {
  return equal_ignoring_case(trim_html_space(type.substr(0, type.find(';'))), "text/plain");
}

class WarcSource : public ConvertedSource {
 public:
  WarcSource(std::unique_ptr<ByteSource> source, const ConversionOptions& options)
      : ConvertedSource(std::move(source), options), recorder_(this->options()) {}

 protected:
  bool convert(std::string& lines) override {
    if (!pass_line_ends()) return false;
    ++record_;
    RecordHead head;
    const std::string_view fault = read_head(head);
    if (!fault.empty()) {
      report(record_, std::string(fault), waiting());
      return find_next_record();
    }
    if (head.length > options().max_record_bytes) {
      report_long(record_);
      return pass_content(head.length);
    }
    const std::string_view content = fill(head.length);
    if (content.size() < head.length) {
      report(record_, "record cut off by the end of the archive", content);
      return false;
    }
    append_document(head, content.substr(0, head.length), lines);
    pass(head.length);
    return true;
  }

 private:
  bool pass_line_ends() {
    for (;;) {
      const std::string_view bytes = fill(1);
      if (bytes.empty()) return false;
      if (bytes[0] != '\r' && bytes[0] != '\n') return true;
      pass(1);
    }
  }

  bool pass_content(std::size_t size) {
    while (size > 0) {
      const std::size_t count = std::min(fill(1).size(), size);
      if (count == 0) return false;
      pass(count);
      size -= count;
    }
    return true;
  }

  // After damage: goes on at the next line that begins a record.
  bool find_next_record() {
    pass(std::min<std::size_t>(1, waiting().size()));
    for (;;) {
      const std::string_view bytes = fill(kMostHeaderBytes);
      const std::size_t found = bytes.find("\nWARC/1.");
      if (found != std::string_view::npos) {
        pass(found + 1);
        return true;
      }
      if (bytes.size() < kMostHeaderBytes) return false;
      pass(bytes.size() - 8);
    }
  }

  // Passes the head of the next record. Empty, or what is wrong with it.
  std::string_view read_head(RecordHead& head) {
    const std::string_view bytes = fill(kMostHeaderBytes);
    if (!bytes.starts_with("WARC/")) return read_arc_head(bytes, head);
    const std::size_t end = end_of_headers(bytes.substr(0, kMostHeaderBytes));
    if (end == std::string_view::npos) return "WARC headers without an end";
    const std::string_view headers = bytes.substr(0, end);
    if (!parse_record_length(header_value(headers, "content-length"), head.length)) {
      return "WARC record without a valid Content-Length";
    }
    head.type = ascii_lower(header_value(headers, "warc-type"));
    head.id = without_brackets(header_value(headers, "warc-record-id"));
    head.url = without_brackets(header_value(headers, "warc-target-uri"));
    head.time = std::string(header_value(headers, "warc-date"));
    head.content_type = std::string(header_value(headers, "content-type"));
    pass(end);
    return {};
  }

  std::string_view read_arc_head(std::string_view bytes, RecordHead& head) {
    const std::size_t end = bytes.substr(0, kMostHeaderBytes).find('\n');
    if (end == std::string_view::npos) return "neither a WARC nor an ARC record";
    const std::optional<ArcLine> line = parse_arc_line(bytes.substr(0, end));
    if (!line) return "neither a WARC nor an ARC record";
    head.length = line->length;
    head.type = line->url.starts_with("filedesc:") ? "warcinfo" : "response";
    head.url = std::string(line->url);
    head.content_type = std::string(line->type);
    head.time = arc_time(line->time);
    head.id = line->id();
    pass(end + 1);
    return {};
  }

  void append_document(const RecordHead& head, std::string_view content, std::string& lines) {
    std::string_view type = head.content_type;
    std::string_view body = content;
    if (head.type == "response") {
      const HttpResponse response =
          read_http_response(content, options().max_record_bytes, buffer_);
      if (response.status != 0) {
        if (response.status < 200 || response.status >= 300) return;
        type = response.content_type;
      }
      body = response.body;
      if (!response.fault.empty()) {
        if (is_page_type(type) || is_text_type(type)) {
          report(record_, std::string(response.fault), content);
        }
        return;
      }
    } else if (head.type != "conversion" && head.type != "resource") {
      return;
    }
    const PageOrigin origin{head.id, head.url, head.time, charset_parameter(type)};
    if (is_page_type(type) || (type.empty() && trim_html_space(body).starts_with('<'))) {
      recorder_.append_page(body, origin, lines);
    } else if (is_text_type(type)) {
      recorder_.append_text(body, origin, lines);
    }
  }

  PageRecorder recorder_;
  std::string buffer_;
  std::uint64_t record_ = 0;
};

}  // namespace

std::unique_ptr<ConvertedSource> make_warc_source(std::unique_ptr<ByteSource> source,
                                                  const ConversionOptions& options) {
  return std::make_unique<WarcSource>(std::move(source), options);
}

}  // namespace copydesk
