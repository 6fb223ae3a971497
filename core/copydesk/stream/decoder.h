#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the sources for gzip and zstd share: the raw reader, the fault, the limit on the ratio.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/raw_reader.h"

namespace copydesk {

class Decoder : public ByteSource {
 public:
  Decoder(RawReader raw, const ByteSourceOptions& options)
      : raw_(std::move(raw)), options_(options) {
    raw_.reserve(kRawBytes);
  }

  std::size_t read(std::span<char> buffer) final {
    return finished_ || fault_ ? 0 : check_ratio(decode(buffer));
  }
  std::size_t read_in_place(std::span<char> buffer) final {
    return finished_ || fault_ ? 0 : check_ratio(decode_in_place(buffer));
  }

  [[nodiscard]] const std::optional<StreamFault>& fault() const final { return fault_; }
  [[nodiscard]] std::uint64_t raw_offset() const final { return raw_.offset(); }

 protected:
  // Like read(): 0 only after fail() or finish().
  virtual std::size_t decode(std::span<char> buffer) = 0;
  virtual std::size_t decode_in_place(std::span<char> buffer) { return decode(buffer); }

  void fail(std::string reason) { fault_ = StreamFault{raw_.offset(), std::move(reason)}; }
  void finish() { finished_ = true; }

  RawReader raw_;
  const ByteSourceOptions options_;

 private:
  // A block of zstd and its header fit in.
  static constexpr std::size_t kRawBytes = 256 * 1024;

  std::size_t check_ratio(std::size_t count) {
    produced_ += count;
    if (!fault_ && produced_ > options_.max_ratio_from &&
        static_cast<double>(produced_) > options_.max_ratio * static_cast<double>(raw_.offset())) {
      fail("decompresses to far more than its size (limit of the ratio)");
    }
    return count;
  }

  std::optional<StreamFault> fault_;
  std::uint64_t produced_ = 0;
  bool finished_ = false;
};

// Recognizes a stream by its first bytes and decodes it. `name` only serves the rule about
// truncated files named .gz or .zst.
std::unique_ptr<ByteSource> decode_stream(std::unique_ptr<RawSource> raw, const std::string& name,
                                          const ByteSourceOptions& options);

std::unique_ptr<ByteSource> decode_gzip(RawReader raw, const ByteSourceOptions& options);
std::unique_ptr<ByteSource> decode_zstd(RawReader raw, const ByteSourceOptions& options);

// Whether `bytes` begins a gzip member, or a (skippable) zstd frame. For fewer bytes than the magic
// number has: whether they may be its beginning. REQUIRES: `bytes` is not empty.
[[nodiscard]] bool begins_gzip(std::span<const char> bytes);
[[nodiscard]] bool begins_zstd(std::span<const char> bytes);

constexpr std::size_t kGzipMagicBytes = 2;
constexpr std::size_t kZstdMagicBytes = 4;

// The same for compressions that other libraries read. What was not built in is not recognized.
std::unique_ptr<ByteSource> decode_xz(RawReader raw, const ByteSourceOptions& options);
std::unique_ptr<ByteSource> decode_bzip2(RawReader raw, const ByteSourceOptions& options);
std::unique_ptr<ByteSource> decode_lz4(RawReader raw, const ByteSourceOptions& options);
// Which of them `bytes` begin, if they are as many as the longest magic number has, or the whole file.
[[nodiscard]] Compression further_compression(std::span<const char> bytes);
[[nodiscard]] bool begins_bzip2(std::span<const char> bytes);
constexpr std::size_t kBzip2MagicBytes = 10;
constexpr std::size_t kMostMagicBytes = 10;

}  // namespace copydesk
