#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A WARC archive without some of its records, all others as the bytes they were: of a .gz the members
// are copied, not compressed again. Of response 1, its request 2 that says it is concurrent to it, and
// a revisit 3 of it, dropping 1 drops 2 as well; 3 stays, and is counted.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace copydesk {

struct CopiedRecords {
  std::uint64_t kept = 0, dropped = 0;
  std::uint64_t dropped_with_others = 0;  // requests and metadata of dropped records
  std::uint64_t revisits_left = 0;        // kept, although what they refer to is gone
};

// Whether a name promises WARC: it ends in .warc or .warc.gz.
[[nodiscard]] bool is_warc_name(std::string_view path);

// Hands the bytes that stay to `write`. `dropped` are record ids without brackets, `compressed` says
// whether output is to be gzip: records of a plain archive, and of members that hold several, become
// members of their own then. What follows damage is left out, as it is when documents are read. Memory:
// one record of up to `most_bytes`, twice. Throws Error{kCannotOpen}, {kCannotRead}, {kLimitExceeded}
// for a longer record that does not stand in a member of its own.
CopiedRecords copy_warc(const std::string& path, const std::unordered_set<std::string>& dropped,
                        bool compressed, std::size_t most_bytes,
                        const std::function<void(std::string_view)>& write);

}  // namespace copydesk
