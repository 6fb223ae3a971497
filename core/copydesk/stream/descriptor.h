#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// System calls that come back short or interrupted, repeated until the work is done.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace copydesk {

// Throws ClosedPipe when the reading end has gone, else Error{kCannotWrite} about `name`.
void write_fully(int descriptor, std::string_view bytes, const std::string& name);

// Reads at `offset` until `buffer` is full or the file ends; returns how many bytes. Leaves the
// position of the descriptor alone. Throws Error{kCannotRead} about `name`.
std::size_t read_fully_at(int descriptor, std::uint64_t offset, std::span<char> buffer,
                          const std::string& name);

}  // namespace copydesk
