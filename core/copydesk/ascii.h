#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Letters and digits of ASCII, whatever the locale is. 'A' and 'a' are one letter; bytes beyond
// ASCII are no letters and equal only themselves: "A.GZ" ends in ".gz".

#include <algorithm>
#include <string>
#include <string_view>

namespace copydesk {

constexpr bool is_ascii_digit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}
constexpr bool is_ascii_letter(char c) {
  return static_cast<unsigned char>((c | 32) - 'a') < 26;
}
constexpr char to_ascii_lower(char c) {
  return static_cast<unsigned char>(c - 'A') < 26 ? static_cast<char>(c | 32) : c;
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return to_ascii_lower(x) == to_ascii_lower(y);
         });
}

inline bool ends_ignoring_case(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() &&
         equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_ascii_lower(c);
  return lower;
}

}  // namespace copydesk
