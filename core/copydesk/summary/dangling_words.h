#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <string_view>

namespace copydesk {

// Whether a sentence whose first word is `word`, followed by `next`, leans on the one before it: a
// pronoun or connective of a language with lists (English, German, French, Spanish, Italian, Dutch,
// Portuguese, Danish, Polish, Russian). Both words are in lower case; `next` may be empty.
[[nodiscard]] bool is_dangling_opening(std::string_view word, std::string_view next);

}  // namespace copydesk
