#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Raw deflate (RFC 1951) behind one interface: the gzip framing around it is ours, so that both
// libraries read the same files and report the same faults.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace copydesk {

class Inflater {
 public:
  enum class Status { kMore, kEnd, kBroken };

  struct Step {
    std::size_t consumed = 0;  // of the input; after kEnd, exactly what belongs to the stream ...
    std::size_t unread = 0;    // ... when this many earlier bytes (at most 8) are given back
    std::size_t produced = 0;
    Status status = Status::kMore;
  };

  virtual ~Inflater() = default;

  // Begins a new deflate stream.
  virtual void reset() = 0;

  // Works as far as input and output reach. Empty input is allowed.
  virtual Step step(std::span<const char> input, std::span<char> output) = 0;

  // The CRC-32 of gzip, continued from `crc` (0 at the start).
  [[nodiscard]] virtual std::uint32_t checksum(std::uint32_t crc,
                                               std::span<const char> bytes) const = 0;
};

std::unique_ptr<Inflater> make_zlib_inflater();
std::unique_ptr<Inflater> make_isal_inflater();  // null where it is not built in

}  // namespace copydesk
