// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/stream/decoder.h"
#include "copydesk/stream/inflater.h"

namespace copydesk {
namespace {

std::unique_ptr<Inflater> make_inflater(GzipEngine engine) {
  if (engine != GzipEngine::kZlib) {
    if (auto inflater = make_isal_inflater()) return inflater;
    if (engine == GzipEngine::kIsal) {
      throw Error(ErrorCode::kInvalidOption, "this build has no ISA-L");
    }
  }
  return make_zlib_inflater();
}

std::uint32_t load_little_endian(std::span<const char> bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return value;
}

// RFC 1952: any number of members, each a header, a deflate stream and a trailer; behind the last
// one zero bytes may pad the file.
class GzipDecoder : public Decoder {
 public:
  GzipDecoder(RawReader raw, const ByteSourceOptions& options)
      : Decoder(std::move(raw), options), inflater_(make_inflater(options.gzip_engine)) {}

  [[nodiscard]] Compression compression() const override { return Compression::kGzip; }

 protected:
  std::size_t decode(std::span<char> buffer) override {
    for (;;) {
      if (!in_member_ && !begin_member()) return 0;
      raw_.fill();
      const std::span<const char> input = raw_.available();
      const Inflater::Step step = inflater_->step(input, buffer);
      raw_.consume(step.consumed);
      raw_.unread(step.unread);
      crc_ = inflater_->checksum(crc_, buffer.first(step.produced));
      size_ += static_cast<std::uint32_t>(step.produced);
      if (step.status == Inflater::Status::kBroken) {
        fail("damaged gzip stream");
        return step.produced;
      }
      if (step.status == Inflater::Status::kEnd) {
        in_member_ = false;
        check_trailer();
      }
      if (step.produced > 0 || fault()) return step.produced;
      if (input.empty() && in_member_) {
        fail("truncated gzip stream");
        return 0;
      }
    }
  }

 private:
  // False at the end of the stream, good or bad.
  bool begin_member() {
    if (members_ > 0) {
      skip_padding();
      const std::size_t count = raw_.peek(kGzipMagicBytes);
      if (count == 0) {
        finish();
        return false;
      }
      if (!begins_gzip(raw_.available().first(count))) {
        fail("garbage after the last gzip member");
        return false;
      }
    }
    if (!read_header()) return false;
    inflater_->reset();
    crc_ = 0;
    size_ = 0;
    in_member_ = true;
    ++members_;
    return true;
  }

  void skip_padding() {
    while (raw_.fill()) {
      const std::span<const char> bytes = raw_.available();
      const auto zeros = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c != 0; });
      raw_.consume(static_cast<std::size_t>(zeros - bytes.begin()));
      if (zeros != bytes.end()) return;
    }
  }

  // The next byte of the header, or -1 after fail().
  int header_byte() {
    if (!raw_.fill()) {
      fail("truncated gzip stream");
      return -1;
    }
    const std::span<const char> byte = raw_.available().first(1);
    header_crc_ = inflater_->checksum(header_crc_, byte);
    const int value = static_cast<unsigned char>(byte[0]);
    raw_.consume(1);
    return value;
  }

  bool skip_header_bytes(int count) {
    for (int i = 0; i < count; ++i) {
      if (header_byte() < 0) return false;
    }
    return true;
  }

  bool skip_header_string() {
    for (;;) {
      const int byte = header_byte();
      if (byte <= 0) return byte == 0;
    }
  }

  bool read_header() {
    constexpr int kDeflate = 8;
    constexpr int kHeaderCrc = 2, kExtra = 4, kName = 8, kComment = 16, kReserved = 0xe0;
    header_crc_ = 0;
    if (!skip_header_bytes(2)) return false;
    const int method = header_byte();
    const int flags = method < 0 ? -1 : header_byte();
    if (flags < 0) return false;
    if (method != kDeflate || (flags & kReserved) != 0) {
      fail("unknown kind of gzip header");
      return false;
    }
    if (!skip_header_bytes(6)) return false;  // time, level, system
    if ((flags & kExtra) != 0) {
      const int low = header_byte();
      const int high = low < 0 ? -1 : header_byte();
      if (high < 0 || !skip_header_bytes(low | (high << 8))) return false;
    }
    if ((flags & kName) != 0 && !skip_header_string()) return false;
    if ((flags & kComment) != 0 && !skip_header_string()) return false;
    if ((flags & kHeaderCrc) != 0) {
      const std::uint32_t expected = header_crc_ & 0xffff;
      const int low = header_byte();
      const int high = low < 0 ? -1 : header_byte();
      if (high < 0) return false;
      if (static_cast<std::uint32_t>(low | (high << 8)) != expected) {
        fail("bad checksum of a gzip header");
        return false;
      }
    }
    return true;
  }

  void check_trailer() {
    constexpr std::size_t kTrailerBytes = 8;
    if (raw_.peek(kTrailerBytes) < kTrailerBytes) {
      fail("truncated gzip stream");
      return;
    }
    const std::span<const char> trailer = raw_.available();
    if (load_little_endian(trailer) != crc_) {
      fail("bad gzip checksum");
    } else if (load_little_endian(trailer.subspan(4)) != size_) {
      fail("bad size in a gzip trailer");
    } else {
      raw_.consume(kTrailerBytes);
    }
  }

  std::unique_ptr<Inflater> inflater_;
  std::uint64_t members_ = 0;
  std::uint32_t crc_ = 0;
  std::uint32_t size_ = 0;  // modulo 2^32, as in the trailer
  std::uint32_t header_crc_ = 0;
  bool in_member_ = false;
};

}  // namespace

bool is_available(GzipEngine engine) {
  return engine != GzipEngine::kIsal || make_isal_inflater() != nullptr;
}

std::unique_ptr<ByteSource> decode_gzip(RawReader raw, const ByteSourceOptions& options) {
  return std::make_unique<GzipDecoder>(std::move(raw), options);
}

}  // namespace copydesk
