#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents to the tokens that reuse search compares: all of a text, or what is left of it without
// its boilerplate.

#include "copydesk/blocks/text_masker.h"
#include "copydesk/document.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class ReuseTokenizer {
 public:
  // `mask`: what takes no part; null: nothing. Must outlive this.
  explicit ReuseTokenizer(const TextMask* mask) : masker_(mask) {}

  // Replaces `tokens`; their spans are places in the whole text. They may stay empty if they are
  // not wanted.
  void tokenize(const Document& document, bool wants_spans, TokenList& tokens);

 private:
  TextMasker masker_;
  Tokenizer tokenizer_;
};

}  // namespace copydesk
