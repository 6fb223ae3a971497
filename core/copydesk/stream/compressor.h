#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Compression of a sink's bytes, one chunk after the other.

#include <functional>
#include <memory>
#include <string_view>

namespace copydesk {

class Compressor {
 public:
  using Output = std::function<void(std::string_view)>;

  virtual ~Compressor() = default;
  virtual void write(std::string_view bytes, const Output& output) = 0;
  virtual void finish(const Output& output) = 0;
};

// One gzip member, level 6, without time and name.
std::unique_ptr<Compressor> make_gzip_compressor();

// One zstd frame, level 3, with checksum, single-threaded.
std::unique_ptr<Compressor> make_zstd_compressor();

}  // namespace copydesk
