#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The character sets of the web (Encoding standard of the WHATWG): their labels, which one a page
// is in, and decoding to UTF-8. "latin1", "ISO-8859-1" and "ascii" are all windows-1252 there.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk {

// In the order of kCharacterSetNames; those from kFirstSingleByteSet on have one byte a character.
enum class CharacterSet : std::uint8_t {
  kUtf8,
  kUtf16le,
  kUtf16be,
  kReplacement,  // what is not decoded because it hides markup (hz-gb-2312, iso-2022-kr): one
                 // U+FFFD
  kUserDefined,
  kGbk,
  kGb18030,
  kBig5,
  kEucJp,
  kIso2022Jp,
  kShiftJis,
  kEucKr,
  kWindows1252,  // the others follow in the order of the names
};

inline constexpr std::array<std::string_view, 40> kCharacterSetNames = {
    "utf-8",        "utf-16le",     "utf-16be",     "replacement",  "x-user-defined",
    "gbk",          "gb18030",      "big5",         "euc-jp",       "iso-2022-jp",
    "shift_jis",    "euc-kr",       "windows-1252", "ibm866",       "iso-8859-2",
    "iso-8859-3",   "iso-8859-4",   "iso-8859-5",   "iso-8859-6",   "iso-8859-7",
    "iso-8859-8",   "iso-8859-8-i", "iso-8859-10",  "iso-8859-13",  "iso-8859-14",
    "iso-8859-15",  "iso-8859-16",  "koi8-r",       "koi8-u",       "macintosh",
    "windows-874",  "windows-1250", "windows-1251", "windows-1253", "windows-1254",
    "windows-1255", "windows-1256", "windows-1257", "windows-1258", "x-mac-cyrillic"};
inline constexpr std::size_t kFirstSingleByteSet =
    static_cast<std::size_t>(CharacterSet::kWindows1252);

[[nodiscard]] std::string_view name_of(CharacterSet set);

// By one of its labels, in any case and with white space around it: " UTF8" is UTF-8.
[[nodiscard]] std::optional<CharacterSet> find_character_set(std::string_view label);

// The label in the value of a Content-Type header or of a meta element: "utf-8" in
// "text/html; charset=utf-8". Empty if there is none.
[[nodiscard]] std::string_view charset_parameter(std::string_view content_type);

// The character set of a page: what its byte order mark says, else the label of the HTTP header
// (may be empty), else a meta element within the first 4,096 bytes, unless there is no header and
// the page is UTF-8 beyond ASCII; else UTF-8 if it is that, else guess_character_set() of what is
// not ASCII. A page is UTF-8 if fewer than one in ten characters beyond ASCII are broken, one that
// is cut off aside.
// Labels nobody knows are passed over.
[[nodiscard]] CharacterSet detect_character_set(std::string_view page,
                                                std::string_view header_label);

// `bytes` as valid UTF-8, without a byte order mark: a part of `bytes` itself where they are UTF-8,
// else of `buffer`, which is overwritten. What the set has no character for becomes U+FFFD.
[[nodiscard]] std::string_view decode_to_utf8(std::string_view bytes, CharacterSet set,
                                              std::string& buffer);

}  // namespace copydesk
