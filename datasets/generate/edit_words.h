#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Edits inside sentences: words replaced by others, and characters misread by a scanner. Both draw
// an exact number of places, so the share is what it says and not its expectation.

#include <functional>
#include <string>
#include <string_view>

#include "generate/random.h"
#include "generate/story.h"

namespace copydesk::datasets {

// Gives the word that replaces `old`; a result equal to `old` leaves that place unchanged.
using WordSource = std::function<std::string(std::string_view old, Random& random)>;

// Replaces round(share * words), at least one, of the words of headline and body.
[[nodiscard]] Story replace_words(const Story& story, double share, const WordSource& words,
                                  Random& random);

// Misreads round(share * characters), at least one, of the letters and digits: look-alikes, lost
// characters, a space too many.
[[nodiscard]] Story add_scan_noise(const Story& story, double share, Random& random);

}  // namespace copydesk::datasets
