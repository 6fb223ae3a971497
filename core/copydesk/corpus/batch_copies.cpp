// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/batch_copies.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "copydesk/error.h"

namespace copydesk {

BatchCopies::BatchCopies(std::string folder, std::uint64_t memory_bytes, std::uint64_t most_bytes)
    : memory_bytes_(memory_bytes), most_bytes_(most_bytes), file_(std::move(folder)) {}

void BatchCopies::keep(const RecordBatch& batch) {
  const std::string_view bytes = batch.text();
  const std::lock_guard lock(mutex_);
  if (places_.size() <= batch.sequence) places_.resize(batch.sequence + 1);
  if (size_ + bytes.size() > most_bytes_) return give_up();
  size_ += bytes.size();
  const bool has_owner = batch.owner != nullptr || bytes.empty();
  try {
    if (!in_file_ && (!has_owner || size_ > memory_bytes_)) move_to_file();
    if (in_file_) {
      put_into_file(bytes, places_[batch.sequence]);
    } else {
      places_[batch.sequence] = {Where::kMemory, batch.owner, bytes, 0};
    }
  } catch (const Error&) {
    // No room: later passes decompress again.
    give_up();
  }
}

void BatchCopies::put_into_file(std::string_view bytes, Place& place) {
  place = {Where::kFile, nullptr, {}, file_.append(std::as_bytes(std::span(bytes)))};
}

void BatchCopies::move_to_file() {
  in_file_ = true;
  for (Place& place : places_) {
    if (place.where != Where::kMemory) continue;
    const Place moved = place;  // whose memory must last until it is written
    put_into_file(moved.bytes, place);
  }
}

void BatchCopies::give_up() {
  most_bytes_ = 0;
  size_ = 0;
  std::fill(places_.begin(), places_.end(), Place{});
  file_ = TemporaryFile(file_.folder());
}

bool BatchCopies::has(std::size_t batch) const {
  return batch < places_.size() && places_[batch].where != Where::kNowhere;
}

bool BatchCopies::is_in_memory(std::size_t batch) const {
  return batch < places_.size() && places_[batch].where == Where::kMemory;
}

void BatchCopies::share(std::size_t batch, RecordBatch& target) const {
  assert(is_in_memory(batch));
  target.bytes.clear();
  target.owner = places_[batch].owner;
  target.owned_bytes = places_[batch].bytes;
}

void BatchCopies::read(std::size_t batch, std::uint64_t offset, std::span<char> bytes) const {
  assert(has(batch));
  const Place& place = places_[batch];
  if (place.where == Where::kMemory) {
    place.bytes.copy(bytes.data(), bytes.size(), offset);
  } else {
    file_.read(place.offset + offset, std::as_writable_bytes(bytes));
  }
}

}  // namespace copydesk
