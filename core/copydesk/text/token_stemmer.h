#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Tokens to stems by the Snowball algorithms, for whoever wants "runs" and "running" to be one
// term.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "copydesk/text/tokenizer.h"

namespace copydesk {

// One object per thread.
class TokenStemmer {
 public:
  // `language` is an ISO 639 code or the English name of a language. Throws Error{kInvalidOption}
  // if Snowball has no algorithm for it.
  explicit TokenStemmer(const std::string& language);
  ~TokenStemmer();
  TokenStemmer(TokenStemmer&&) noexcept;
  TokenStemmer& operator=(TokenStemmer&&) noexcept;

  // Whether the constructor would find one.
  [[nodiscard]] static bool has_algorithm(const std::string& language);

  // Gives every token the hash that its stem has as a token.
  // REQUIRES: `folded` is Tokenizer::folded() of the call that made `tokens`.
  void stem(std::string_view folded, TokenList& tokens);

 private:
  struct Snowball;
  [[nodiscard]] std::uint64_t stem_hash(std::string_view token) const;

  std::unique_ptr<Snowball> snowball_;
  std::unordered_map<std::uint64_t, std::uint64_t> stems_;  // hashes of the tokens met so far
};

}  // namespace copydesk
