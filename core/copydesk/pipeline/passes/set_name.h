#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The names of evaluation sets: "evals/gsm8k.jsonl.zst" holds the set gsm8k, unless its records name
// another.

#include <string>
#include <string_view>

namespace copydesk {

// What an evaluation set is called whose records do not say: the name of its file up to its first
// dot ("evals/gsm8k.jsonl.zst" is gsm8k, ".hidden.jsonl" is .hidden).
[[nodiscard]] inline std::string set_of_file(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == path.npos ? path : path.substr(slash + 1);
  return std::string(name.substr(0, name.find('.', 1)));
}

}  // namespace copydesk
