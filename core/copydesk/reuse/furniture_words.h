#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Passages that are furniture of a web page: footers, calls to subscribe, cookie notices. Two
// unrelated stories of one site share them; where the site is known `--mask site` leaves them out,
// and where it is not they are told by their words, which reuse search knows by their hashes.
//
//   "Sign up for our newsletter and get the best stories in your inbox": newsletter, inbox, sign
//
// Knows such words of English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and
// Russian.

#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

class FurnitureWords {
 public:
  FurnitureWords();

  // Whether a passage of these tokens (low halves of the hashes) is furniture: at most 150 of them,
  // three and more of the words, and one word in eight among them.
  [[nodiscard]] bool is_furniture(std::span<const std::uint32_t> passage) const;

 private:
  std::vector<std::uint32_t> tokens_;  // ascending
};

}  // namespace copydesk
