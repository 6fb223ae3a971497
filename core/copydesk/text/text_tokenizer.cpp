// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/text_tokenizer.h"

#include "copydesk/text/symbol_text.h"

namespace copydesk {

TokenUnit TextTokenizer::tokenize(std::string_view text, TokenKind kind, TokenList& tokens,
                                  bool with_spans) {
  if (kind == TokenKind::kCode) {
    code_.tokenize(text, tokens, with_spans);
    return TokenUnit::kCode;
  }
  if (with_spans) {
    words_.tokenize_with_spans(text, tokens);
  } else {
    words_.tokenize(text, tokens);
  }
  if (!is_symbol_text(text, words_.folded())) return TokenUnit::kWord;
  tokenize_characters(text, tokens, with_spans);
  return TokenUnit::kCharacter;
}

}  // namespace copydesk
