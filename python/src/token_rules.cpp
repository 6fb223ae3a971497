// SPDX-License-Identifier: Apache-2.0
#include "token_rules.h"

#include <algorithm>

#include "copydesk/error.h"

namespace copydesk::python {

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void set_token_rules(const std::string& tokens, const std::vector<std::string>& fold,
                     DedupSettings& settings) {
  if (tokens != "words" && tokens != "code") {
    throw Error(ErrorCode::kInvalidOption, "is neither \"words\" nor \"code\"", "tokens");
  }
  settings.code = tokens == "code";
  settings.fold_accents = holds(fold, "accents");
  settings.fold_chinese = holds(fold, "chinese");
}

bool is_by_characters(const std::string& shingle) {
  if (shingle == "word" || shingle == "char") return shingle == "char";
  throw Error(ErrorCode::kInvalidOption, "is neither \"word\" nor \"char\"", "shingle");
}

ShingleOptions shingles_of(const std::string& shingle, std::size_t size, const std::string& tokens,
                           const std::vector<std::string>& fold) {
  DedupSettings rules;
  set_token_rules(tokens, fold, rules);
  ShingleOptions shingles;
  shingles.unit = is_by_characters(shingle) ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  shingles.size = size;
  shingles.tokens = rules.code ? TokenKind::kCode : TokenKind::kWords;
  shingles.fold.accents = rules.fold_accents;
  shingles.fold.chinese = rules.fold_chinese;
  return shingles;
}

}  // namespace copydesk::python
