// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/compressor.h"

#include <zlib.h>
#include <zstd.h>

#include <limits>
#include <new>
#include <vector>

namespace copydesk {
namespace {

constexpr std::size_t kOutputBytes = 128 * 1024;

class GzipCompressor : public Compressor {
 public:
  GzipCompressor() : buffer_(kOutputBytes) {
    constexpr int kLevel = 6;
    constexpr int kGzipFormat = 16;  // added to the window bits
    constexpr int kDefaultMemory = 8;
    if (deflateInit2(&stream_, kLevel, Z_DEFLATED, MAX_WBITS + kGzipFormat, kDefaultMemory,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~GzipCompressor() override { deflateEnd(&stream_); }
  GzipCompressor(const GzipCompressor&) = delete;
  GzipCompressor& operator=(const GzipCompressor&) = delete;

  void write(std::string_view bytes, const Output& output) override {
    while (!bytes.empty()) {
      const std::size_t count =
          std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
      // zlib declares its input without const, but does not write to it.
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream_.avail_in = static_cast<uInt>(count);
      run(Z_NO_FLUSH, output);
      bytes.remove_prefix(count);
    }
  }

  void finish(const Output& output) override {
    stream_.next_in = nullptr;
    stream_.avail_in = 0;
    run(Z_FINISH, output);
  }

 private:
  void run(int flush, const Output& output) {
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      deflate(&stream_, flush);
      output({buffer_.data(), buffer_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
  std::vector<char> buffer_;
};

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

class ZstdCompressor : public Compressor {
 public:
  ZstdCompressor() : context_(ZSTD_createCCtx()), buffer_(ZSTD_CStreamOutSize()) {
    constexpr int kLevel = 3;
    if (context_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  void write(std::string_view bytes, const Output& output) override {
    run(bytes, ZSTD_e_continue, output);
  }
  void finish(const Output& output) override { run({}, ZSTD_e_end, output); }

 private:
  void run(std::string_view bytes, ZSTD_EndDirective directive, const Output& output) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      left = ZSTD_compressStream2(context_.get(), &out, &in, directive);
      // With valid parameters only a failed allocation is left as a reason.
      if (ZSTD_isError(left)) throw std::bad_alloc();
      output({buffer_.data(), out.pos});
    } while (directive == ZSTD_e_end ? left != 0 : in.pos < in.size);
  }

  std::unique_ptr<ZSTD_CCtx, FreeContext> context_;
  std::vector<char> buffer_;
};

}  // namespace

std::unique_ptr<Compressor> make_gzip_compressor() {
  return std::make_unique<GzipCompressor>();
}
std::unique_ptr<Compressor> make_zstd_compressor() {
  return std::make_unique<ZstdCompressor>();
}

}  // namespace copydesk
