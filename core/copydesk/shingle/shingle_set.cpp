// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "copydesk/shingle/shingler.h"

namespace copydesk {

void make_shingle_set(std::vector<std::uint64_t>& shingles) {
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
}

}  // namespace copydesk
