#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where a span of tokens may be cut out of a text: never inside a character or a word, and by
// default not inside a sentence.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/sentence_splitter.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

enum class SpanBounds {
  kSentence,  // only whole sentences
  kWord,
};

// Widens `span` by the white space on one of its sides, so that what stands before and behind it
// stays apart as it was: of the two the one with fewer line feeds; at either end of the text the
// one towards the rest; both where nothing else is left. REQUIRES: no white space at its own ends.
[[nodiscard]] TextSpan with_white_space(std::string_view text, TextSpan span);

// Reuses its buffers; one object per thread.
class SpanTrimmer {
 public:
  explicit SpanTrimmer(SpanBounds bounds) : bounds_(bounds) {}

  // Takes a text and its tokens, with spans. Both must stay as they are during calls of trim().
  void set_text(std::string_view text, const TokenList& tokens);

  // The largest span of bytes within tokens [begin, end) that may be cut, with the white space on
  // one side; empty if there is none. Punctuation goes with its word or sentence.
  // REQUIRES: begin < end <= number of tokens; calls come in ascending order.
  [[nodiscard]] TextSpan trim(std::size_t begin, std::size_t end);

 private:
  [[nodiscard]] bool is_word_boundary(std::size_t token) const;
  [[nodiscard]] TextSpan trim_to_words(std::size_t begin, std::size_t end) const;
  [[nodiscard]] TextSpan trim_to_sentences(std::size_t begin, std::size_t end);
  bool next_sentence();

  struct Sentence {
    TextSpan span;
    std::size_t first_token = 0, end_token = 0;
  };
  SpanBounds bounds_;
  std::string_view text_;
  const TokenList* tokens_ = nullptr;
  SentenceSplitter splitter_;
  // A long text is split part by part, as spans are asked for; see first_part().
  SentenceList sentences_;  // of the part
  std::size_t part_begin_ = 0, part_end_ = 0;
  std::size_t next_ = 0;  // of sentences_
  Sentence sentence_;     // all before it are before the spans asked for
  bool has_sentence_ = false;
};

}  // namespace copydesk
