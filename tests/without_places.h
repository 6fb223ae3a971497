#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Result lines without the files and lines of their records, for tests that are about the rest.

#include <regex>
#include <string>

namespace copydesk::tests {

inline std::string without_places(const std::string& lines) {
  static const std::regex kPlace(
      R"re(,"(kept_|a_|b_|copy_|source_)?(files?":("[^"]*"|\[[^\]]*\])|lines?":([0-9]+|\[[^\]]*\])))re");
  return std::regex_replace(lines, kPlace, "");
}

}  // namespace copydesk::tests
