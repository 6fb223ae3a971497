// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/inflater.h"

#ifdef COPYDESK_HAVE_ISAL

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>

namespace copydesk {
namespace {

constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();

// Used for raw deflate only. Its own gzip mode stops silently after the first member and calls a
// truncated stream fine, so members, checksums and the end of the input are left to GzipDecoder.
class IsalInflater : public Inflater {
 public:
  IsalInflater() { isal_inflate_init(&state_); }

  void reset() override { isal_inflate_reset(&state_); }

  Step step(std::span<const char> input, std::span<char> output) override {
    const auto in_bytes = static_cast<std::uint32_t>(std::min(input.size(), kMost));
    const auto out_bytes = static_cast<std::uint32_t>(std::min(output.size(), kMost));
    // ISA-L declares its input without const, but does not write to it.
    state_.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(input.data()));
    state_.avail_in = in_bytes;
    state_.next_out = reinterpret_cast<std::uint8_t*>(output.data());
    state_.avail_out = out_bytes;
    const int result = isal_inflate(&state_);
    Step step;
    // Not from avail_in, which is 8 too low when a distance reaches before the start (2.30).
    step.consumed =
        static_cast<std::size_t>(reinterpret_cast<const char*>(state_.next_in) - input.data());
    step.produced = out_bytes - state_.avail_out;
    if (result != ISAL_DECOMP_OK) {
      step.status = Status::kBroken;
    } else if (state_.block_state == ISAL_BLOCK_FINISH) {
      step.status = Status::kEnd;
      // Whole bytes that still wait in its bit buffer belong to what follows the deflate stream.
      step.unread = static_cast<std::size_t>(std::max(state_.read_in_length, 0)) / 8;
    }
    return step;
  }

  [[nodiscard]] std::uint32_t checksum(std::uint32_t crc,
                                       std::span<const char> bytes) const override {
    return crc32_gzip_refl(crc, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }

 private:
  inflate_state state_{};
};

}  // namespace

std::unique_ptr<Inflater> make_isal_inflater() {
  return std::make_unique<IsalInflater>();
}

}  // namespace copydesk

#else

namespace copydesk {

std::unique_ptr<Inflater> make_isal_inflater() {
  return nullptr;
}

}  // namespace copydesk

#endif
