// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/removed_text.h"

#include <charconv>
#include <string>
#include <utility>

namespace copydesk {
namespace {

// Reads what append_cut_record wrote, and nothing else.
std::optional<std::vector<RemovedText>> parse_removed(std::string_view list) {
  constexpr std::string_view kBegin = "{\"begin\":", kText = ",\"text\":\"";
  std::vector<RemovedText> removed;
  if (!list.starts_with('[')) return std::nullopt;
  list.remove_prefix(1);
  while (list.starts_with(kBegin)) {
    list.remove_prefix(kBegin.size());
    RemovedText part;
    const auto [rest, error] = std::from_chars(list.data(), list.data() + list.size(), part.begin);
    if (error != std::errc{}) return std::nullopt;
    list.remove_prefix(static_cast<std::size_t>(rest - list.data()));
    if (!list.starts_with(kText)) return std::nullopt;
    list.remove_prefix(kText.size());
    std::size_t end = 0;
    while (end < list.size() && list[end] != '"') end += list[end] == '\\' ? 2 : 1;
    if (end >= list.size()) return std::nullopt;
    part.written = list.substr(0, end);
    removed.push_back(part);
    list.remove_prefix(end + 1);
    if (!list.starts_with('}')) return std::nullopt;
    list.remove_prefix(list.starts_with("},") ? 2 : 1);
  }
  if (list != "]" || removed.empty()) return std::nullopt;
  return removed;
}

}  // namespace

std::optional<RemovedField> find_removed_field(std::string_view open_object) {
  const std::string key = ",\"" + std::string(kRemovedField) + "\":";
  // Within a string a quote is escaped, so what is found is a key; the last one is ours if its
  // value is the last of the object.
  const std::size_t begin = open_object.rfind(key);
  if (begin == std::string_view::npos) return std::nullopt;
  auto texts = parse_removed(open_object.substr(begin + key.size()));
  if (!texts) return std::nullopt;
  return RemovedField{begin, std::move(*texts)};
}

}  // namespace copydesk
