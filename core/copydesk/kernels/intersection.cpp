// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/intersection.h"

#include <algorithm>
#include <array>

namespace copydesk {

namespace {

// A pair of ranges still to be merged.
struct Merge {
  const std::uint64_t* a;
  const std::uint64_t* a_end;
  const std::uint64_t* b;
  const std::uint64_t* b_end;

  [[nodiscard]] std::size_t certain_steps() const {
    return static_cast<std::size_t>(std::min(a_end - a, b_end - b));
  }

  // Passes the smaller of both heads, or both when equal. No branch may depend on the values: every
  // other one would be mispredicted. An empty assembler statement keeps the compiler from seeing
  // that the comparisons are related, which it would take for a reason to branch.
  std::size_t step() {
    const std::uint64_t x = *a;
    const std::uint64_t y = *b;
    std::uint64_t x_again = x;
    __asm__("" : "+r"(x_again));
    const std::size_t pass_a = x <= y ? 1 : 0;
    const std::size_t pass_b = y <= x_again ? 1 : 0;
    a += pass_a;
    b += pass_b;
    return pass_a + pass_b - 1;
  }

  std::size_t finish() {
    std::size_t count = 0;
    while (a != a_end && b != b_end) count += step();
    return count;
  }
};

// A merge step waits for the loads of the step before, some eight cycles in which the processor
// could do several. So the sets are cut at common values into four pairs of ranges, merged in step.
// Now and then what is left of them shows that `at_least` is out of reach.
std::size_t merge_in_step(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b,
                          std::size_t at_least) {
  constexpr std::size_t kParts = 4;
  constexpr std::size_t kStepsAtOnce = 32;
  std::array<Merge, kParts> parts;
  const std::uint64_t* a_begin = a.data();
  const std::uint64_t* b_begin = b.data();
  const std::uint64_t* const b_end = b.data() + b.size();
  for (std::size_t p = 0; p < kParts; ++p) {
    const std::uint64_t* const a_cut = a.data() + a.size() * (p + 1) / kParts;
    const std::uint64_t* const b_cut =
        p + 1 == kParts ? b_end : std::lower_bound(b_begin, b_end, *a_cut);
    parts[p] = {a_begin, a_cut, b_begin, b_cut};
    a_begin = a_cut;
    b_begin = b_cut;
  }
  Merge p0 = parts[0], p1 = parts[1], p2 = parts[2], p3 = parts[3];
  std::size_t c0 = 0, c1 = 0, c2 = 0, c3 = 0;
  for (;;) {
    const std::size_t left0 = p0.certain_steps(), left1 = p1.certain_steps();
    const std::size_t left2 = p2.certain_steps(), left3 = p3.certain_steps();
    const std::size_t most = c0 + c1 + c2 + c3 + left0 + left1 + left2 + left3;
    if (most < at_least) return most;
    const std::size_t steps = std::min({left0, left1, left2, left3, kStepsAtOnce});
    if (steps == 0) break;
    for (std::size_t i = 0; i < steps; ++i) {
      c0 += p0.step();
      c1 += p1.step();
      c2 += p2.step();
      c3 += p3.step();
    }
  }
  return c0 + c1 + c2 + c3 + p0.finish() + p1.finish() + p2.finish() + p3.finish();
}

// Each value of `few` is looked for in what is left of `many`: strides that double, then bisection
// (Bentley and Yao 1976).
std::size_t gallop(std::span<const std::uint64_t> few, std::span<const std::uint64_t> many) {
  std::size_t count = 0;
  const std::uint64_t* from = many.data();
  const std::uint64_t* const end = from + many.size();
  for (const std::uint64_t value : few) {
    std::ptrdiff_t stride = 1;
    const std::uint64_t* low = from;
    while (stride < end - from && from[stride] < value) {
      low = from + stride;
      stride *= 2;
    }
    from = std::lower_bound(low, from + std::min(stride + 1, end - from), value);
    if (from == end) break;
    count += *from == value ? 1 : 0;
  }
  return count;
}

}  // namespace

std::size_t intersection_size(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b,
                              std::size_t at_least) {
  constexpr std::size_t kGallopRatio = 16;
  constexpr std::size_t kFewForParts = 64;
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty() || a.size() < at_least) return 0;
  if (b.size() / a.size() >= kGallopRatio) return gallop(a, b);
  if (a.size() >= kFewForParts) return merge_in_step(a, b, at_least);
  return Merge{a.data(), a.data() + a.size(), b.data(), b.data() + b.size()}.finish();
}

}  // namespace copydesk
