// SPDX-License-Identifier: Apache-2.0
#include <lz4frame.h>

#include <new>

#include "copydesk/stream/decoder.h"

namespace copydesk {
namespace {

// Any number of frames, skippable ones among them.
class Lz4Decoder : public Decoder {
 public:
  Lz4Decoder(RawReader raw, const ByteSourceOptions& options) : Decoder(std::move(raw), options) {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) != 0) {
      throw std::bad_alloc();
    }
  }
  ~Lz4Decoder() override { LZ4F_freeDecompressionContext(context_); }
  Lz4Decoder(const Lz4Decoder&) = delete;
  Lz4Decoder& operator=(const Lz4Decoder&) = delete;

  [[nodiscard]] Compression compression() const override { return Compression::kLz4; }

 protected:
  std::size_t decode(std::span<char> buffer) override {
    std::size_t produced = 0;
    while (produced == 0) {
      const bool more = raw_.fill();
      if (!more && !in_frame_) {
        finish();
        break;
      }
      const std::span<const char> in = raw_.available();
      std::size_t in_size = in.size();
      std::size_t out_size = buffer.size();
      const std::size_t result =
          LZ4F_decompress(context_, buffer.data(), &out_size, in.data(), &in_size, nullptr);
      if (LZ4F_isError(result) != 0) {
        fail(!in_frame_ && frames_ > 0 ? "garbage after the last lz4 frame" : "damaged lz4 stream");
        break;
      }
      raw_.consume(in_size);
      produced = out_size;
      frames_ += result == 0 ? 1 : 0;
      in_frame_ = result != 0;
      if (!more && produced == 0 && in_frame_) {
        fail("truncated lz4 stream");
        break;
      }
    }
    return produced;
  }

 private:
  LZ4F_dctx* context_ = nullptr;
  std::uint64_t frames_ = 0;
  bool in_frame_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> decode_lz4(RawReader raw, const ByteSourceOptions& options) {
  return std::make_unique<Lz4Decoder>(std::move(raw), options);
}

}  // namespace copydesk
