#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text for benchmarks of the tokenizer's kernels.

#include <cstddef>
#include <string>

#include "random_sets.h"

namespace copydesk {

// What the tokenizer and the sentence splitter hand to a kernel at once, and how many such pieces
// are worked through: so many different ones that no branch predictor learns them by heart.
inline constexpr std::size_t kPieceBytes = 4096;
inline constexpr std::size_t kPieces = 64;

// kPieces * kPieceBytes of words of 1 to 10 letters, with a comma or full stop behind every eighth.
inline std::string random_words() {
  RandomValues random(1);
  std::string text;
  while (text.size() < kPieces * kPieceBytes) {
    const std::size_t length = 1 + (random.next() % 10 + random.next() % 10) / 2;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('a' + random.next() % 26);
    const std::uint64_t mark = random.next() % 16;
    text += mark == 0 ? ". " : mark == 1 ? ", " : " ";
  }
  text.resize(kPieces * kPieceBytes);
  return text;
}

// The same amount of text in Cyrillic: letters of two bytes.
inline std::string random_cyrillic() {
  RandomValues random(2);
  std::string text;
  while (text.size() < kPieces * kPieceBytes) {
    const std::size_t length = 1 + (random.next() % 10 + random.next() % 10) / 2;
    for (std::size_t i = 0; i < length; ++i) {
      text += '\xD0';
      text += static_cast<char>(0xB0 + random.next() % 16);  // U+0430 to U+043F
    }
    text += ' ';
  }
  text.resize(kPieces * kPieceBytes);
  return text;
}

}  // namespace copydesk
