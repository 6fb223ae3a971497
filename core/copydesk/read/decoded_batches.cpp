// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/decoded_batches.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "copydesk/error.h"

namespace copydesk {
namespace {

// At least, for what a stretch takes from the source.
constexpr std::size_t kStretchBytes = std::size_t{16} << 20;
constexpr std::size_t kPopulatedBytes = std::size_t{512} << 10;
constexpr std::uintptr_t kPage = 4096;
static_assert(kStretchBytes >= ByteSource::kInPlaceHistory + 2 * ByteSource::kInPlaceBytes);

}  // namespace

// Page by page, the first touch of memory would take nearly half as long as decompressing what it
// is for; asking for many pages at once saves a fifth of that. Huge pages would save most of it,
// and cost several times as much on virtual machines that give free ones back to their host.
void DecodedSpace::Stretch::populate(std::size_t end) {
  if (end <= populated) return;
  const std::size_t begin = populated;
  populated = std::min(size, end + kPopulatedBytes);
#ifdef MADV_POPULATE_WRITE
  // Whole pages within. It is a wish: where it is not known, pages come as they are touched.
  const auto first = (reinterpret_cast<std::uintptr_t>(memory.get()) + begin) & ~(kPage - 1);
  const auto last = (reinterpret_cast<std::uintptr_t>(memory.get()) + populated) & ~(kPage - 1);
  const auto start = begin == 0 ? first + kPage : first;
  if (start < last) {
    static_cast<void>(::madvise(reinterpret_cast<void*>(start), last - start, MADV_POPULATE_WRITE));
  }
#else
  static_cast<void>(begin);
#endif
}

void DecodedSpace::begin_source() {
  // The padding of the last batch stays as it is.
  end_ += stretch_ == nullptr ? 0 : RecordBatch::kPadding;
  begin_ = end_;
}

std::span<char> DecodedSpace::room() {
  constexpr std::size_t kLeast = ByteSource::kInPlaceBytes + RecordBatch::kPadding;
  if (stretch_ == nullptr || stretch_->size < end_ + kLeast) begin_stretch();
  stretch_->populate(end_ + kLeast);
  return {stretch_->memory.get() + end_, stretch_->size - RecordBatch::kPadding - end_};
}

void DecodedSpace::pad() {
  std::fill_n(stretch_->memory.get() + end_, RecordBatch::kPadding, '\0');
}

void DecodedSpace::begin_stretch() {
  const std::string_view moving = waiting();
  // Twice what is waiting, so that a long record is not moved often.
  const std::size_t size = 2 * moving.size() + kStretchBytes;
  // Batches that nobody keeps leave the memory of the last stretch but one.
  const bool is_free = former_.use_count() == 1 && former_->size == size;
  auto next = is_free ? std::move(former_) : std::make_shared<Stretch>(size);
  std::copy(moving.begin(), moving.end(), next->memory.get());
  if (stretch_ != nullptr) pad();
  former_ = std::move(stretch_);
  stretch_ = std::move(next);
  begin_ = 0;
  end_ = moving.size();
}

DecodedBatches::DecodedBatches(ByteSource& source, DecodedSpace& space, std::uint32_t source_index,
                             std::string name, InputFormat format,
                             const BatchReaderOptions& options)
    : BatchMaker(source, source_index, std::move(name), format, options), space_(space) {
  space_.begin_source();
}

bool DecodedBatches::next(RecordBatch& batch) {
  batch.faults.clear();
  batch.bytes.clear();
  if (done_) return false;
  if (!begun_) {
    const std::size_t count = fill(kFirstRead);
    space_.take(begin(batch, space_.waiting().substr(0, count)));
  }
  std::size_t size = 0;
  if (done_) {
    describe(batch);
  } else if (format_ == InputFormat::kText) {
    size = next_text(batch);
  } else {
    size = next_lines(batch);
    describe(batch);
    advance(space_.waiting().substr(0, size));
  }
  batch.owned_bytes = space_.waiting().substr(0, size);
  batch.owner = space_.owner();
  space_.take(size);
  if (!done_ && ended_ && space_.waiting().empty()) {
    report_end(batch);
    done_ = true;
  }
  const bool is_empty_text = format_ == InputFormat::kText && batch.faults.empty();
  return size > 0 || !batch.faults.empty() || is_empty_text;
}

// Reads on until `target` bytes and the padding of the parser are waiting, and returns how many of
// the target there are: fewer only at the end of the source. The padding of a batch belongs to the
// next one; being there before, it does not change while the batch is parsed.
std::size_t DecodedBatches::fill(std::size_t target) {
  while (!ended_ && space_.waiting().size() < target + RecordBatch::kPadding) {
    const std::span<char> room = space_.room();
    const std::size_t missing = target + RecordBatch::kPadding - space_.waiting().size();
    std::size_t count = 0;
    try {
      count = source_.read_in_place(
          room.first(std::min(room.size(), std::max(missing, ByteSource::kInPlaceBytes))));
    } catch (const Error& error) {
      take_read_error(error);
    }
    space_.add(count);
    if (count > 0) continue;
    ended_ = true;
    space_.pad();
  }
  return std::min(space_.waiting().size(), target);
}

// The size of a batch of lines, cut as in SourceBatches::next_lines().
std::size_t DecodedBatches::next_lines(RecordBatch& batch) {
  std::size_t target = batch_bytes_;
  std::size_t searched = 0;
  while (fill(target) == target) {
    const std::size_t cut = end_of_last_line(space_.waiting().substr(0, target), searched);
    if (cut > 0) return cut;
    searched = target;
    if (target > options_.max_record_bytes) {
      skip_long_line(batch, target);
      target = batch_bytes_;
      searched = 0;
    } else {
      target = std::min(2 * target, options_.max_record_bytes + 1);
    }
  }
  return space_.waiting().size();
}

// The first `size` bytes are the beginning of a line over the limit. Goes on behind that line.
void DecodedBatches::skip_long_line(RecordBatch& batch, std::size_t size) {
  report_long_line(batch, space_.waiting().substr(0, size));
  std::size_t end = 0;
  do {
    const std::string_view bytes = space_.waiting();
    const std::size_t found = bytes.find('\n');
    end = found == std::string_view::npos ? 0 : found + 1;
    const std::size_t passed = end > 0 ? end : bytes.size();
    offset_ += passed;
    space_.take(passed);
  } while (end == 0 && fill(kFirstRead) > 0);
  if (end > 0) ++line_;
}

// The size of the whole text. One that is cut short is no document.
std::size_t DecodedBatches::next_text(RecordBatch& batch) {
  done_ = true;
  const std::size_t limit = options_.max_record_bytes;
  const std::size_t size = fill(limit + 1);
  describe(batch);
  if (size > limit) {
    report_long_line(batch, space_.waiting().substr(0, size));
  } else {
    offset_ += size;
    report_end(batch);
  }
  return batch.faults.empty() ? size : 0;
}

}  // namespace copydesk
