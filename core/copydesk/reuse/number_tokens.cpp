// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/number_tokens.h"

#include <algorithm>
#include <string>

#include "copydesk/text/tokenizer.h"

namespace copydesk {

NumberTokens::NumberTokens() : begins_((std::size_t{1} << kSlotBits) + 1) {
  std::string text;
  for (int number = 0; number < 100'000; ++number) {
    const std::string digits = std::to_string(number);
    text += digits + ' ';
    for (std::size_t width = digits.size() + 1; width <= 3; ++width) {
      text += std::string(width - digits.size(), '0') + digits + ' ';
    }
  }
  TokenList list;
  Tokenizer().tokenize(text, list);
  tokens_.reserve(list.size());
  for (const std::uint64_t hash : list.hashes) tokens_.push_back(static_cast<std::uint32_t>(hash));
  std::sort(tokens_.begin(), tokens_.end());
  std::size_t next = 0;
  for (std::size_t slot = 0; slot < begins_.size(); ++slot) {
    begins_[slot] = static_cast<std::uint32_t>(next);
    while (next < tokens_.size() && tokens_[next] >> (32 - kSlotBits) == slot) ++next;
  }
}

}  // namespace copydesk
