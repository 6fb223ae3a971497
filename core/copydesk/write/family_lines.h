#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts of families; the format is described in docs/summaries.md.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/summary/family_summarizer.h"

namespace copydesk {

// A member that owns its texts.
struct FamilyText {
  std::string id, title, text, time_text, language;
  std::string url, site;  // empty if they are not known
  std::optional<double> time;
};

// Of the texts of a family so many are listed for people.
inline constexpr std::size_t kMostTextsListed = 40;

// "SITE, TIME, ID": what is known of a member besides its title.
[[nodiscard]] std::string known_of(const FamilyText& member, bool with_id = true);

// {"family","title","members","voices","texts":[{"id","title","url","time","site"}],"summary","sentences":[{"id","begin","end","score","printed_by",
// "first_time"}],"copies":[[...]]}: the sentence stands at [begin, end) of the text of record "id",
// the first to print it; "copies" lists groups of records that say the same. With `explain` also
// "all":[{...,"verdict"}], every different sentence.
void append_family_line(std::string& out, std::string_view name,
                        std::span<const FamilyText> members, const FamilySummary& summary,
                        std::string_view separator, bool explain);

// The name, the abstract, for each of its sentences who printed it, and the texts with titles and
// outlets; with `explain` every different sentence, with its score and what became of it.
void append_family_text(std::string& out, std::string_view name,
                        std::span<const FamilyText> members, const FamilySummary& summary,
                        std::string_view separator, bool explain);

// A section of Markdown: the title, the abstract, and the texts with titles, outlets and links.
void append_family_markdown(std::string& out, std::string_view name,
                            std::span<const FamilyText> members, const FamilySummary& summary,
                            std::string_view separator);

// The sentences one behind the other.
[[nodiscard]] std::string family_abstract(std::span<const FamilyText> members,
                                          const FamilySummary& summary, std::string_view separator);
// The title of the member whose sentence opens the abstract, or else of the first that has one.
[[nodiscard]] std::string_view family_title(std::span<const FamilyText> members,
                                            const FamilySummary& summary);

}  // namespace copydesk
