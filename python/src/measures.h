#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Results against known truth, and texts to sentences. Documents are numbers here: the package's
// Python files know them by their ids.

#include <nanobind/nanobind.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tables.h"

namespace copydesk::python {

using NumberedPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// As `copydesk evaluate pairs`, `clusters` and `rouge` say them.
nanobind::dict pair_measures(const NumberedPairs& truth, const NumberedPairs& result);
// `truth[i]` and `result[i]` are the clusters of document i, below their number, or -1: alone.
// Raises ValueError for lists of unlike length.
nanobind::dict cluster_measures(const std::vector<std::int64_t>& truth,
                                const std::vector<std::int64_t>& result);
// One row a text: precision, recall and F1 by measure. `references[i]` holds at least one text.
TablePointer rouge_table(const std::vector<std::vector<std::string>>& references,
                         const std::vector<std::string>& candidates,
                         const std::vector<std::string>& measures, bool stem);

// One row a sentence: id and row of its document, begin and end in bytes, text. `language` as in
// TextLanguages. A row without text has none.
TablePointer sentence_table(const Source& source, const std::string& language,
                            const RunArguments& run);

}  // namespace copydesk::python
