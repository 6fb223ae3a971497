#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A text as its paragraphs or sentences, each with a key that does not see numbers, to count what
// repeats over the documents of a corpus.

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
  std::uint64_t key =
      0;  // XXH3-64 of its bytes or, masked, with every run of ASCII digits one sign
};

// Reuses its buffers; one object per thread.
class ParagraphScanner {
 public:
  // `masks_numbers`: keys do not see numbers.
  explicit ParagraphScanner(bool masks_numbers) : masks_numbers_(masks_numbers) {}

  // Paragraphs of at least `least_bytes` bytes. They are parted by blank lines; in a text without
  // blank lines each line is one. Replaces the contents of `paragraphs`.
  void scan(std::string_view text, std::size_t least_bytes, std::vector<Paragraph>& paragraphs);

  // The same with sentences. REQUIRES: `text` is valid UTF-8.
  void scan_sentences(std::string_view text, std::size_t least_bytes,
                      std::vector<Paragraph>& sentences);

 private:
  void add(std::string_view text, std::size_t begin, std::size_t end, std::size_t least_bytes,
           std::vector<Paragraph>& paragraphs);

  bool masks_numbers_;
  std::string masked_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
};

}  // namespace copydesk
