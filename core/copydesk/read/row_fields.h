#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Rows of a table as the bytes of a batch (InputFormat::kRows): what was asked for of each, without
// the detour of JSON. A row is its size in bytes, the sizes of its fields in the order of
// RecordField (kAbsent: it has none), all of 32 bits in the machine's order, and the fields.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "copydesk/read/record_parser.h"

namespace copydesk {

struct RowFields {
  static constexpr std::uint32_t kAbsent = UINT32_MAX;

  std::array<std::optional<std::string_view>, kRecordFields> values;
  std::size_t size = 0;  // of the row in bytes

  // The row that `bytes` begin with, or nothing where they are no row.
  [[nodiscard]] static std::optional<RowFields> read(std::string_view bytes);
};

}  // namespace copydesk
