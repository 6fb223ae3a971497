// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/code_tokenizer.h"

#include <array>
#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/kernels/token_hash.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/symbol_text.h"

namespace copydesk {

namespace {

enum class CodeClass : std::uint8_t { kSpace, kWord, kSign, kBeyond };

constexpr std::array<CodeClass, 256> kCodeClasses = [] {
  std::array<CodeClass, 256> classes{};
  for (int c = 0; c < 0x80; ++c) classes[c] = CodeClass::kSign;
  for (int c = 0x80; c < 0x100; ++c) classes[c] = CodeClass::kBeyond;
  for (int c = '0'; c <= '9'; ++c) classes[c] = CodeClass::kWord;
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = CodeClass::kWord;
  for (int c = 'A'; c <= 'Z'; ++c) classes[c] = CodeClass::kWord;
  classes['_'] = CodeClass::kWord;
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'}) {
    classes[static_cast<unsigned char>(c)] = CodeClass::kSpace;
  }
  return classes;
}();

CodeClass class_beyond(std::uint32_t code_point) {
  if (is_white_space(code_point)) return CodeClass::kSpace;
  const bool is_symbol = code_point >= 0x2000 && code_point < 0x2C00;
  return is_symbol || code_point >= 0x2E80 ? CodeClass::kSign : CodeClass::kWord;
}

}  // namespace

void CodeTokenizer::tokenize(std::string_view text, TokenList& tokens, bool with_spans) {
  tokens.hashes.clear();
  tokens.spans.clear();
  padded_.resize(text.size() + kMiddleToken);
  std::memcpy(padded_.data(), text.data(), text.size());
  const auto add = [&](std::size_t begin, std::size_t end) {
    const char* const token = padded_.data() + begin;
    const std::size_t size = end - begin;
    tokens.hashes.push_back(size <= kMiddleToken ? hash_middle_token(token, size)
                                                 : XXH3_64bits(token, size));
    if (with_spans) tokens.spans.push_back({begin, end});
  };
  std::size_t word = std::string_view::npos;  // where the word under way began
  for (std::size_t i = 0; i < text.size();) {
    CodeClass kind = kCodeClasses[static_cast<unsigned char>(text[i])];
    std::size_t length = 1;
    if (kind == CodeClass::kBeyond) {
      const DecodedCharacter decoded = decode_within(text, i);
      kind = class_beyond(decoded.code_point);
      length = decoded.length;
    }
    if (kind == CodeClass::kWord) {
      if (word == std::string_view::npos) word = i;
    } else {
      if (word != std::string_view::npos) add(word, i);
      word = std::string_view::npos;
      if (kind == CodeClass::kSign) add(i, i + length);
    }
    i += length;
  }
  if (word != std::string_view::npos) add(word, text.size());
}

}  // namespace copydesk
