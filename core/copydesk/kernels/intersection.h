#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Exact comparison of two shingle sets: what a proposed pair is verified with. {1, 3, 5} and {3, 5,
// 7} share two shingles.

#include <cstddef>
#include <cstdint>
#include <span>

namespace copydesk {

// How many values are in both sets. If they are fewer than `at_least`, any number below that, which
// is found out sooner.
// REQUIRES: each set is sorted ascending, without repeats.
[[nodiscard]] std::size_t intersection_size(std::span<const std::uint64_t> a,
                                            std::span<const std::uint64_t> b,
                                            std::size_t at_least = 0);

}  // namespace copydesk
