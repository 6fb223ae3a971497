// SPDX-License-Identifier: Apache-2.0
#include "generate/random.h"

namespace copydesk::datasets {

// Selection sampling: one pass, ascending by construction (Knuth, volume 2, 3.4.2, algorithm S).
std::vector<std::size_t> Random::sample(std::size_t count, std::size_t bound) {
  std::vector<std::size_t> chosen;
  chosen.reserve(count);
  for (std::size_t index = 0; index < bound && chosen.size() < count; ++index) {
    if (below(bound - index) < count - chosen.size()) chosen.push_back(index);
  }
  return chosen;
}

}  // namespace copydesk::datasets
