// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "copydesk/stream/inflater.h"

namespace copydesk {
namespace {

constexpr std::size_t kMost = std::numeric_limits<uInt>::max();

class ZlibInflater : public Inflater {
 public:
  ZlibInflater() {
    // Negative window bits: raw deflate.
    if (inflateInit2(&stream_, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibInflater() override { inflateEnd(&stream_); }
  ZlibInflater(const ZlibInflater&) = delete;
  ZlibInflater& operator=(const ZlibInflater&) = delete;

  void reset() override { inflateReset(&stream_); }

  Step step(std::span<const char> input, std::span<char> output) override {
    const auto in_bytes = static_cast<uInt>(std::min(input.size(), kMost));
    const auto out_bytes = static_cast<uInt>(std::min(output.size(), kMost));
    // zlib declares its input without const, but does not write to it.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = in_bytes;
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = out_bytes;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    Step step;
    step.consumed = in_bytes - stream_.avail_in;
    step.produced = out_bytes - stream_.avail_out;
    if (result == Z_STREAM_END) {
      step.status = Status::kEnd;
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      step.status = Status::kBroken;
    }
    return step;
  }

  [[nodiscard]] std::uint32_t checksum(std::uint32_t crc,
                                       std::span<const char> bytes) const override {
    return static_cast<std::uint32_t>(
        crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::unique_ptr<Inflater> make_zlib_inflater() {
  return std::make_unique<ZlibInflater>();
}

}  // namespace copydesk
