#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// System calls that come back short or interrupted, repeated until the work is done. A write of 250
// bytes that took 100 is followed by one of the other 150.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace copydesk {

// Throws ClosedPipe when the reading end has gone, else Error{kCannotWrite} about `name`.
void write_fully(int descriptor, std::string_view bytes, const std::string& name);

// Throws for a file that cannot be opened: Error{kLimitExceeded} where that is for want of
// descriptors or memory (EMFILE, ENFILE, ENOMEM), which says nothing of the file and ends a run, else
// Error{kCannotOpen}.
[[noreturn]] void throw_cannot_open(int error, const std::string& path);

// The same for a read that failed: Error{kLimitExceeded} or Error{kCannotRead}.
[[noreturn]] void throw_cannot_read(int error, const std::string& path);

// Throws Error{kCannotWrite} about `path`: `what`, and what the system says of `error`.
[[noreturn]] void throw_cannot_write(std::string_view what, int error, const std::string& path);

// Whether `error` is one of those that end a run.
[[nodiscard]] bool is_shortage(int error);

// Opens `path` for reading or as `flags` say if it is a regular file, without following a link and
// without waiting for anybody. Throws as throw_cannot_open, and Error{kCorruptFile} if it is
// something else, a pipe, say.
[[nodiscard]] int open_regular_file(const std::string& path, int flags, unsigned mode = 0600);

// Brings what was written to the disk; false, with errno, where that failed. Some file systems cannot
// sync what they hold, or not folders, and say so; that is no failure.
[[nodiscard]] bool sync_to_disk(int descriptor);
// The same for a folder, so that a new name in it stays. Throws as throw_cannot_write.
void sync_folder(const std::string& path);

// Reads at `offset` until `buffer` is full or the file ends; returns how many bytes. Leaves the
// position of the descriptor alone. Throws Error{kCannotRead} about `name`.
std::size_t read_fully_at(int descriptor, std::uint64_t offset, std::span<char> buffer,
                          const std::string& name);

}  // namespace copydesk
