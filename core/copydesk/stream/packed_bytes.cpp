// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/packed_bytes.h"

#include "copydesk/error.h"

namespace copydesk {

std::size_t PackedReader::get_count(std::size_t least_bytes) {
  const auto count = get<std::uint64_t>();
  if (count > bytes_.size() / least_bytes) fail();
  return count;
}

std::string PackedReader::get_text() {
  const std::size_t size = get_count(1);
  return std::string(take(size), size);
}

const char* PackedReader::take(std::size_t bytes) {
  if (bytes > bytes_.size()) fail();
  const char* const begin = bytes_.data();
  bytes_.remove_prefix(bytes);
  return begin;
}

void PackedReader::fail() const {
  throw Error(ErrorCode::kCorruptFile, "its contents do not fit together", name_);
}

}  // namespace copydesk
