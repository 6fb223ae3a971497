// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/row_fields.h"

#include <cstring>

namespace copydesk {

namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

}  // namespace

std::optional<RowFields> RowFields::read(std::string_view bytes) {
  constexpr std::size_t kHead = sizeof(std::uint32_t) * (1 + kRecordFields);
  if (bytes.size() < kHead) return std::nullopt;
  RowFields row;
  row.size = number_at(bytes, 0);
  if (row.size < kHead || row.size > bytes.size()) return std::nullopt;
  std::size_t begin = kHead;
  for (std::size_t i = 0; i < kRecordFields; ++i) {
    const std::uint32_t size = number_at(bytes, sizeof(std::uint32_t) * (1 + i));
    if (size == kAbsent) continue;
    if (size > row.size - begin) return std::nullopt;
    row.values[i] = bytes.substr(begin, size);
    begin += size;
  }
  return row;
}

}  // namespace copydesk
