// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_key.h"

#include "copydesk/error.h"
#include "copydesk/read/address_key.h"

namespace copydesk {

DedupKey parse_dedup_key(const std::string& text) {
  if (text == "line") return {DedupKey::Kind::kLine, {}};
  DedupKey key{DedupKey::Kind::kField, text};
  if (text.starts_with("url:")) key = {DedupKey::Kind::kAddress, text.substr(4)};
  if (text.starts_with("field:")) key.field = text.substr(6);
  if (key.field.empty()) {
    throw Error(ErrorCode::kInvalidOption, "is none of FIELD, url:FIELD, line", "--key");
  }
  return key;
}

std::string to_string(const DedupKey& key) {
  switch (key.kind) {
    case DedupKey::Kind::kLine:
      return "line";
    case DedupKey::Kind::kAddress:
      return "url:" + key.field;
    case DedupKey::Kind::kField:
      break;
  }
  return (key.field == "line" || key.field.find(':') != key.field.npos ? "field:" : "") + key.field;
}

std::optional<std::string_view> key_of(const Document& document, const DedupKey& key,
                                       std::string& buffer) {
  if (key.kind == DedupKey::Kind::kLine) {
    std::string_view line = document.record;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  if (document.key.empty()) return std::nullopt;
  if (key.kind == DedupKey::Kind::kField) return document.key;
  buffer = address_key(document.key);
  return buffer;
}

}  // namespace copydesk
