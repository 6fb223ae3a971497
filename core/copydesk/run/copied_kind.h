#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Files of which the kept records are copied as they stand, where the output is a file of the same
// kind: clean.csv is made of a.csv and b.csv.

#include <string_view>

#include "copydesk/read/input_list.h"

namespace copydesk {

enum class CopiedKind { kNone, kParquet, kCsv, kTsv, kWarc, kArc };

// By what an input was said to be, or by its name.
[[nodiscard]] CopiedKind copied_kind(const Input& input);
// What an output of this name is to be.
[[nodiscard]] CopiedKind copied_kind(std::string_view output_path);
[[nodiscard]] constexpr bool is_archive(CopiedKind kind) {
  return kind == CopiedKind::kWarc || kind == CopiedKind::kArc;
}

}  // namespace copydesk
