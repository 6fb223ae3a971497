// SPDX-License-Identifier: Apache-2.0
#include "copydesk/shingle/shingler.h"

#include <algorithm>
#include <array>

#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/kernels/shingle_hash.h"
#include "copydesk/text/symbol_text.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::uint64_t kShortFactor = 0xC2B2AE3D27D4EB4Fu;

// One shingle of everything. Its count goes in, so that no short text equals a window of a long
// one.
std::uint64_t hash_short_text(const std::vector<std::uint64_t>& hashes) {
  std::uint64_t sum = 0;
  for (const std::uint64_t hash : hashes) sum = sum * kShingleBase + hash;
  return mix_shingle(sum + hashes.size() * kShortFactor);
}

enum class ByteClass : std::uint8_t { kSeparator, kBoundary, kAscii, kBeyond };

constexpr std::array<ByteClass, 256> kByteClasses = [] {
  std::array<ByteClass, 256> classes{};
  classes[0x1F] = ByteClass::kBoundary;
  for (int c = '0'; c <= '9'; ++c) classes[c] = ByteClass::kAscii;
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = ByteClass::kAscii;
  for (int c = 0x80; c < 0x100; ++c) classes[c] = ByteClass::kBeyond;
  return classes;
}();

// A character hash is the mixed code point, moved by one so that it is never 0.
std::uint64_t hash_character(std::uint32_t code_point) {
  return mix_shingle((std::uint64_t{code_point} + 1) * kShingleBase);
}

}  // namespace

Shingler::Shingler(const ShingleOptions& options)
    : options_(options), tokenizer_(options.fold) {
  if (options.size < 1 || options.size > 64) {
    throw Error(ErrorCode::kInvalidOption, "the shingle size must lie between 1 and 64",
                "--shingle-size");
  }
}

void Shingler::shingle(std::string_view text, TokenKind kind, ShingledText& out) {
  characters_.clear();
  if (options_.unit == ShingleUnit::kWord) {
    has_words_ = tokenizer_.tokenize(text, kind, tokens_) == TokenUnit::kWord;
  } else if (kind == TokenKind::kCode) {
    tokenize_characters(text, tokens_, false);
    has_words_ = false;
  } else {
    read_characters(text);
    has_words_ = !characters_.empty();
  }
  const ContentHash exact =
      characters_.empty() ? content_hash_128(tokens_.hashes.data(),
                                             tokens_.hashes.size() * sizeof(std::uint64_t))
                          : content_hash_128(characters_.data(), characters_.size());
  out.exact_low = exact.low;
  out.exact_high = exact.high;

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

// Buffers are made large enough at once and cut at the end, because growing them character by
// character takes three times as long.
void Shingler::read_characters(std::string_view text) {
  const std::string_view folded = tokenizer_.words().fold(text);
  if (is_symbol_text(text, folded)) {
    tokenize_characters(text, tokens_, false);
    return;
  }
  tokens_.spans.clear();
  if (tokens_.hashes.size() < folded.size()) tokens_.hashes.resize(folded.size());
  if (characters_.size() < folded.size()) characters_.resize(folded.size());
  std::uint64_t* const first_hash = tokens_.hashes.data();
  std::uint64_t* hash = first_hash;
  char* out = characters_.data();
  bool is_separated = false;
  for (std::size_t i = 0; i < folded.size();) {
    const char byte = folded[i];
    const ByteClass byte_class = kByteClasses[static_cast<unsigned char>(byte)];
    if (byte_class == ByteClass::kSeparator || byte_class == ByteClass::kBoundary) {
      is_separated |= byte_class == ByteClass::kSeparator;
      ++i;
      continue;
    }
    if (is_separated && hash != first_hash) {
      *out++ = ' ';
      *hash++ = hash_character(' ');
    }
    is_separated = false;
    if (byte_class == ByteClass::kAscii) {
      *out++ = byte;
      *hash++ = hash_character(static_cast<unsigned char>(byte));
      ++i;
    } else {
      const auto [code_point, length] = decode_utf8(folded.data() + i);
      out = std::copy_n(folded.data() + i, length, out);
      *hash++ = hash_character(code_point);
      i += length;
    }
  }
  tokens_.hashes.resize(static_cast<std::size_t>(hash - first_hash));
  characters_.resize(static_cast<std::size_t>(out - characters_.data()));
}

}  // namespace copydesk
