// SPDX-License-Identifier: Apache-2.0
#include <bzlib.h>

#include <algorithm>
#include <new>

#include "copydesk/stream/decoder.h"

namespace copydesk {
namespace {

// Any number of streams, as parallel compressors write them.
class Bzip2Decoder : public Decoder {
 public:
  Bzip2Decoder(RawReader raw, const ByteSourceOptions& options)
      : Decoder(std::move(raw), options) {
    open();
  }
  ~Bzip2Decoder() override { close(); }
  Bzip2Decoder(const Bzip2Decoder&) = delete;
  Bzip2Decoder& operator=(const Bzip2Decoder&) = delete;

  [[nodiscard]] Compression compression() const override { return Compression::kBzip2; }

 protected:
  std::size_t decode(std::span<char> buffer) override {
    // The library counts in 32 bits.
    const auto room = static_cast<unsigned>(std::min<std::size_t>(buffer.size(), 1U << 30));
    stream_.next_out = buffer.data();
    stream_.avail_out = room;
    while (stream_.avail_out == room) {
      if (!is_open_ && !open_next()) break;
      if (!raw_.fill()) {
        fail("truncated bzip2 stream");
        break;
      }
      const std::span<const char> in = raw_.available();
      const auto size = static_cast<unsigned>(std::min<std::size_t>(in.size(), 1U << 30));
      stream_.next_in = const_cast<char*>(in.data());  // the library only reads it
      stream_.avail_in = size;
      const int result = BZ2_bzDecompress(&stream_);
      raw_.consume(size - stream_.avail_in);
      if (result == BZ_STREAM_END) {
        close();
      } else if (result == BZ_MEM_ERROR) {
        throw std::bad_alloc();
      } else if (result != BZ_OK) {
        fail("damaged bzip2 stream");
        break;
      }
    }
    return room - stream_.avail_out;
  }

 private:
  void open() {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
    is_open_ = true;
  }

  void close() {
    if (is_open_) BZ2_bzDecompressEnd(&stream_);
    is_open_ = false;
  }

  // False at the end, good or bad.
  bool open_next() {
    const std::size_t count = raw_.peek(kBzip2MagicBytes);
    if (count == 0) {
      finish();
      return false;
    }
    if (!begins_bzip2(raw_.available().first(count))) {
      fail("garbage after the last bzip2 stream");
      return false;
    }
    const auto out = stream_.next_out;
    const auto room = stream_.avail_out;
    stream_ = {};
    open();
    stream_.next_out = out;
    stream_.avail_out = room;
    return true;
  }

  bz_stream stream_{};
  bool is_open_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> decode_bzip2(RawReader raw, const ByteSourceOptions& options) {
  return std::make_unique<Bzip2Decoder>(std::move(raw), options);
}

}  // namespace copydesk
