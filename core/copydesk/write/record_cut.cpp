// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/record_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "copydesk/read/json_scan.h"
#include "copydesk/read/removed_text.h"

namespace copydesk {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// The value of a field as the record parser finds it: the member of that name, or, for a name with
// a dot, the member of an object.
std::optional<std::string_view> find_value(std::string_view object, std::string_view name) {
  if (object.starts_with(kByteOrderMark)) object.remove_prefix(kByteOrderMark.size());
  for (;;) {
    if (const auto value = raw_member(object, name)) return value;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto parent = raw_member(object, name.substr(0, dot));
    if (!parent || !parent->starts_with('{')) return std::nullopt;
    object = *parent;
    name.remove_prefix(dot + 1);
  }
}

// Walks over the contents of a JSON string as written, from escape to escape.
class WrittenText {
 public:
  explicit WrittenText(std::string_view written) : written_(written) {}

  // The position as written of a byte of the text. REQUIRES: calls come in ascending order;
  // `offset` is at most the size of the text and does not fall inside a character.
  std::size_t position_of(std::size_t offset) {
    while (offset_ < offset && at_ < written_.size()) {
      // Up to the next backslash both are the same bytes.
      const std::string_view near = written_.substr(at_, offset - offset_);
      const std::size_t same = std::min(near.find('\\'), near.size());
      at_ += same;
      offset_ += same;
      if (same < near.size()) step();
    }
    return at_;
  }
  [[nodiscard]] std::size_t offset() const { return offset_; }

 private:
  // Over an escape.
  void step() {
    const JsonEscape escape = json_escape(written_.substr(at_));
    const std::uint32_t code = escape.code_point;
    at_ += escape.size;
    offset_ += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }

  std::string_view written_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
};

}  // namespace

void append_cut_record(std::string& out, std::string_view record, std::string_view text_field,
                       std::span<const TextSpan> spans, std::string* removed_apart) {
  if (removed_apart != nullptr) removed_apart->clear();
  const auto value = find_value(record, text_field);
  if (spans.empty() || !value || !value->starts_with('"')) {
    out += record;
    return;
  }
  const std::string_view written = value->substr(1, value->size() - 2);
  const auto text_begin = static_cast<std::size_t>(written.data() - record.data());
  std::string removed;
  WrittenText walk(written);
  std::size_t copied = 0;
  for (const TextSpan& span : spans) {
    const std::size_t begin = text_begin + walk.position_of(span.begin);
    const std::size_t end = text_begin + walk.position_of(span.end);
    out += record.substr(copied, begin - copied);
    copied = end;
    fmt::format_to(std::back_inserter(removed), "{}{{\"begin\":{},\"text\":\"",
                   removed.empty() ? "" : ",", span.begin);
    removed += record.substr(begin, end - begin);
    removed += "\"}";
  }
  const std::size_t brace = record.rfind('}');
  out += record.substr(copied, brace - copied);
  if (removed_apart != nullptr) {
    *removed_apart = '[' + removed + ']';
  } else {
    fmt::format_to(std::back_inserter(out), ",\"{}\":[{}]", kRemovedField, removed);
  }
  out += record.substr(brace);
}

std::string with_removed_field(std::string_view record, std::string_view removed) {
  const std::size_t brace = record.rfind('}');
  return fmt::format("{},\"{}\":{}{}", record.substr(0, brace), kRemovedField, removed,
                     record.substr(brace));
}

std::optional<std::string> restore_record(std::string_view record, std::string_view text_field,
                                          bool* is_damaged) {
  const auto damaged = [&]() -> std::optional<std::string> {
    if (is_damaged != nullptr) *is_damaged = true;
    return std::nullopt;
  };
  if (is_damaged != nullptr) *is_damaged = false;
  const std::size_t brace = record.rfind('}');
  if (brace == std::string_view::npos) return std::nullopt;
  const auto removed = find_removed_field(record.substr(0, brace));
  if (!removed) return std::nullopt;
  const std::size_t field = removed->begin;
  const auto value = find_value(record, text_field);
  if (!value || !value->starts_with('"')) return std::nullopt;
  const std::string_view written = value->substr(1, value->size() - 2);
  const auto text_begin = static_cast<std::size_t>(written.data() - record.data());

  std::string original;
  WrittenText walk(written);
  std::size_t copied = 0, restored = 0;  // restored: bytes of text put back so far
  for (const RemovedText& part : removed->texts) {
    if (part.begin < restored) return damaged();
    const std::size_t at = text_begin + walk.position_of(part.begin - restored);
    if (walk.offset() != part.begin - restored || at < copied) return damaged();
    // Bytes 0x80 to 0xBF go on with a character.
    if ((static_cast<unsigned char>(record[at]) & 0xC0) == 0x80) return damaged();
    original += record.substr(copied, at - copied);
    copied = at;
    original += part.written;
    WrittenText size(part.written);
    static_cast<void>(size.position_of(part.written.size() + 1));
    restored += size.offset();
  }
  if (copied > field) return damaged();
  original += record.substr(copied, field - copied);
  original += record.substr(brace);
  return original;
}

std::string without_member(std::string_view record, std::string_view name) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::string rest(record);
  while (const auto value = raw_member(rest, name)) {
    const std::string_view all = rest;
    const auto value_begin = static_cast<std::size_t>(value->data() - all.data());
    std::size_t end = value_begin + value->size();
    // Back over the colon to the key's closing quote, and over the key, which holds no quotes.
    const std::size_t colon = all.find_last_not_of(kBlank, value_begin - 1);
    const std::size_t closing = all.find_last_not_of(kBlank, colon - 1);
    std::size_t begin = all.rfind('"', closing - 1);
    const std::size_t before = all.find_last_not_of(kBlank, begin - 1);
    if (all[before] == ',') {
      begin = before;
    } else if (const std::size_t after = all.find_first_not_of(kBlank, end); all[after] == ',') {
      end = after + 1;
    }
    rest.erase(begin, end - begin);
  }
  return rest;
}

}  // namespace copydesk
