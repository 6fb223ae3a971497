// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/token_stemmer.h"

#include <libstemmer.h>

#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/error.h"
#include "copydesk/kernels/token_hash.h"

namespace copydesk {
namespace {

// Memory stays bounded in a corpus of any size: the stems met so far are forgotten at this many.
constexpr std::size_t kMostStems = std::size_t{1} << 18;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

struct TokenStemmer::Snowball {
  explicit Snowball(const std::string& language)
      : stemmer(sb_stemmer_new(language.c_str(), "UTF_8")) {}
  Snowball(const Snowball&) = delete;
  Snowball& operator=(const Snowball&) = delete;
  ~Snowball() { sb_stemmer_delete(stemmer); }

  sb_stemmer* stemmer;
};

TokenStemmer::TokenStemmer(const std::string& language)
    : snowball_(std::make_unique<Snowball>(language)) {
  if (snowball_->stemmer != nullptr) return;
  std::string known;
  for (const char** name = sb_stemmer_list(); *name != nullptr; ++name) {
    known += known.empty() ? *name : std::string(", ") + *name;
  }
  throw Error(ErrorCode::kInvalidOption, "there are stems for " + known, language);
}
TokenStemmer::~TokenStemmer() = default;

bool TokenStemmer::has_algorithm(const std::string& language) {
  return Snowball(language).stemmer != nullptr;
}
TokenStemmer::TokenStemmer(TokenStemmer&&) noexcept = default;
TokenStemmer& TokenStemmer::operator=(TokenStemmer&&) noexcept = default;

std::uint64_t TokenStemmer::stem_hash(std::string_view token) const {
  const auto* stem =
      sb_stemmer_stem(snowball_->stemmer, reinterpret_cast<const sb_symbol*>(token.data()),
                      static_cast<int>(token.size()));
  const auto size = static_cast<std::size_t>(sb_stemmer_length(snowball_->stemmer));
  if (stem == nullptr || size == 0) return XXH3_64bits(token.data(), token.size());
  if (size > kMiddleToken) return XXH3_64bits(stem, size);
  char padded[2 * kMiddleToken] = {};
  std::memcpy(padded, stem, size);
  return hash_middle_token(padded, size);
}

void TokenStemmer::stem(std::string_view folded, TokenList& tokens) {
  if (stems_.size() > kMostStems) stems_.clear();
  std::size_t at = 0;
  for (std::uint64_t& hash : tokens.hashes) {
    while (!is_word_byte(folded[at])) ++at;
    const std::size_t begin = at;
    while (at < folded.size() && is_word_byte(folded[at])) ++at;
    const auto [known, is_new] = stems_.try_emplace(hash, 0);
    if (is_new) known->second = stem_hash(folded.substr(begin, at - begin));
    hash = known->second;
  }
}

}  // namespace copydesk
