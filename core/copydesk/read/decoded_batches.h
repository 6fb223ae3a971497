#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A compressed source cut into the same batches as SourceBatches does, which stay where they were
// decompressed to. Keeping their text then takes no copy, and a decoder that can find its history
// there takes none either.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/read/batch_maker.h"

namespace copydesk {

// The memory that batches are decompressed to, in long stretches: those of many small sources share
// one.
class DecodedSpace {
 public:
  // Passes over what is waiting, for another source.
  void begin_source();
  // What was filled and not yet taken.
  [[nodiscard]] std::string_view waiting() const {
    return stretch_ == nullptr ? std::string_view()
                               : std::string_view(stretch_->memory.get() + begin_, end_ - begin_);
  }
  [[nodiscard]] std::shared_ptr<const void> owner() const { return stretch_; }
  void take(std::size_t bytes) { begin_ += bytes; }
  // At least ByteSource::kInPlaceBytes, to be filled from the front. If there are no more at the
  // end of what was filled, goes on in a new stretch, to which what is waiting moves.
  [[nodiscard]] std::span<char> room();
  void add(std::size_t bytes) { end_ += bytes; }
  // Makes what follows the last byte initialized padding.
  void pad();

 private:
  struct Stretch {
    explicit Stretch(std::size_t bytes)
        : memory(std::make_unique_for_overwrite<char[]>(bytes)), size(bytes) {}
    // Sees to it that the system has given memory for the bytes up to `end`, and some more.
    void populate(std::size_t end);

    std::unique_ptr<char[]> memory;
    std::size_t size;
    std::size_t populated = 0;
  };

  void begin_stretch();

  std::shared_ptr<Stretch> stretch_;
  std::shared_ptr<Stretch> former_;  // the decoder may still refer to it
  std::size_t begin_ = 0;            // what is between these is waiting
  std::size_t end_ = 0;
};

class DecodedBatches : private BatchMaker {
 public:
  using BatchMaker::read_failed;

  // REQUIRES: `source` and `space` outlive this object, which has `space` for itself.
  DecodedBatches(ByteSource& source, DecodedSpace& space, std::uint32_t source_index,
                std::string name, InputFormat format, const BatchReaderOptions& options);

  // As SourceBatches::next(), for a batch that has no owner.
  bool next(RecordBatch& batch);

 private:
  std::size_t fill(std::size_t target);
  std::size_t next_lines(RecordBatch& batch);
  std::size_t next_text(RecordBatch& batch);
  void skip_long_line(RecordBatch& batch, std::size_t size);

  DecodedSpace& space_;
};

}  // namespace copydesk
