// SPDX-License-Identifier: Apache-2.0
//
// Bytes as a gzip or zstd stream. Both inflaters give the same bytes whatever the sizes of reads;
// of a damaged stream, one may give more of what stands before the damage than the other. No stream
// gives much more than its limit allows.
#include <algorithm>
#include <string>

#include "property.h"
#include "stream/decoded.h"

using namespace copydesk;
using copydesk::fuzz::require;

namespace {

constexpr double kMaxRatio = 50.0;
constexpr std::uint64_t kMaxRatioFrom = 1U << 16;
constexpr std::size_t kLargestBuffer = 4096;

bool is_over_the_ratio(const tests::Decoded& decoded) {
  return decoded.reason().find("ratio") != std::string::npos;
}

void check_same(const tests::Decoded& one, const tests::Decoded& other) {
  require(one.compression == other.compression, "the kind of archive does not depend on reads");
  // Where the limit strikes depends on the size of the buffer.
  if (is_over_the_ratio(one) || is_over_the_ratio(other)) return;
  require(one.fault.has_value() == other.fault.has_value(), "both see the damage");
  const std::size_t both = std::min(one.bytes.size(), other.bytes.size());
  require(one.bytes.compare(0, both, other.bytes, 0, both) == 0, "both give the same bytes");
  require(one.fault || one.bytes.size() == other.bytes.size(), "whole streams are read whole");
}

tests::Decoded decode_in_place(const std::string& archive, const ByteSourceOptions& options,
                               std::size_t most) {
  return tests::drain_in_place(
      *decode_stream(std::make_unique<tests::MemorySource>(archive, most), "name", options));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string archive(reinterpret_cast<const char*>(data), size);
  ByteSourceOptions options;
  options.max_ratio = kMaxRatio;
  options.max_ratio_from = kMaxRatioFrom;
  options.zstd_window_log_max = 20;
  options.gzip_engine = GzipEngine::kZlib;
  const tests::Decoded plain = tests::decode(archive, options, SIZE_MAX, kLargestBuffer);
  const double limit =
      std::max(kMaxRatio * static_cast<double>(size), static_cast<double>(kMaxRatioFrom));
  require(static_cast<double>(plain.bytes.size()) <= limit + kLargestBuffer, "output is limited");
  require(plain.raw_offset <= size, "progress stays within the archive");
  for (const GzipEngine engine : tests::gzip_engines()) {
    options.gzip_engine = engine;
    check_same(plain, tests::decode(archive, options, 1, 100));
    check_same(plain, tests::decode(archive, options, 7, kLargestBuffer));
    check_same(plain, tests::decode(archive, options, SIZE_MAX, kLargestBuffer));
    check_same(plain, decode_in_place(archive, options, SIZE_MAX));
    check_same(plain, decode_in_place(archive, options, 7));
  }
  return 0;
}
