#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What every fuzz target is made of: an entry point that takes any bytes, and properties that must
// hold for all of them.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// The entry point of libFuzzer, which driver.cpp calls too. Always returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace copydesk::fuzz {

// Ends the process when a property does not hold; the driver then writes the input to a file.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "the property does not hold: %s\n", property);
  std::abort();
}

// Takes the choices of a case (options, sizes) off the front of its bytes.
class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  // A number in [0, count); 0 once the bytes are used up. REQUIRES: 1 <= count <= 256.
  std::size_t next(std::size_t count) {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte % count;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace copydesk::fuzz
