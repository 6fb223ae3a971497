#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <string>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "copydesk/summary/corpus_idf.h"

namespace copydesk {

// One abstract for each family, handed to `write` as JSON lines and as articles of a page. Takes two
// passes: one to learn how many members each family has, one to hold each family's texts until its
// last member has come. Throws Error{kLimitExceeded} if what is kept of the members of unfinished
// families (texts, titles, ids) outgrows the memory option: a corpus in the order of its families
// does only where one family is larger. Of a family of more than a 32nd of that memory (at least
// 8 MiB), the beginnings of the texts are ranked. Throws Cancelled.
void summarize_families(
    const SummarizeOptions& options, const CorpusIdf* idf, CorpusReader& reader,
    const std::function<void(const std::string& lines, const std::string& page)>& write,
    SummarizeSummary& counts);

}  // namespace copydesk
