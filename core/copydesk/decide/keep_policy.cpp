#include "copydesk/decide/keep_policy.h"

#include <algorithm>
#include <numeric>

#include "copydesk/error.h"

namespace copydesk {

KeepPolicy parse_keep_policy(std::string_view text) {
  if (text == "first") return {KeepRule::kFirst, {}};
  if (text == "longest") return {KeepRule::kLongest, {}};
  if (text == "newest") return {KeepRule::kNewest, {}};
  if (text == "oldest") return {KeepRule::kOldest, {}};
  if (text.size() > 4 && text.starts_with("max:")) {
    return {KeepRule::kMaximum, std::string(text.substr(4))};
  }
  if (text.size() > 4 && text.starts_with("min:")) {
    return {KeepRule::kMinimum, std::string(text.substr(4))};
  }
  throw Error(ErrorCode::kInvalidOption,
              "\"" + std::string(text) +
                  "\" is none of first, longest, newest, oldest, max:FIELD, min:FIELD",
              "--keep");
}

std::string to_string(const KeepPolicy& policy) {
  switch (policy.rule) {
    case KeepRule::kFirst:
      return "first";
    case KeepRule::kLongest:
      return "longest";
    case KeepRule::kNewest:
      return "newest";
    case KeepRule::kOldest:
      return "oldest";
    case KeepRule::kMaximum:
      return "max:" + policy.field;
    case KeepRule::kMinimum:
      return "min:" + policy.field;
  }
  return {};
}

double keep_value(const KeepPolicy& policy, std::size_t tokens, double field_value) {
  switch (policy.rule) {
    case KeepRule::kFirst:
      return 0.0;
    case KeepRule::kLongest:
      return static_cast<double>(tokens);
    case KeepRule::kNewest:
    case KeepRule::kMaximum:
      return field_value;
    case KeepRule::kOldest:
    case KeepRule::kMinimum:
      return field_value == kNoKeepValue ? kNoKeepValue : -field_value;
  }
  return 0.0;
}

std::vector<std::uint32_t> keep_ranks(std::span<const double> values, std::size_t documents,
                                      std::size_t first_new) {
  std::vector<std::uint32_t> ranks(documents);
  std::iota(ranks.begin(), ranks.end(), std::uint32_t{0});
  if (values.empty()) return ranks;
  std::vector<std::uint32_t> order = ranks;
  std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(first_new), order.end(),
                   [&](std::uint32_t x, std::uint32_t y) { return values[x] > values[y]; });
  for (std::uint32_t rank = 0; rank < documents; ++rank) ranks[order[rank]] = rank;
  return ranks;
}

}  // namespace copydesk
