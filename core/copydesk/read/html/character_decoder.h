#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The decoders behind character_set.h, with the tables that the build generates.

#include <string>
#include <string_view>

#include "copydesk/read/html/character_set.h"

namespace copydesk {

// Overwrites `out` with `bytes` as UTF-8; the two bytes 0x81 0x30 of Shift_JIS become U+FFFD and
// "0".
void decode_characters(std::string_view bytes, CharacterSet set, std::string& out);

}  // namespace copydesk
