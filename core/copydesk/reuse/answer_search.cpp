// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/answer_search.h"

#include <algorithm>

#include "copydesk/reuse/item_matcher.h"

namespace copydesk {

bool AnswerSearch::is_near(std::span<const std::uint32_t> text, std::size_t behind,
                           std::span<const std::uint32_t> answer) {
  if (answer.empty()) return false;
  answer = answer.first(std::min(answer.size(), kMostAnswerTokens));
  const std::size_t n = answer.size();
  text = text.subspan(behind, std::min(text.size() - behind, 4 * n + 8));
  if (n < kFewestItemTokens) {
    return std::search(text.begin(), text.end(), answer.begin(), answer.end()) != text.end();
  }
  // The longest common subsequence, by rows of the text.
  lengths_.assign(n + 1, 0);
  for (const std::uint32_t token : text) {
    std::uint32_t diagonal = 0;
    for (std::size_t i = 1; i <= n; ++i) {
      const std::uint32_t above = lengths_[i];
      lengths_[i] = token == answer[i - 1] ? diagonal + 1 : std::max(above, lengths_[i - 1]);
      diagonal = above;
    }
  }
  return lengths_[n] >= ItemRule::fewest_equal(n);
}

}  // namespace copydesk
