#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Two documents compared, for people: the measures, then each shared passage side by side, as compare
// and why print them.

#include <string>

#include "copydesk/pipeline/compare/compare.h"
#include "side_by_side.h"

namespace copydesk::tools {

[[nodiscard]] std::string comparison_text(const LoadedDocument& a, const LoadedDocument& b,
                                          const Comparison& comparison,
                                          const CompareOptions& options, const ColumnLayout& layout);

// Throws Error{kInvalidOption} if the rows are too narrow to show anything.
void check_width(const ColumnLayout& layout);

}  // namespace copydesk::tools
