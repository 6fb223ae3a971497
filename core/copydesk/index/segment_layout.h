#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Names and numbers that writer and reader of a segment share. A row of 48 bytes: exact_low, exact_high,
// text hash, time, then of 32 bits each the end of the id in the file of ids, line, source, tokens; the two
// highest bits of the last are the class of the text.

#include <cstddef>
#include <cstdint>

namespace copydesk {

inline constexpr std::size_t kRowBytes = 48;
inline constexpr unsigned kClassShift = 30;
inline constexpr std::uint32_t kTokensMask = (std::uint32_t{1} << kClassShift) - 1;
// Where a set or a text stands: of texts see text_blocks.h; of sets the offset, and in the lower 24 bits how
// many times 64 bytes it takes at most.
inline constexpr unsigned kSetSizeBits = 24;
inline constexpr std::uint64_t kSetSizeMask = (std::uint64_t{1} << kSetSizeBits) - 1;
inline constexpr std::uint64_t kSetUnit = 64;

// What is read at random is checked in small blocks.
inline constexpr std::size_t kPlaceBlockBytes = 512;  // of 8 bytes each
inline constexpr std::size_t kKeyBlockBytes = 1024;   // of groups of about 72
inline constexpr std::size_t kSetBlockBytes = 4096;
inline constexpr std::size_t kTextBlockBytes = 16384;
inline constexpr std::size_t kOtherBlockBytes = 4096;

inline constexpr const char* kRowsName = "documents";
inline constexpr const char* kIdsName = "ids";
inline constexpr const char* kKeysName = "keys";
inline constexpr const char* kNotesName = "notes";
inline constexpr const char* kSetsName = "sets";
inline constexpr const char* kSetPlacesName = "set-places";
inline constexpr const char* kTextsName = "texts";
inline constexpr const char* kTextPlacesName = "text-places";

}  // namespace copydesk
