#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <string_view>

namespace copydesk {

// "MAJOR.MINOR.PATCH" of the library.
[[nodiscard]] std::string_view version();

// Version of the rules that turn text into tokens and shingles. Two runs whose rule versions differ
// may give different results for the same input; work files carry it and refuse to be mixed.
inline constexpr int kTextRulesVersion = 2;

}  // namespace copydesk
