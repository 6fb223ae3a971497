#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The nearest word to one that was mistyped: "--threshold" for "--treshold".

#include <span>
#include <string>
#include <string_view>

namespace copydesk::tools {

// The word of `known` that the fewest changes of one letter (another, one more, one less, two
// swapped) make of `typed`; the first of several, and empty if more than a third of the letters
// would change.
[[nodiscard]] std::string nearest_word(std::string_view typed, std::span<const std::string> known);

}  // namespace copydesk::tools
