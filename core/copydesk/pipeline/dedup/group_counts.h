#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What became of the documents of each input, or of each source that a field names: how many there
// were, how many went by which rule, and in favor of whose. Of two inputs the second of which holds
// one copy from the first: [{"input":"a",...,"kept":2,...},{"input":"b",...,"removed_identical":1,...,
// "removed_in_favor_of":[{"input":"a","documents":1}]}].

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/decide/decider.h"
#include "copydesk/run/results.h"

namespace copydesk {

struct DocumentGroups {
  std::string_view label;                                  // "input"
  std::function<std::uint32_t(std::uint32_t)> group_of;    // of a document
  std::function<std::string_view(std::uint32_t)> name_of;  // of a group
  std::size_t groups = 0;
  bool by_size = false;  // the largest first, else in the order of their numbers
};

// So many groups are listed; what is beyond is the last entry, without a name.
inline constexpr std::size_t kMostGroups = 1000;

// An entry for each group that has documents from `first_new` on.
[[nodiscard]] std::vector<SourceOutcome> count_by_group(const CorpusTable& table,
                                                       const DecisionList& decisions,
                                                       std::uint32_t first_new,
                                                       const DocumentGroups& groups);
// The same as a JSON list.
[[nodiscard]] std::string group_counts_json(const std::vector<SourceOutcome>& counts,
                                            std::string_view label);

}  // namespace copydesk
