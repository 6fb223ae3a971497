// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/batch_copies.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "copydesk/error.h"

namespace copydesk {

BlockCopies::BlockCopies(std::string folder, std::uint64_t memory_bytes, std::uint64_t most_bytes)
    : memory_bytes_(memory_bytes), most_bytes_(most_bytes), file_(std::move(folder)) {}

void BlockCopies::append_none() {
  places_.emplace_back();
}

void BlockCopies::append(const RecordBlock& block) {
  const std::string_view bytes = block.text();
  places_.emplace_back();
  if (size_ + bytes.size() > most_bytes_) return give_up();
  size_ += bytes.size();
  const bool has_owner = block.owner != nullptr || bytes.empty();
  try {
    if (!in_file_ && (!has_owner || size_ > memory_bytes_)) move_to_file();
    if (in_file_) {
      put_into_file(bytes, places_.back());
    } else {
      places_.back() = {Where::kMemory, block.owner, bytes, 0};
    }
  } catch (const Error&) {
    // No room: later passes decompress again.
    give_up();
  }
}

void BlockCopies::put_into_file(std::string_view bytes, Place& place) {
  place = {Where::kFile, nullptr, {}, file_.append(std::as_bytes(std::span(bytes)))};
}

void BlockCopies::move_to_file() {
  in_file_ = true;
  for (Place& place : places_) {
    if (place.where != Where::kMemory) continue;
    const Place moved = place;  // whose memory must last until it is written
    put_into_file(moved.bytes, place);
  }
}

void BlockCopies::give_up() {
  most_bytes_ = 0;
  size_ = 0;
  std::fill(places_.begin(), places_.end(), Place{});
  file_ = TemporaryFile(file_.folder());
}

bool BlockCopies::has(std::size_t block) const {
  return block < places_.size() && places_[block].where != Where::kNowhere;
}

bool BlockCopies::is_in_memory(std::size_t block) const {
  return block < places_.size() && places_[block].where == Where::kMemory;
}

void BlockCopies::share(std::size_t block, RecordBlock& target) const {
  assert(is_in_memory(block));
  target.bytes.clear();
  target.owner = places_[block].owner;
  target.owned_bytes = places_[block].bytes;
}

void BlockCopies::read(std::size_t block, std::uint64_t offset, std::span<char> bytes) const {
  assert(has(block));
  const Place& place = places_[block];
  if (place.where == Where::kMemory) {
    place.bytes.copy(bytes.data(), bytes.size(), offset);
  } else {
    file_.read(place.offset + offset, std::as_writable_bytes(bytes));
  }
}

}  // namespace copydesk
