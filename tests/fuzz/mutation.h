#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Changed copies of the files of a corpus: bytes flipped, repeated, taken out, put in, and pieces of
// other files.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "random_sets.h"

namespace copydesk::fuzz {

class Mutation {
 public:
  // REQUIRES: `corpus` is not empty and outlives this object.
  Mutation(const std::vector<std::string>& corpus, std::uint64_t seed, std::size_t most_bytes)
      : corpus_(corpus), random_(seed), most_bytes_(std::max<std::size_t>(1, most_bytes)) {}

  // Replaces `bytes` by the next case.
  void next(std::string& bytes) {
    bytes = corpus_[below(corpus_.size())];
    for (std::size_t change = 1 + below(6); change > 0; --change) change_once(bytes);
    if (bytes.size() > most_bytes_) bytes.resize(most_bytes_);
  }

 private:
  std::size_t below(std::size_t count) { return count == 0 ? 0 : random_.next() % count; }

  // A part of `bytes`, often short.
  std::pair<std::size_t, std::size_t> some_part(const std::string& bytes) {
    const std::size_t begin = below(bytes.size() + 1);
    const std::size_t most = below(4) == 0 ? bytes.size() : 16;
    return {begin, std::min(bytes.size() - begin, below(most + 1))};
  }

  void change_once(std::string& bytes) {
    static constexpr std::array<std::string_view, 24> kPieces = {
        "\n",       "\r\n",        "\"",           "\\",           "{",
        "}",        "[",           "]",            ",",            ":",
        "\\ud800",  "\\u0000",     "1e999",        "-0",           "\xEF\xBB\xBF",
        "\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "e\xCC\x81", "\xE2\x80\xA8",
        "\x1F\x8B", "\x28\xB5\x2F\xFD", "\xEA\xB0\x80\xE1\x86\xA8", "9223372036854775808"};
    static constexpr std::array<unsigned char, 8> kBytes = {0x00, 0x01, 0x20, 0x7F,
                                                            0x80, 0xC0, 0xED, 0xFF};
    const std::size_t at = below(bytes.size());
    const auto [begin, size] = some_part(bytes);
    switch (below(9)) {
      case 0:
        if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 1:
        if (!bytes.empty()) bytes[at] = static_cast<char>(random_.next());
        break;
      case 2:
        if (!bytes.empty()) bytes[at] = static_cast<char>(kBytes[below(kBytes.size())]);
        break;
      case 3:
        if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] + 1 - 2 * (random_.next() % 2));
        break;
      case 4:
        bytes.erase(begin, size);
        break;
      case 5:
        bytes.insert(at, bytes.substr(begin, size));
        break;
      case 6:
        bytes.insert(at, kPieces[below(kPieces.size())]);
        break;
      case 7: {
        const std::string& other = corpus_[below(corpus_.size())];
        const auto [from, length] = some_part(other);
        bytes.insert(at, other.substr(from, length));
        break;
      }
      default:
        bytes.insert(at, 1 + below(below(8) == 0 ? 2000 : 16),
                     bytes.empty() ? 'x' : bytes[below(bytes.size())]);
    }
  }

  const std::vector<std::string>& corpus_;
  RandomValues random_;
  std::size_t most_bytes_;
};

}  // namespace copydesk::fuzz
