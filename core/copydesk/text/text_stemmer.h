#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Stems of one language for all texts, or, as "auto", of the language of each text: with "auto" or
// "en", "runs" and "running" are one term of an English text; with "auto" they stay two where no
// language is known.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "copydesk/text/token_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// One object per thread; makes a stemmer for each language when its first text comes.
class TextStemmer {
 public:
  static constexpr std::string_view kAuto = "auto";

  // `language` as for TokenStemmer, with its errors; "auto"; or empty: nothing is stemmed.
  explicit TextStemmer(std::string language);

  [[nodiscard]] bool is_on() const { return !language_.empty(); }

  // Gives every token the hash of its stem. `text_language`, an ISO 639-1 code or empty, is looked
  // at under "auto" only; without an algorithm for it tokens stay as they are. REQUIRES: `folded`
  // is Tokenizer::folded() of the call that made `tokens`.
  void stem(std::string_view text_language, std::string_view folded, TokenList& tokens);

 private:
  std::string language_;
  std::map<std::string, std::optional<TokenStemmer>, std::less<>> stemmers_;
};

}  // namespace copydesk
