// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/text_stemmer.h"

#include <array>
#include <utility>

namespace copydesk {
namespace {

// The languages of ISO 639-1 that Snowball knows. Others must not fill the table of stemmers.
constexpr std::array<std::string_view, 26> kStemmed = {
    "ar", "ca", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "hi",
    "hu", "hy", "id", "it", "lt", "ne", "nl", "no", "pt", "ro", "ru", "sv", "tr"};

}  // namespace

TextStemmer::TextStemmer(std::string language) : language_(std::move(language)) {
  if (language_.empty() || language_ == kAuto) return;
  stemmers_[language_].emplace(language_);
}

void TextStemmer::stem(std::string_view text_language, std::string_view folded, TokenList& tokens) {
  if (language_.empty()) return;
  if (language_ != kAuto) {
    stemmers_.begin()->second->stem(folded, tokens);
    return;
  }
  if (text_language == "nb" || text_language == "nn") text_language = "no";
  auto found = stemmers_.find(text_language);
  if (found == stemmers_.end()) {
    bool is_stemmed = false;
    for (const std::string_view known : kStemmed) is_stemmed |= known == text_language;
    if (!is_stemmed) return;
    std::string name(text_language);
    found = stemmers_.emplace(name, std::nullopt).first;
    // Which of them a build of Snowball has depends on its version.
    if (TokenStemmer::has_algorithm(name)) found->second.emplace(name);
  }
  if (found->second) found->second->stem(folded, tokens);
}

}  // namespace copydesk
