// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/number_tokens.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "copydesk/text/tokenizer.h"

namespace copydesk {

NumberTokens::NumberTokens()
    : begins_((std::size_t{1} << kSlotBits) + 1), filter_(std::size_t{1} << (kFilterBits - 6)) {
  std::string text;
  std::vector<std::uint32_t> values;
  for (std::uint32_t number = 0; number < 100'000; ++number) {
    const std::string digits = std::to_string(number);
    text += digits + ' ';
    values.push_back(number);
    for (std::size_t width = digits.size() + 1; width <= 3; ++width) {
      text += std::string(width - digits.size(), '0') + digits + ' ';
      values.push_back(number);
    }
  }
  TokenList list;
  Tokenizer().tokenize(text, list);
  entries_.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    entries_.push_back({static_cast<std::uint32_t>(list.hashes[i]), values[i]});
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& x, const Entry& y) {
    return std::tie(x.token, x.value) < std::tie(y.token, y.value);
  });
  for (const Entry& entry : entries_) {
    const std::uint32_t bit = entry.token >> (32 - kFilterBits);
    filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
  std::size_t next = 0;
  for (std::size_t slot = 0; slot < begins_.size(); ++slot) {
    begins_[slot] = static_cast<std::uint32_t>(next);
    while (next < entries_.size() && entries_[next].token >> (32 - kSlotBits) == slot) ++next;
  }
}

}  // namespace copydesk
