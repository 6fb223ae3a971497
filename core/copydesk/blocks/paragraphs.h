#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A text as its paragraphs or sentences, each with a key that sees neither numbers nor how lines
// are broken, to count what repeats over the documents of a corpus. "Copyright 2023, all rights
// reserved." and the same with 2024 and a line end in its middle have one key.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/sentence_splitter.h"

namespace copydesk {

struct Paragraph {
  TextSpan span;  // without blank lines and white space around it
  // XXH3-64 of its bytes with every run of white space one space and, masked, every run of digits
  // one sign; white space and digits are those of ASCII.
  std::uint64_t key = 0;
};

// What parts paragraphs.
enum class ParagraphEnd {
  kAuto,  // by text: blank lines where there are any; else every line, unless it was wrapped
  kBlankLine,
  kLine,
};

// Whether the lines of a text look as if they had been broken to fit a column: at least three of
// them, none wider than a column; at two thirds of their ends the next word would not have fitted,
// and half of them begin with no capital, digit or sign.
// REQUIRES: `text` is valid UTF-8 without blank lines.
[[nodiscard]] bool is_wrapped(std::string_view text);

// Reuses its buffers; one object per thread.
class ParagraphScanner {
 public:
  // `masks_numbers`: keys do not see numbers.
  explicit ParagraphScanner(bool masks_numbers, ParagraphEnd end = ParagraphEnd::kAuto)
      : masks_numbers_(masks_numbers), end_(end) {}

  // What the key of a paragraph or sentence of `text` sees. Valid until the next call, and as long as
  // `text`.
  std::string_view contents(std::string_view text, const Paragraph& paragraph);

  // Paragraphs of at least `least_bytes` bytes, runs of white space counted as one. Replaces the
  // contents of `paragraphs`. REQUIRES: `text` is valid UTF-8.
  void scan(std::string_view text, std::size_t least_bytes, std::vector<Paragraph>& paragraphs);

  // The same with sentences. REQUIRES: `text` is valid UTF-8.
  void scan_sentences(std::string_view text, std::size_t least_bytes,
                      std::vector<Paragraph>& sentences);

 private:
  std::string_view without_loose_space(std::string_view content);
  std::string_view without_numbers(std::string_view content);
  void add(std::string_view text, std::size_t begin, std::size_t end, std::size_t least_bytes,
           std::vector<Paragraph>& paragraphs);

  // Fills parts_; returns whether there is a blank line between others.
  bool part_at_blank_lines(std::string_view text);
  // If not, its paragraphs are in parts_.
  bool lines_are_paragraphs(std::string_view text);

  bool masks_numbers_;
  ParagraphEnd end_;
  std::vector<TextSpan> parts_;
  std::string collapsed_, masked_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
};

}  // namespace copydesk
