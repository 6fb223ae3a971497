#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The passes of `summarize --family`: one abstract for all texts of a family. The first learns how
// many members each family has, the second holds the texts of a family until its last member has
// come. A corpus in the order of its families holds one family at a time; one that is shuffled may
// hold all of them at once, which --memory has to allow.

#include <functional>
#include <string>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "copydesk/summary/corpus_idf.h"
#include "copydesk/write/summary_page.h"

namespace copydesk {

// Abstracts as they go to the outputs, of families or of single texts.
struct WrittenAbstracts {
  std::string lines;                      // in whatever form is wanted, but for a newsletter
  std::vector<PageArticle> page, letter;  // of --html, and of a newsletter

  void clear() { lines.clear(), page.clear(), letter.clear(); }
};

// One abstract for each family, handed to `write`. Throws
// Error{kLimitExceeded} if what is kept of the members of unfinished families (texts, titles, ids)
// outgrows its part of the memory of the run, a third: a corpus in the order of its families does only
// where one family is larger. Of a family of more than a 96th of that memory (at least 2.6 MiB), the
// beginnings of the texts are ranked. Throws Cancelled.
void summarize_families(
    const SummarizeOptions& options, const CorpusIdf* idf, CorpusReader& reader,
    const std::function<void(const WrittenAbstracts&)>& write,
    SummarizeSummary& counts);

}  // namespace copydesk
