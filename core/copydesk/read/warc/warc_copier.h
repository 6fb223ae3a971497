#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A WARC or ARC archive without some of its records, all others as the bytes they were: of a .gz or
// .zst the members are copied, not compressed again. Of response 1, its request 2 that says it is
// concurrent to it, and a revisit 3 of it, dropping 1 drops 2 as well; 3 stays, and is counted.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "copydesk/read/input_list.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

struct CopiedRecords {
  std::uint64_t kept = 0, dropped = 0;
  std::uint64_t dropped_with_others = 0;  // requests and metadata of dropped records
  std::uint64_t revisits_left = 0;        // kept, although what they refer to is gone
};

// What the name of an archive promises. WET is WARC.
struct ArchiveKind {
  bool is_arc = false;                       // else WARC
  Compression packing = Compression::kNone;  // or kGzip, kZstd
};

// Of names that end in .warc, .wet or .arc, and .gz or .zst behind that, in whatever case; none of
// others.
[[nodiscard]] std::optional<ArchiveKind> archive_kind(std::string_view path);

// Hands the bytes that stay to `write`. `dropped` are the ids that records have when they are read: of
// WARC without brackets, of ARC address and time. Output is packed as `kind` says: records that were
// packed otherwise, and those of members that hold several, of which not all stay, become members of
// their own. What follows damage of the compression is left out, as it is when documents are read; after
// other damage the next record is looked for. Memory: one record of up to `most_bytes`, twice. Throws
// Error{kCannotOpen}; {kCannotRead} if records are not of that kind, or the compression is another.
CopiedRecords copy_archive(const Input& input, const std::unordered_set<std::string>& dropped,
                           const ArchiveKind& kind, std::size_t most_bytes,
                           const std::function<void(std::string_view)>& write);

}  // namespace copydesk
