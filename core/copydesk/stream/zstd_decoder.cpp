// SPDX-License-Identifier: Apache-2.0
#include <zstd.h>
#include <zstd_errors.h>

#include <new>
#include <string>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/stream/decoder.h"

namespace copydesk {
namespace {

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// RFC 8878: any number of frames, skippable ones among them. Unlike the library we look at the
// magic number of each frame first, to tell a stream cut between frames from one with garbage.
class ZstdDecoder : public Decoder {
 public:
  ZstdDecoder(RawReader raw, const ByteSourceOptions& options)
      : Decoder(std::move(raw), options), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    if (ZSTD_isError(ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax,
                                            options.zstd_window_log_max))) {
      throw Error(ErrorCode::kInvalidOption, "the zstd window limit must be in [10, 31]");
    }
  }

  [[nodiscard]] Compression compression() const override { return Compression::kZstd; }

 protected:
  std::size_t decode(std::span<char> buffer) override {
    for (;;) {
      if (!in_frame_ && !begin_frame()) return 0;
      raw_.fill();
      const std::span<const char> bytes = raw_.available();
      ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
      ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
      const std::size_t result = ZSTD_decompressStream(context_.get(), &output, &input);
      raw_.consume(input.pos);
      left_in_frame_ -= output.pos;
      if (ZSTD_isError(result)) {
        fail(describe(result));
        return output.pos;
      }
      if (result == 0) {
        in_frame_ = false;
        // The library looks at the stated size only where a whole frame comes at once.
        if (has_size_ && left_in_frame_ != 0) fail("damaged zstd stream");
        if (fault()) return output.pos;
      }
      if (output.pos > 0) return output.pos;
      if (bytes.empty() && in_frame_) {
        fail("truncated zstd stream");
        return 0;
      }
    }
  }

 private:
  // False at the end of the stream, good or bad.
  bool begin_frame() {
    const std::size_t count = raw_.peek(kZstdMagicBytes);
    if (count == 0 && frames_ > 0) {
      finish();
      return false;
    }
    if (count > 0 && !begins_zstd(raw_.available().first(count))) {
      fail("garbage after the last zstd frame");
      return false;
    }
    if (count < kZstdMagicBytes) {
      fail("truncated zstd stream");
      return false;
    }
    const std::size_t header = raw_.peek(kMostHeaderBytes);
    left_in_frame_ = ZSTD_getFrameContentSize(raw_.available().data(), header);
    has_size_ =
        left_in_frame_ != ZSTD_CONTENTSIZE_UNKNOWN && left_in_frame_ != ZSTD_CONTENTSIZE_ERROR;
    in_frame_ = true;
    ++frames_;
    return true;
  }

  [[nodiscard]] std::string describe(std::size_t result) const {
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_checksum_wrong:
        return "bad zstd checksum";
      case ZSTD_error_frameParameter_windowTooLarge:
        return "zstd window larger than 2^" + std::to_string(options_.zstd_window_log_max) +
               " bytes";
      case ZSTD_error_memory_allocation:
        throw std::bad_alloc();
      default:
        return "damaged zstd stream";
    }
  }

  static constexpr std::size_t kMostHeaderBytes = 18;  // of a frame

  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  std::uint64_t frames_ = 0;
  std::uint64_t left_in_frame_ = 0;  // of its output, where its header says the size
  bool has_size_ = false;
  bool in_frame_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> decode_zstd(RawReader raw, const ByteSourceOptions& options) {
  return std::make_unique<ZstdDecoder>(std::move(raw), options);
}

}  // namespace copydesk
