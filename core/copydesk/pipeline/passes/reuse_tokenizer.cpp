// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/reuse_tokenizer.h"

namespace copydesk {

void ReuseTokenizer::tokenize(const Document& document, bool wants_spans, TokenList& tokens) {
  const std::string_view text = masker_.masked(document);
  if (wants_spans) {
    tokenizer_.tokenize_with_spans(text, tokens);
  } else {
    tokenizer_.tokenize(text, tokens);
  }
}

}  // namespace copydesk
