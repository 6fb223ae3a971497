#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which letters are one letter: a choice that depends on the language.
//
// Example:
//   TokenList kept, folded;
//   Tokenizer(FoldOptions{.accents = false}).tokenize("año ano", kept);
//   Tokenizer().tokenize("año ano", folded);
//   assert(kept.hashes[0] != kept.hashes[1] && folded.hashes[0] == folded.hashes[1]);

namespace copydesk {

// What folding makes equal beyond what it always does (docs/text.md).
struct FoldOptions {
  // Letters with and without accents. They are different letters in Vietnamese (má, mà, ma) and in
  // Spanish (año, ano), but texts of most languages come with and without them.
  bool accents = true;
  // Traditional and simplified Chinese (漢 and 汉), character by character.
  bool chinese = false;

  friend bool operator==(const FoldOptions&, const FoldOptions&) = default;
};

}  // namespace copydesk
