#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which of two copies stays: documents are put in an order, and what comes earlier is kept. By
// "longest", a text of 400 words stays and its copy of 390 goes.

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

enum class KeepRule {
  kFirst,    // in input order
  kLongest,  // by number of tokens
  kNewest,   // by the time field
  kOldest,
  kMaximum,  // by a numeric field of the record
  kMinimum,
};

struct KeepPolicy {
  KeepRule rule = KeepRule::kFirst;
  std::string field;  // for kMaximum and kMinimum: the name of the field

  // Whether documents carry a value (see keep_order) taken from a field of the record.
  [[nodiscard]] bool needs_field() const {
    return rule != KeepRule::kFirst && rule != KeepRule::kLongest;
  }
};

// Reads "first", "longest", "newest", "oldest", "max:FIELD" or "min:FIELD".
// Throws Error{kInvalidOption} for anything else.
[[nodiscard]] KeepPolicy parse_keep_policy(std::string_view text);
[[nodiscard]] std::string to_string(const KeepPolicy& policy);

// What a document without a usable value has: it comes after all others.
inline constexpr double kNoKeepValue = -std::numeric_limits<double>::infinity();

// The value that the order goes by, larger first: negates where the rule asks for the smallest.
// `field_value` is the number or time found in the record, kNoKeepValue if there is none.
[[nodiscard]] double keep_value(const KeepPolicy& policy, std::size_t tokens, double field_value);

// The rank of each document in the order of decreasing value, ties in input order: 0 is the first
// to be kept. An empty `values` means input order throughout. Documents below `first_new` come
// before all others, in input order.
[[nodiscard]] std::vector<std::uint32_t> keep_ranks(std::span<const double> values,
                                                    std::size_t documents,
                                                    std::size_t first_new = 0);

}  // namespace copydesk
