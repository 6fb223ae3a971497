#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The version of the program and of its rules. Checkpoints carry both, and those of another version
// or of other rules are refused, because their tokens would not be ours.
//
// Example:
//   assert(version().find('.') != std::string_view::npos && kTextRulesVersion >= 1);

#include <string_view>

namespace copydesk {

// "MAJOR.MINOR.PATCH" of the library.
[[nodiscard]] std::string_view version();

// Version of the rules that turn text into tokens and shingles. Two runs whose rule versions differ
// may give different results for the same input; work files carry it and refuse to be mixed.
inline constexpr int kTextRulesVersion = 2;

}  // namespace copydesk
