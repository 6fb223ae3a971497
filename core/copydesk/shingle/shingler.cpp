// SPDX-License-Identifier: Apache-2.0
#include "copydesk/shingle/shingler.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/error.h"
#include "copydesk/kernels/shingle_hash.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::uint64_t kShortFactor = 0xC2B2AE3D27D4EB4Fu;

// One shingle of everything. Its count goes in, so that no short text equals a window of a long one.
std::uint64_t hash_short_text(const std::vector<std::uint64_t>& hashes) {
  std::uint64_t sum = 0;
  for (const std::uint64_t hash : hashes) sum = sum * kShingleBase + hash;
  return mix_shingle(sum + hashes.size() * kShortFactor);
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// A character hash is the mixed code point, moved by one so that it is never 0.
std::uint64_t hash_character(std::uint32_t code_point) {
  return mix_shingle((std::uint64_t{code_point} + 1) * kShingleBase);
}

}  // namespace

Shingler::Shingler(const ShingleOptions& options) : options_(options) {
  if (options.size < 1 || options.size > 64) {
    throw Error(ErrorCode::kInvalidOption, "the shingle size must be between 1 and 64",
                std::to_string(options.size));
  }
}

void Shingler::shingle(std::string_view text, ShingledText& out) {
  XXH128_hash_t exact;
  if (options_.unit == ShingleUnit::kWord) {
    tokenizer_.tokenize(text, tokens_);
    exact = XXH3_128bits(tokens_.hashes.data(), tokens_.hashes.size() * sizeof(std::uint64_t));
  } else {
    read_characters(text);
    exact = XXH3_128bits(characters_.data(), characters_.size());
  }
  out.exact_low = exact.low64;
  out.exact_high = exact.high64;

  const std::vector<std::uint64_t>& hashes = tokens_.hashes;
  out.tokens = hashes.size();
  if (hashes.empty()) {
    out.text_class = TextClass::kEmpty;
    out.shingles.clear();
  } else if (hashes.size() < options_.size) {
    out.text_class = TextClass::kShort;
    out.shingles.assign(1, hash_short_text(hashes));
  } else {
    out.text_class = TextClass::kRegular;
    out.shingles.resize(hashes.size() - options_.size + 1);
    hash_shingles(hashes.data(), hashes.size(), options_.size, out.shingles.data());
  }
}

void Shingler::read_characters(std::string_view text) {
  const std::string_view folded = tokenizer_.fold(text);
  tokens_.hashes.clear();
  tokens_.spans.clear();
  characters_.clear();
  bool is_separated = false;
  for (std::size_t i = 0; i < folded.size();) {
    if (!is_word_byte(folded[i])) {
      is_separated |= folded[i] != '\x1F';
      ++i;
      continue;
    }
    if (is_separated && !characters_.empty()) {
      characters_.push_back(' ');
      tokens_.hashes.push_back(hash_character(' '));
    }
    is_separated = false;
    const auto [code_point, length] = decode_utf8(folded.data() + i);
    characters_.append(folded, i, length);
    tokens_.hashes.push_back(hash_character(code_point));
    i += length;
  }
}

}  // namespace copydesk
