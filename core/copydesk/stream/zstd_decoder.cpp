// SPDX-License-Identifier: Apache-2.0
// For the interface without buffers.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/stream/decoder.h"
#include "copydesk/stream/large_buffer.h"

namespace copydesk {
namespace {

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// RFC 8878: any number of frames, skippable ones among them.
//
// The library's interface for streams loses what it has decompressed in the call in which it finds
// damage, so how much comes out would depend on the sizes of reads. The one without buffers goes on
// by one block at a time. It also takes matches from where earlier output was put, as long as that
// is contiguous or in one other piece, so output that stays where it is needs no window.
class ZstdDecoder : public Decoder {
 public:
  ZstdDecoder(RawReader raw, const ByteSourceOptions& options)
      : Decoder(std::move(raw), options), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    if (options.zstd_window_log_max < 10 || options.zstd_window_log_max > 31) {
      throw Error(ErrorCode::kInvalidOption, "the zstd window limit must be in [10, 31]");
    }
  }

  [[nodiscard]] Compression compression() const override { return Compression::kZstd; }

 protected:
  std::size_t decode(std::span<char> buffer) override {
    while (window_begin_ == window_end_) {
      if (fault() || (!in_frame_ && !begin_frame())) return 0;
      decode_into_window();
    }
    const std::size_t count = std::min(buffer.size(), window_end_ - window_begin_);
    std::copy_n(window_.data() + window_begin_, count, buffer.begin());
    window_begin_ += count;
    return count;
  }

  std::size_t decode_in_place(std::span<char> buffer) override {
    std::size_t produced = 0;
    while (produced < kInPlaceBytes && buffer.size() - produced >= kInPlaceBytes) {
      const bool is_waiting = window_begin_ != window_end_;
      if (!is_waiting && (fault() || (!in_frame_ && !begin_frame()))) break;
      if (is_waiting || window_size_ > kInPlaceHistory) {
        produced += decode(buffer.subspan(produced));
      } else {
        produced += decode_block(buffer.subspan(produced));
      }
    }
    return produced;
  }

 private:
  static constexpr std::size_t kMostHeaderBytes = 18;  // of a frame
  static constexpr std::size_t kSkippableHeaderBytes = 8;
  static_assert(kInPlaceBytes >= ZSTD_BLOCKSIZE_MAX);

  // False at the end of the stream, good or bad.
  bool begin_frame() {
    for (;; ++frames_) {
      const std::size_t count = raw_.peek(kZstdMagicBytes);
      if (count == 0 && frames_ > 0) {
        finish();
        return false;
      }
      if (count > 0 && !begins_zstd(raw_.available().first(count))) {
        fail("garbage after the last zstd frame");
        return false;
      }
      ZSTD_frameHeader header;
      const std::size_t bytes = raw_.peek(kMostHeaderBytes);
      const std::size_t result = ZSTD_getFrameHeader(&header, raw_.available().data(), bytes);
      if (ZSTD_isError(result)) {
        fail(describe(result));
        return false;
      }
      if (result != 0) {
        fail_truncated();
        return false;
      }
      if (header.frameType != ZSTD_skippableFrame) return begin_frame(header);
      if (!skip(kSkippableHeaderBytes + header.frameContentSize)) return false;
    }
  }

  bool begin_frame(const ZSTD_frameHeader& header) {
    if (header.dictID != 0) {
      fail("zstd frame that needs the dictionary " + std::to_string(header.dictID) +
           ", which nobody can give");
      return false;
    }
    left_in_frame_ = header.frameContentSize;
    has_size_ = left_in_frame_ != ZSTD_CONTENTSIZE_UNKNOWN;
    window_size_ = std::min<std::uint64_t>(header.windowSize, header.frameContentSize);
    if (header.windowSize > std::uint64_t{1} << options_.zstd_window_log_max) {
      fail("zstd window larger than 2^" + std::to_string(options_.zstd_window_log_max) + " bytes");
      return false;
    }
    ZSTD_decompressBegin(context_.get());
    in_frame_ = true;
    ++frames_;
    return true;
  }

  bool skip(std::uint64_t bytes) {
    while (bytes > 0) {
      if (!raw_.fill()) {
        fail("truncated zstd stream");
        return false;
      }
      const std::size_t count = std::min<std::uint64_t>(bytes, raw_.available().size());
      raw_.consume(count);
      bytes -= count;
    }
    return true;
  }

  // Goes on with a frame in the window: a ring in which, while a block is put over the oldest
  // bytes, as many as the frame may refer to stay behind it.
  void decode_into_window() {
    if (window_.size() < window_size_ + 3 * kInPlaceBytes) {
      // At the first part of a frame: window_size_ stays what it is to its end.
      window_ = LargeBuffer<char>(window_size_ + 3 * kInPlaceBytes);
      window_end_ = 0;
    }
    if (window_.size() - window_end_ < kInPlaceBytes) window_end_ = 0;
    window_begin_ = window_end_;
    window_end_ += decode_block(window_.values().subspan(window_end_, kInPlaceBytes));
  }

  // The next part of a frame: a header, a block or the checksum.
  std::size_t decode_block(std::span<char> buffer) {
    const std::size_t wanted = ZSTD_nextSrcSizeToDecompress(context_.get());
    if (raw_.peek(wanted) < wanted) {
      fail_truncated();
      return 0;
    }
    const std::size_t result = ZSTD_decompressContinue(context_.get(), buffer.data(), buffer.size(),
                                                       raw_.available().data(), wanted);
    if (ZSTD_isError(result)) {
      fail(describe(result));
      return 0;
    }
    raw_.consume(wanted);
    left_in_frame_ -= result;
    if (ZSTD_nextSrcSizeToDecompress(context_.get()) == 0) {
      in_frame_ = false;
      if (has_size_ && left_in_frame_ != 0) fail("damaged zstd stream");
    }
    return result;
  }

  void fail_truncated() {
    raw_.consume(raw_.available().size());
    fail("truncated zstd stream");
  }

  static std::string describe(std::size_t result) {
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_checksum_wrong:
        return "bad zstd checksum";
      case ZSTD_error_memory_allocation:
        throw std::bad_alloc();
      default:
        return "damaged zstd stream";
    }
  }

  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  std::uint64_t frames_ = 0;
  std::uint64_t left_in_frame_ = 0;  // of its output, where its header says the size
  std::uint64_t window_size_ = 0;    // how far back the frame may refer
  bool has_size_ = false;
  bool in_frame_ = false;
  LargeBuffer<char> window_;
  std::size_t window_begin_ = 0;  // what is between these is decoded, but not yet given out
  std::size_t window_end_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> decode_zstd(RawReader raw, const ByteSourceOptions& options) {
  return std::make_unique<ZstdDecoder>(std::move(raw), options);
}

}  // namespace copydesk
