#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which of the older character sets a text is written in, where nothing says so: by how the bytes
// read in each. What gives Russian words in small letters is windows-1251 rather than the KOI8-R
// that would give the same words in capitals.

#include <cstddef>
#include <string_view>

#include "copydesk/read/html/character_set.h"

namespace copydesk {

// So many bytes are looked at.
inline constexpr std::size_t kMostGuessedBytes = std::size_t{16} << 10;

// For bytes that are no UTF-8. Knows the sets of Cyrillic (windows-1251, koi8-r, ibm866,
// iso-8859-5), Greek, Hebrew, Arabic and Thai (windows-1253, 1255, 1256, 874), Chinese (gb18030,
// big5), Japanese (shift_jis, euc-jp), Korean (euc-kr), and Latin (windows-1250, iso-8859-2, 1254,
// 1257); where none of them reads well it is windows-1252.
[[nodiscard]] CharacterSet guess_character_set(std::string_view bytes);

}  // namespace copydesk
