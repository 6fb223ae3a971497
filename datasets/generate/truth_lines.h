#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The lines of the truth files that can be read off a finished text. Formats: datasets/README.md.

#include <string>
#include <string_view>

#include "generate/story.h"

namespace copydesk::datasets {

// "title_repeat", "chrome", ...: the kind in blocks.jsonl; empty for content.
[[nodiscard]] std::string_view block_kind(PartKind kind);

// One line per part that is not content, in text order.
void append_blocks(std::string& lines, std::string_view id, const Story& page);

// One line per story of a page: from its headline to its last paragraph.
void append_stories(std::string& lines, std::string_view id, const Story& page);

}  // namespace copydesk::datasets
