#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Result lines without the files and lines of their records, for tests that are about the rest: of
// {"id":"a","file":"x","line":1,"rule":"r"} stays {"id":"a","rule":"r"}.

#include <algorithm>
#include <string>
#include <string_view>

namespace copydesk::tests {

// Names of files that hold quotes or brackets are not foreseen.
inline std::string without_places(std::string_view lines) {
  static constexpr std::string_view kPrefixes[] = {"", "kept_", "a_", "b_", "copy_", "source_"};
  static constexpr std::string_view kNames[] = {"file", "line", "files", "lines"};
  std::string rest;
  while (!lines.empty()) {
    std::size_t skipped = 0;
    if (lines.starts_with(",\"")) {
      const std::string_view member = lines.substr(2);
      for (const std::string_view prefix : kPrefixes) {
        for (const std::string_view name : kNames) {
          const std::size_t size = prefix.size() + name.size();
          if (!member.starts_with(prefix) || !member.substr(prefix.size()).starts_with(name) ||
              !member.substr(size).starts_with("\":")) {
            continue;
          }
          const std::string_view value = member.substr(size + 2);
          const std::size_t end = value.starts_with('"')   ? value.find('"', 1) + 1
                                  : value.starts_with('[') ? value.find(']') + 1
                                                           : value.find_first_of(",}");
          skipped = 2 + size + 2 + end;
        }
      }
    }
    if (skipped == 0) rest += lines[skipped++];
    lines.remove_prefix(std::min(skipped, lines.size()));
    while (!lines.empty() && lines.front() != ',') {
      rest += lines.front();
      lines.remove_prefix(1);
    }
  }
  return rest;
}

}  // namespace copydesk::tests
