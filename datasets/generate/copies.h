#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What each kind of copy does to its source. Parts carry their origin through every edit.

#include <cstdint>

#include "generate/kinds.h"
#include "generate/random.h"
#include "generate/story.h"
#include "generate/story_source.h"

namespace copydesk::datasets {

// The copy that document `number` prints of `source`, as returned by reprint(). REQUIRES:
// is_copy(kind). kEmbedded changes nothing here; its page is made by SitePress.
[[nodiscard]] Story edited_copy(Kind kind, const Story& source, std::uint64_t number,
                                const StorySource& text, Random& random);

// What another outlet makes of a family's story: often another headline; cut, reordered or touched
// up; sometimes with a paragraph of its own.
[[nodiscard]] Story outlet_copy(const Story& source, std::uint64_t number, const StorySource& text,
                                Random& random);

// A later state of a running story: new headline and lead, most old paragraphs, new ones below.
[[nodiscard]] Story updated_copy(const Story& source, std::uint64_t number, const StorySource& text,
                                 Random& random);

}  // namespace copydesk::datasets
