#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Inputs as bytes: of a pipe, which can be read once, its copy.

#include <memory>

#include "copydesk/read/input_list.h"
#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/random_access_file.h"

namespace copydesk {

// Decompressed. Throws as open_byte_source().
[[nodiscard]] std::unique_ptr<ByteSource> open_input(const Input& input,
                                                     const ByteSourceOptions& options);
// As it lies on the disk. Throws Error{kCannotOpen}.
[[nodiscard]] RandomAccessFile open_random_access(const Input& input);

}  // namespace copydesk
