#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The lines of the truth files, as far as one document decides them. Formats: datasets/README.md.

#include <string>
#include <string_view>

#include "generate/corpus.h"
#include "generate/story.h"

namespace copydesk::datasets {

// "title_repeat", "chrome", ...: the kind in blocks.jsonl; empty for content.
[[nodiscard]] std::string_view block_kind(PartKind kind);

// One line per part that is not content, in text order.
void append_blocks(std::string& lines, std::string_view id, const Story& page);

// One line per story of a page: from its headline to its last paragraph. Sources at or beyond
// `documents` are not in the corpus and are left out, here, in pairs and in passages.
void append_stories(std::string& lines, std::string_view id, const Story& page,
                    std::uint64_t documents);

// One line per source, with the similarity if asked for.
void append_pairs(std::string& lines, const Printed& printed, std::uint64_t documents,
                  bool with_jaccard);

// One line per run of copied text.
void append_passages(std::string& lines, const Printed& printed, std::uint64_t documents);

// One line for a member of a family; parent and original are null where not in the corpus, and the
// parent of the original is null.
void append_family(std::string& lines, const Printed& printed, std::uint64_t documents,
                   std::string_view outlet);

}  // namespace copydesk::datasets
