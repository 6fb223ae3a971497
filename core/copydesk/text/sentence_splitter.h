#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text to sentences, by rules (docs/summaries.md): the sentence properties of Unicode,
// abbreviations of the language (ICU's suppressions and lists of our own), initials, numbers, list
// items and line structure. Headlines and captions without a full stop are sentences of their own.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/text_marks.h"

namespace copydesk {

// What is done with a quotation of several sentences.
enum class Quotations {
  kSplit,         // its sentences are sentences
  kKeepTogether,  // a quotation or parenthesis that is closed in its paragraph is never cut
};

struct SentenceSplitterOptions {
  std::string
      language;  // ISO 639-1 code; empty: abbreviations of English and of unmistakable script
  Quotations quotations = Quotations::kSplit;
};

struct SentenceList {
  std::vector<TextSpan> spans;            // in order, without the white space around them
  std::vector<std::uint32_t> paragraphs;  // number of the paragraph each stands in; ascending

  [[nodiscard]] std::size_t size() const { return spans.size(); }
};

// Reuses its buffers; one object per thread.
class SentenceSplitter {
 public:
  // Throws Error{kInvalidOption} for a language that is not of 2 to 8 ASCII letters.
  explicit SentenceSplitter(const SentenceSplitterOptions& options = {});
  ~SentenceSplitter();
  SentenceSplitter(SentenceSplitter&&) noexcept;
  SentenceSplitter& operator=(SentenceSplitter&&) noexcept;

  // The language of the abbreviations of the texts to come, an ISO 639-1 code; one without lists
  // stands for that of the options, and so does an empty one.
  void set_language(std::string_view language);

  // Replaces the contents of `sentences`. Every character that is not white space is in exactly one
  // sentence. Time is linear in the text. REQUIRES: `text` is valid UTF-8.
  void split(std::string_view text, SentenceList& sentences);

  // Of the text that was split last.
  [[nodiscard]] const TextMarks& marks() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
