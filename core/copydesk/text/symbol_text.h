#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Texts that are not made of words: emoji, Braille, private use, music, code of signs only. The
// tokenizer finds little or nothing in them, so that all of them would look alike; they are
// compared by their characters instead.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "copydesk/text/tokenizer.h"
#include "copydesk/text/utf8.h"

namespace copydesk {

// The character at `place`; of bytes that are no UTF-8, or cut off by the end, one byte by itself.
[[nodiscard]] DecodedCharacter decode_within(std::string_view text, std::size_t place);

// Whether fewer than half of the characters of `text`, white space aside, belong to words.
// False for empty texts and those of white space alone. "😀 😀 ok" is none: two of four do.
// A mark is of what it stands on. `folded` is what Tokenizer::folded() gives for the text; where
// half of its bytes are of words, as in every ordinary text, nothing else is looked at.
[[nodiscard]] bool is_symbol_text(std::string_view text, std::string_view folded);

// Every character of `text` is a token, as it is; a run of white space inside the text is one token
// (that of a space). Replaces the contents of `tokens`; spans stay empty unless they are asked for.
void tokenize_characters(std::string_view text, TokenList& tokens, bool with_spans);

}  // namespace copydesk
