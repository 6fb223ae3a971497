#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A shingle set in few bytes, exactly: sorted hashes of 64 bits in Elias and Fano's code (Elias 1974, "Efficient
// storage and retrieval by content and address of static files"). Of 396 hashes the lower 55 bits are written as they
// are, and the upper 9 as one bit for each hash and each of their 512 values. The 396 shingles of a text of 400 words take 2.8 kB
// instead of 3.2; less is not possible, as hashes are random. Each hash stands at a place that is known, so they are
// read without waiting for each other. Of texts of few distinct tokens their counts and tokens, too.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/verify/shingle_counts.h"
#include "copydesk/verify/verifier.h"

namespace copydesk {

struct StoredSet {
  std::vector<std::uint64_t> set;  // distinct, ascending
  ShingleCounts counts;
};

// Appends. REQUIRES: `set` is distinct and ascending; `counts` are of it.
void append_stored_set(std::string& out, std::span<const std::uint64_t> set,
                       const ShingleCounts& counts);

// Reads what was appended, from the beginning of `bytes`, which may go on behind it; with
// `used` how much it was. False if it is no such thing, however it came to be so: the set that is read
// is distinct and ascending, and takes no more memory than its bytes can tell.
[[nodiscard]] bool read_stored_set(std::string_view bytes, StoredSet& out,
                                   std::size_t* used = nullptr);

enum class StoredComparison { kDamaged, kTooFew, kEnough, kUnknown };

// Whether a stored set shares enough with `set` for the rule, counts aside: VerifyRule::least_shared.
// Reads no further than it takes to know that it does not, which is a third of a set that shares two thirds.
// Of bytes that are not `is_whole`, but the first ones alone, it may be unknown.
[[nodiscard]] StoredComparison compare_stored_set(std::string_view bytes, bool is_whole,
                                                  std::span<const std::uint64_t> set,
                                                  const VerifyRule& rule);

}  // namespace copydesk
