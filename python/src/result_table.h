#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a function found, as columns of equal length, and the way out through the Arrow C stream
// interface: whoever asks for a stream shares the columns, nothing is copied.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "arrow_abi.h"

namespace copydesk::python {

// Texts end to end, as a large string of Arrow has them.
struct Texts {
  std::vector<std::int64_t> ends{0};
  std::string bytes;

  void push_back(std::string_view text) {
    bytes += text;
    ends.push_back(static_cast<std::int64_t>(bytes.size()));
  }
  [[nodiscard]] std::size_t size() const { return ends.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return std::string_view(bytes).substr(static_cast<std::size_t>(ends[i]),
                                          static_cast<std::size_t>(ends[i + 1] - ends[i]));
  }
};

using ResultColumn = std::variant<std::vector<std::int64_t>, std::vector<double>, Texts>;

struct ResultTable {
  std::vector<std::string> names;
  std::vector<ResultColumn> columns;

  [[nodiscard]] std::size_t rows() const;
};

// Fills `stream`, which shares the table.
void export_table(std::shared_ptr<const ResultTable> table, ArrowArrayStream* stream);

}  // namespace copydesk::python
