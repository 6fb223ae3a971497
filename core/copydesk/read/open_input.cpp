// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/open_input.h"

namespace copydesk {

std::unique_ptr<ByteSource> open_input(const Input& input, const ByteSourceOptions& options) {
  return input.spool != nullptr ? open_byte_source(*input.spool, options)
                                : open_byte_source(input.path, options);
}

RandomAccessFile open_random_access(const Input& input) {
  return input.spool != nullptr ? RandomAccessFile(*input.spool) : RandomAccessFile(input.path);
}

}  // namespace copydesk
