// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/rouge_tokenizer.h"

#include <algorithm>

#include "copydesk/evaluate/porter_stemmer.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// rouge_score lower-cases before it drops what is not ASCII, so that the two characters outside
// ASCII whose lower case begins in ASCII count as letters: the Kelvin sign gives "k", the capital I
// with dot gives "i" and a combining dot, which separates.
constexpr std::string_view kKelvinSign = "\xE2\x84\xAA";
constexpr std::string_view kCapitalDottedI = "\xC4\xB0";

bool is_ascii(std::string_view token) {
  return std::all_of(token.begin(), token.end(),
                     [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

}  // namespace

void RougeTokenizer::forget() {
  number_of_token_.clear();
  number_of_stem_.clear();
  numbers_ = 0;
}

std::uint32_t RougeTokenizer::number_of(const std::string& token) {
  const auto [entry, added] = number_of_token_.try_emplace(token, numbers_);
  if (!added) return entry->second;
  if (!stem_) return numbers_++;
  std::string stem = token;
  if (stem.size() > 3 && is_ascii(stem)) porter_stem(stem);
  const auto [stem_entry, stem_added] = number_of_stem_.try_emplace(std::move(stem), numbers_);
  if (stem_added) ++numbers_;
  entry->second = stem_entry->second;
  return entry->second;
}

void RougeTokenizer::tokenize(std::string_view text, RougeText& result) {
  result.tokens.clear();
  result.line_begin.assign(1, 0);
  if (rule_ == RougeTokens::kAscii) {
    tokenize_ascii(text, result);
  } else {
    tokenize_unicode(text, result);
  }
  result.line_begin.push_back(result.tokens.size());
}

void RougeTokenizer::tokenize_ascii(std::string_view text, RougeText& result) {
  token_.clear();
  const auto finish = [&] {
    if (!token_.empty()) result.tokens.push_back(number_of(token_));
    token_.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      token_.push_back(byte);
    } else if (byte >= 'A' && byte <= 'Z') {
      token_.push_back(static_cast<char>(byte - 'A' + 'a'));
    } else if (text.substr(i, kKelvinSign.size()) == kKelvinSign) {
      token_.push_back('k');
      i += kKelvinSign.size() - 1;
    } else {
      if (text.substr(i, kCapitalDottedI.size()) == kCapitalDottedI) token_.push_back('i');
      finish();
      if (byte == '\n') result.line_begin.push_back(result.tokens.size());
    }
  }
  finish();
}

void RougeTokenizer::tokenize_unicode(std::string_view text, RougeText& result) {
  folded_.clear();
  append_casefolded(text, folded_);
  token_.clear();
  bool single = false;  // token_ is a character of an unspaced script, which only marks can extend
  const auto finish = [&] {
    if (!token_.empty()) result.tokens.push_back(number_of(token_));
    token_.clear();
    single = false;
  };
  const auto append = [&](std::uint32_t character) {
    char bytes[4];
    token_.append(bytes, encode_utf8(character, bytes));
  };
  for (const std::uint32_t character : folded_) {
    const CharacterGroup group = character_group(character);
    if (group == CharacterGroup::kMark) {
      if (!token_.empty()) append(character);
    } else if (group == CharacterGroup::kLetter || group == CharacterGroup::kNumber) {
      const bool unspaced = is_unspaced_script(character);
      if (single || unspaced) finish();
      append(character);
      single = unspaced;
    } else {
      finish();
      if (character == U'\n') result.line_begin.push_back(result.tokens.size());
    }
  }
  finish();
}

}  // namespace copydesk
