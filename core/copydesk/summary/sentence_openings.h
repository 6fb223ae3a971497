#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Whether a sentence can stand without the one before it, as far as its first word tells. "He left
// at dawn." cannot, "The ferry left at dawn." can.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

enum class Opening : std::uint8_t {
  kPlain,
  kPronoun,        // "She", "Their": speaks of somebody named before
  kDemonstrative,  // "This", "Both": speaks of what was just said
  kConnective,     // "But", "However": goes on with what was just said
};

// Of a sentence whose first word is `word`, followed by `next`, in a language with lists (English,
// German, French, Spanish, Italian, Dutch, Portuguese, Danish, Polish, Russian). Both words are in
// lower case; `next` may be empty.
[[nodiscard]] Opening opening_of(std::string_view word, std::string_view next);

// Of a whole sentence. REQUIRES: `sentence` is valid UTF-8.
[[nodiscard]] Opening find_opening(std::string_view sentence);

// So far back, in sentences, may be what a connective or a row of pronouns goes on with.
inline constexpr std::size_t kFarthestSupport = 3;

// Whether sentence i of a text hangs in the air in an abstract that has the sentences for which
// `is_chosen(j)`. The first of a text never does. Otherwise
// - a demonstrative needs the sentence before it,
// - a pronoun the same; or, if sentences directly before it open on pronouns too, these may be
//   missing, up to a chosen one at most kFarthestSupport sentences back: all speak of the same,
// - a connective a chosen sentence at most kFarthestSupport sentences back.
// `opening(j)` is that of sentence j.
template <class GetOpening, class IsChosen>
[[nodiscard]] bool hangs_in_the_air(std::size_t i, GetOpening&& opening, IsChosen&& is_chosen) {
  if (i == 0 || is_chosen(i - 1)) return false;
  const Opening kind = opening(i);
  if (kind == Opening::kPlain) return false;
  if (kind == Opening::kDemonstrative) return true;
  for (std::size_t back = 2; back <= std::min(i, kFarthestSupport); ++back) {
    if (kind == Opening::kPronoun && opening(i - back + 1) != Opening::kPronoun) return true;
    if (is_chosen(i - back)) return false;
  }
  return true;
}

}  // namespace copydesk
