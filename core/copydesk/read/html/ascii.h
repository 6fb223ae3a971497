#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// White space as HTML sees it, and the names of elements and classes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "copydesk/ascii.h"

namespace copydesk {

constexpr bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
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
