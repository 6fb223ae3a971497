#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Archives in memory, decoded to the end.

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/decoder.h"

namespace copydesk::tests {

// Hands out at most `most` bytes at a time.
class MemorySource : public RawSource {
 public:
  explicit MemorySource(std::string bytes, std::size_t most = SIZE_MAX)
      : bytes_(std::move(bytes)), most_(most) {}
  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = std::min({most_, buffer.size(), bytes_.size() - offset_});
    std::memcpy(buffer.data(), bytes_.data() + offset_, count);
    offset_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t most_;
  std::size_t offset_ = 0;
};

struct Decoded {
  std::string bytes;
  std::optional<StreamFault> fault;
  Compression compression = Compression::kNone;
  std::uint64_t raw_offset = 0;

  [[nodiscard]] std::string reason() const { return fault ? fault->reason : ""; }
};

inline Decoded drain(ByteSource& source, std::size_t buffer_bytes = 4096) {
  Decoded decoded;
  std::vector<char> buffer(buffer_bytes);
  while (const std::size_t count = source.read(buffer)) decoded.bytes.append(buffer.data(), count);
  decoded.fault = source.fault();
  decoded.compression = source.compression();
  decoded.raw_offset = source.raw_offset();
  return decoded;
}

// The same in place, in stretches of memory that are as long as they must be.
inline Decoded drain_in_place(ByteSource& source) {
  constexpr std::size_t kStretch = ByteSource::kInPlaceHistory + ByteSource::kInPlaceBytes;
  Decoded decoded;
  std::vector<std::unique_ptr<char[]>> stretches;
  std::size_t used = kStretch;
  for (;;) {
    if (kStretch - used < ByteSource::kInPlaceBytes) {
      if (stretches.size() == 2) stretches.erase(stretches.begin());
      stretches.push_back(std::make_unique_for_overwrite<char[]>(kStretch));
      used = 0;
    }
    const std::size_t count = source.read_in_place({stretches.back().get() + used, kStretch - used});
    if (count == 0) break;
    decoded.bytes.append(stretches.back().get() + used, count);
    used += count;
  }
  decoded.fault = source.fault();
  decoded.compression = source.compression();
  decoded.raw_offset = source.raw_offset();
  return decoded;
}

inline Decoded decode(const std::string& archive, const ByteSourceOptions& options = {},
                      std::size_t most = SIZE_MAX, std::size_t buffer_bytes = 4096,
                      const std::string& name = "name") {
  const auto source = decode_stream(std::make_unique<MemorySource>(archive, most), name, options);
  return drain(*source, buffer_bytes);
}

inline std::vector<GzipEngine> gzip_engines() {
  std::vector<GzipEngine> engines = {GzipEngine::kZlib};
  if (is_available(GzipEngine::kIsal)) engines.push_back(GzipEngine::kIsal);
  return engines;
}

inline ByteSourceOptions with_engine(GzipEngine engine) {
  ByteSourceOptions options;
  options.gzip_engine = engine;
  return options;
}

// Words, so that it compresses, but not to nothing.
inline std::string prose(std::size_t bytes, unsigned seed = 1) {
  std::string all;
  unsigned state = seed * 2654435761u + 1;
  while (all.size() < bytes) {
    state = state * 1664525u + 1013904223u;
    all += "word" + std::to_string((state >> 16) % 3000) + ' ';
  }
  all.resize(bytes);
  return all;
}

}  // namespace copydesk::tests
