// SPDX-License-Identifier: Apache-2.0
//
// Every instruction set gives the tokens of the reference, and spans lie on the borders of
// characters. Bytes that are no UTF-8 may become any tokens, but are no license to read elsewhere.
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/text/tokenizer.h"
#include "only_target.h"
#include "property.h"
#include "reference/tokenizer.h"
#include "valid_text.h"

using namespace copydesk;
using copydesk::fuzz::require;

namespace {

void check_text(std::string_view text, bool is_valid) {
  static const std::vector<std::int64_t> targets = supported_targets();
  Tokenizer tokenizer;
  TokenList tokens;
  TokenList spanned;
  std::vector<std::uint64_t> expected;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const OnlyTarget only(targets[i]);
    tokenizer.tokenize(text, tokens);
    tokenizer.tokenize_with_spans(text, spanned);
    require(spanned.spans.size() == spanned.hashes.size(), "every token has its span");
    for (const TextSpan& span : spanned.spans) {
      require(span.begin <= span.end && span.end <= text.size(), "spans lie in the text");
    }
    if (!is_valid) continue;
    require(tokens.hashes == spanned.hashes, "spans do not change the tokens");
    if (i == 0) expected = tokens.hashes;
    require(tokens.hashes == expected, "every instruction set gives the same tokens");
    std::size_t begin = 0;
    for (const TextSpan& span : spanned.spans) {
      require(!span.empty() && fuzz::is_span_of(text, span), "spans lie on borders of characters");
      require(span.begin >= begin, "spans are in order");
      begin = span.begin;
    }
  }
  if (!is_valid) return;
  const std::vector<reference::Token> plain = reference::tokenize(text);
  require(plain.size() == spanned.size(), "as many tokens as the reference finds");
  for (std::size_t i = 0; i < plain.size(); ++i) {
    require(plain[i].hash == spanned.hashes[i], "the tokens of the reference");
    require(plain[i].begin == spanned.spans[i].begin && plain[i].end == spanned.spans[i].end,
            "the spans of the reference");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = fuzz::valid_text(bytes);
  if (text != bytes) check_text(bytes, false);
  check_text(text, true);
  return 0;
}
