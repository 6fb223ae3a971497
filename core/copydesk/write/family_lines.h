#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts of families; the format is described in docs/summaries.md.

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
  std::optional<double> time;
};

// {"family","title","members","voices","summary","sentences":[{"id","begin","end","score","printed_by",
// "first_time"}],"copies":[[...]]}: the sentence stands at [begin, end) of the text of record "id",
// the first to print it; "copies" lists groups of records that say the same. With `explain` also
// "all":[{...,"verdict"}], every different sentence.
void append_family_line(std::string& out, std::string_view name,
                        std::span<const FamilyText> members, const FamilySummary& summary,
                        std::string_view separator, bool explain);

// The name, the abstract, and for each of its sentences who printed it; with `explain` for every
// different one, with its score and what became of it.
void append_family_text(std::string& out, std::string_view name,
                        std::span<const FamilyText> members, const FamilySummary& summary,
                        std::string_view separator, bool explain);

void append_family_article(std::string& out, std::string_view name,
                           std::span<const FamilyText> members, const FamilySummary& summary);

}  // namespace copydesk
