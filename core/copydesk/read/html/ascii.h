#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// ASCII letters and white space as HTML sees them, whatever the locale is. 'A' and 'a' are one
// letter.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk {

constexpr bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
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

// REQUIRES: `lower` is in lower case and not empty.
inline std::size_t find_ignoring_case(std::string_view text, std::string_view lower,
                                      std::size_t from) {
  const auto found = std::search(
      text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
      lower.begin(), lower.end(), [](char x, char y) { return to_ascii_lower(x) == y; });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_ascii_lower(c);
  return lower;
}

inline std::string_view trim_html_space(std::string_view text) {
  while (!text.empty() && is_html_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_space(text.back())) text.remove_suffix(1);
  return text;
}

// FNV-1a, one byte at a time: names of elements and words of classes are hashed while they are
// read.
inline constexpr std::uint32_t kNameHashStart = 2166136261U;
constexpr std::uint32_t add_to_name_hash(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 16777619U;
}
constexpr std::uint32_t name_hash(std::string_view name) {
  std::uint32_t hash = kNameHashStart;
  for (const char c : name) hash = add_to_name_hash(hash, c);
  return hash;
}

}  // namespace copydesk
