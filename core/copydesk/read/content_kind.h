#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What an input holds, judged by its first bytes and its name.

#include <string>
#include <string_view>

#include "copydesk/read/input_list.h"

namespace copydesk {

// In which order text in UTF-16 seems to be written: as a byte order mark says, or because every other
// byte of its beginning is nearly always zero.
enum class ByteOrder { kNone, kLittle, kBig };
[[nodiscard]] ByteOrder utf16_order(std::string_view begin);

// What the beginning of a decompressed source seems to be, if it is nothing we read: "a tar
// archive", "UTF-16 text", ... Empty otherwise.
[[nodiscard]] std::string_view foreign_content(std::string_view begin);
// The same as the reason of a fault: "seems to be a tar archive, which is not read".
[[nodiscard]] std::string foreign_content_fault(std::string_view begin);

inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  // of UTF-8

// The format of a source of which `begin` are the first bytes. Names that end in .jsonl, .ndjson or
// .json (before .gz or .zst), and content that begins as an object of JSON does ('{', then '"' or
// '}'), are JSON Lines; an empty standard input too; all else is text. Under the name of a text (.txt,
// .md, .log ...) the whole first line must be an object.
[[nodiscard]] InputFormat resolve_format(InputFormat format, std::string_view path,
                                         std::string_view begin);

}  // namespace copydesk
