#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a JSON parser that turns numbers into 64 bits and strings into text cannot tell: the digits of
// a number as they were written, whether a number beyond 64 bits is well formed, and how a string
// is written.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk {

// Replaces each well-formed JSON number outside strings that may exceed 64 bits (many digits or an
// exponent) by a 0 and spaces, so that the text keeps its length. Whether the text is valid JSON
// does not change, for a parser without limits. Returns whether anything was replaced.
bool blank_large_numbers(std::string& json);

// What writers of JSON leave behind that JSON does not have, as values that it has, so that the text
// keeps its length: NaN, Infinity and -Infinity where a value stands become 0 and spaces, and half a
// surrogate pair in a string (\ud800 without its other half) becomes \ufdd0, which is no character.
// Returns whether anything was replaced.
bool mend_foreign_values(std::string& json);
inline constexpr std::string_view kMendedCharacter = "\xef\xb7\x90";  // U+FDD0

// The value of the first member `name` of an object, as written, without white space around it.
// `name` is compared with the unescaped keys. REQUIRES: `object` is valid JSON and an object.
[[nodiscard]] std::optional<std::string_view> raw_member(std::string_view object,
                                                         std::string_view name);

// What stands behind a backslash in a JSON string, with its length as written: \n is a line feed in
// 2 bytes, \u00e9 is U+00E9 in 6, and \ud83d\ude00 is U+1F600 in 12.
struct JsonEscape {
  std::uint32_t code_point;
  std::size_t size;
};
// Half of a surrogate pair is U+FFFD. REQUIRES: `written`, the rest of a valid JSON string, begins with
// the backslash.
[[nodiscard]] JsonEscape json_escape(std::string_view written);

// Appends what the contents of a valid JSON string, given without its quotes, mean.
void append_unescaped(std::string& out, std::string_view written);

// The same member unescaped, if it is a string; else empty.
[[nodiscard]] std::string text_member(std::string_view object, std::string_view name);

}  // namespace copydesk
