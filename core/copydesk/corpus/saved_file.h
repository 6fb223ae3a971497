#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Files that an earlier run wrote for later ones (site models, IDF tables), read whole.

#include <cstdint>
#include <string>
#include <string_view>

namespace copydesk {

// The bytes of `path`, decompressed. Reads no more than `stated_size` says after the first bytes of
// the file (which are all that is read where it says 0), and a byte, so that what is no such file is
// found out cheaply, and an archive cannot fill the memory.
// Throws Error{kCannotOpen}, Error{kCannotRead}, Error{kCorruptFile} for a damaged archive.
std::string read_kept_file(const std::string& path,
                           std::uint64_t (*stated_size)(std::string_view head));

}  // namespace copydesk
