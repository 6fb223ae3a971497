// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/name_table.h"

#include <functional>

#include "copydesk/error.h"

namespace copydesk {

std::string_view NameTable::operator[](std::uint32_t number) const {
  const std::uint64_t begin = begins_[number];
  const std::uint64_t end = number + 1 < begins_.size() ? begins_[number + 1] : bytes_.size();
  return std::string_view(bytes_).substr(begin, end - begin);
}

// The slot that holds `id`, or the free one where it belongs. REQUIRES: a free slot exists.
std::size_t NameTable::slot_of(std::string_view id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(id)&mask;
  while (slots_[slot] != 0 && (*this)[slots_[slot] - 1] != id) slot = (slot + 1) & mask;
  return slot;
}

void NameTable::grow() {
  slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, 0);
  for (std::uint32_t number = 0; number < begins_.size(); ++number) {
    slots_[slot_of((*this)[number])] = number + 1;
  }
}

std::uint32_t NameTable::add(std::string_view id) {
  if (begins_.size() >= slots_.size() * 3 / 4) grow();
  const std::size_t slot = slot_of(id);
  if (slots_[slot] == 0) {
    if (begins_.size() >= (std::size_t{1} << 31) - 1) {
      throw Error(ErrorCode::kLimitExceeded, "more than 2^31 document ids");
    }
    begins_.push_back(bytes_.size());
    bytes_.append(id);
    slots_[slot] = static_cast<std::uint32_t>(begins_.size());
  }
  return slots_[slot] - 1;
}

std::optional<std::uint32_t> NameTable::find(std::string_view id) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t entry = slots_[slot_of(id)];
  if (entry == 0) return std::nullopt;
  return entry - 1;
}

}  // namespace copydesk
