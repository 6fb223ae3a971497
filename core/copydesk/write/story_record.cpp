// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/story_record.h"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

namespace copydesk {
namespace {

// The numbers of a list of lists, which must be pairs.
bool read_pairs(std::string_view list, std::vector<TextSpan>& parts) {
  std::vector<std::size_t> numbers;
  for (std::size_t at = 0; at < list.size();) {
    if (list[at] < '0' || list[at] > '9') {
      ++at;
      continue;
    }
    const auto [rest, error] =
        std::from_chars(list.data() + at, list.data() + list.size(), numbers.emplace_back());
    if (error != std::errc{}) return false;
    at = static_cast<std::size_t>(rest - list.data());
  }
  if (numbers.empty() || numbers.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    parts.push_back({numbers[i], numbers[i + 1]});
  }
  return true;
}

bool are_parts_of(std::string_view text, std::span<const TextSpan> parts) {
  const auto is_boundary = [&](std::size_t at) {
    return at == text.size() ||
           (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
  };
  std::size_t end = 0;
  for (const TextSpan& part : parts) {
    if (part.begin < end || part.end < part.begin) return false;
    if (!is_boundary(part.begin) || !is_boundary(part.end)) return false;
    end = part.end;
  }
  return true;
}

}  // namespace

void append_body_field(std::string& out, std::span<const TextSpan> parts) {
  fmt::format_to(std::back_inserter(out), ",\"{}\":[", kBodyField);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    fmt::format_to(std::back_inserter(out), "{}[{},{}]", i > 0 ? "," : "", parts[i].begin,
                   parts[i].end);
  }
  out += ']';
}

bool read_body_field(std::string_view record, std::string_view text,
                     std::vector<TextSpan>& parts) {
  constexpr std::string_view kBlank = " \t\r\n";
  parts.clear();
  std::size_t end = record.find_last_not_of(kBlank);
  if (end == std::string_view::npos || record[end] != '}' || end < 2) return false;
  end = record.find_last_not_of(kBlank, end - 1);
  // Most records end otherwise.
  if (end == std::string_view::npos || record[end] != ']') return false;
  const std::size_t before = record.find_last_not_of("[]0123456789, \t", end);
  if (before == std::string_view::npos || record[before] != ':') return false;
  std::size_t name_end = record.find_last_not_of(kBlank, before - 1);
  if (name_end == std::string_view::npos || record[name_end] != '"') return false;
  const std::string_view head = record.substr(0, name_end);
  if (!head.ends_with(kBodyField) || !head.substr(0, head.size() - kBodyField.size()).ends_with('"'))
    return false;
  if (!read_pairs(record.substr(before, end - before), parts) || !are_parts_of(text, parts)) {
    parts.clear();
    return false;
  }
  return true;
}

}  // namespace copydesk
