#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How the folding of a character is packed into 32 bits: shared by the program that writes the
// tables and the code that reads them. The rules are in docs/text.md.

#include <cstddef>
#include <cstdint>

namespace copydesk {

enum class FoldKind : std::uint32_t {
  kPlain = 0,   // the bytes are written as they are; none, if the character vanishes
  kSolo = 1,    // a token of its own, together with the marks that follow it
  kMark = 2,    // joins the token in front of it, also a solo one
  kMoving = 3,  // may change what was written before: ordered marks, vowels and finals of Hangul
  kSeries = 4,  // an index into kFoldSeries
};

// Basic Multilingual Plane: bits 0-23 the UTF-8 bytes, first byte lowest; bits 24-25 their number;
// bits 26-28 the kind. kSeries has the index in bits 0-23.
// Supplementary planes: bits 0-20 a code point, or one of the two numbers below, instead of bytes.
[[nodiscard]] constexpr std::uint32_t fold_entry(FoldKind kind, std::uint32_t bytes,
                                                 std::uint32_t length) {
  return bytes | length << 24 | static_cast<std::uint32_t>(kind) << 26;
}
[[nodiscard]] constexpr FoldKind fold_kind(std::uint32_t entry) {
  return static_cast<FoldKind>(entry >> 26);
}
[[nodiscard]] constexpr std::uint32_t fold_length(std::uint32_t entry) {
  return entry >> 24 & 3;
}
[[nodiscard]] constexpr std::uint32_t fold_value(std::uint32_t entry) {
  return entry & 0xFFFFFF;
}

inline constexpr std::uint32_t kFoldToNothing = 0;
inline constexpr std::uint32_t kFoldToItself = 1;  // lets blocks of unchanged letters be shared

// A character that folds otherwise under a rule of `--fold`.
struct FoldChange {
  std::uint32_t code_point;
  std::uint32_t entry;
};

// A run of code points with the same canonical combining class, which is not 0.
struct MarkOrder {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t order;
};

}  // namespace copydesk
