// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/warc/record_head.h"

#include <fmt/format.h>

#include <optional>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/warc/arc_line.h"
#include "copydesk/read/warc/http_body.h"

namespace copydesk {
namespace {

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

ParsedRecordHead fault(std::string_view reason) {
  return {reason, 0, 0};
}

ParsedRecordHead parse_arc_head(std::string_view bytes, RawRecord& record) {
  const std::size_t end = bytes.substr(0, kMostRecordHeadBytes).find('\n');
  if (end == std::string_view::npos) return fault("neither a WARC nor an ARC record");
  const std::optional<ArcLine> line = parse_arc_line(bytes.substr(0, end));
  if (!line) return fault("neither a WARC nor an ARC record");
  record.type = line->url.starts_with("filedesc:") ? "warcinfo" : "response";
  record.url = std::string(line->url);
  record.content_type = std::string(line->type);
  record.time = arc_time(line->time);
  record.id = line->id();
  return {{}, end + 1, line->length};
}

}  // namespace

ParsedRecordHead parse_record_head(std::string_view bytes, RawRecord& record) {
  if (!bytes.starts_with("WARC/")) return parse_arc_head(bytes, record);
  const std::size_t end = end_of_headers(bytes.substr(0, kMostRecordHeadBytes));
  if (end == std::string_view::npos) return fault("WARC headers without an end");
  const std::string_view headers = bytes.substr(0, end);
  ParsedRecordHead head{{}, end, 0};
  if (!parse_record_length(header_value(headers, "content-length"), head.content)) {
    return fault("WARC record without a valid Content-Length");
  }
  record.type = ascii_lower(header_value(headers, "warc-type"));
  record.id = without_brackets(header_value(headers, "warc-record-id"));
  record.url = without_brackets(header_value(headers, "warc-target-uri"));
  record.time = std::string(header_value(headers, "warc-date"));
  record.content_type = std::string(header_value(headers, "content-type"));
  return head;
}

bool may_be_document(const RawRecord& record) {
  return record.type == "response" || record.type == "conversion" || record.type == "resource";
}

}  // namespace copydesk
