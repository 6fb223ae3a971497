// SPDX-License-Identifier: Apache-2.0
#include <lzma.h>

#include <new>

#include "copydesk/stream/decoder.h"

namespace copydesk {
namespace {

// The largest preset of xz (-9) has a dictionary of 64 MiB and needs a little more.
constexpr std::uint64_t kMostMemory = std::uint64_t{160} << 20;

// Any number of streams, with padding between them.
class XzDecoder : public Decoder {
 public:
  XzDecoder(RawReader raw, const ByteSourceOptions& options) : Decoder(std::move(raw), options) {
    const lzma_ret result = lzma_stream_decoder(&stream_, kMostMemory, LZMA_CONCATENATED);
    if (result != LZMA_OK) throw std::bad_alloc();
  }
  ~XzDecoder() override { lzma_end(&stream_); }
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;

  [[nodiscard]] Compression compression() const override { return Compression::kXz; }

 protected:
  std::size_t decode(std::span<char> buffer) override {
    stream_.next_out = reinterpret_cast<std::uint8_t*>(buffer.data());
    stream_.avail_out = buffer.size();
    while (stream_.avail_out == buffer.size()) {
      const bool more = raw_.fill();
      const std::span<const char> in = raw_.available();
      stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
      stream_.avail_in = in.size();
      const lzma_ret result = lzma_code(&stream_, more ? LZMA_RUN : LZMA_FINISH);
      raw_.consume(in.size() - stream_.avail_in);
      if (result == LZMA_STREAM_END) {
        finish();
        break;
      }
      if (result != LZMA_OK) {
        report(result, more);
        break;
      }
    }
    return buffer.size() - stream_.avail_out;
  }

 private:
  void report(lzma_ret result, bool more) {
    switch (result) {
      case LZMA_MEM_ERROR:
        throw std::bad_alloc();
      case LZMA_MEMLIMIT_ERROR:
        return fail("xz dictionary of more than 128 MiB");
      case LZMA_BUF_ERROR:
        if (!more) return fail("truncated xz stream");
        [[fallthrough]];
      default:
        return fail("damaged xz stream");
    }
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

std::unique_ptr<ByteSource> decode_xz(RawReader raw, const ByteSourceOptions& options) {
  return std::make_unique<XzDecoder>(std::move(raw), options);
}

}  // namespace copydesk
