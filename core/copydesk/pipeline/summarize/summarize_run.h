#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Abstracts of a corpus: one for each record, for each story of a page, or for each family.

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/pipeline/passes/story_texts.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/summary/article_summarizer.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

enum class SummaryForm {
  kAuto,  // JSON Lines for JSON Lines, text for text
  kJsonLines,
  kText,
  kMarkdown,
  kHtml,  // a newsletter: one page with an index
};

struct SummarizeOptions {
  CorpusOptions corpus;
  SummaryOptions summary;
  SummaryForm form = SummaryForm::kAuto;
  std::string separator = " ";  // between sentences
  bool explain = false;
  TextMaskOptions mask;  // boilerplate neither votes nor is chosen
  // A page gives one abstract for each of its stories, from their texts without captions, dates and
  // notices. Members of families are taken whole.
  PageMode pages = PageMode::kAuto;
  // Records with the same value of corpus.fields.order are one family; those without are alone.
  // Without families that field names the language of the text (language_of()).
  bool by_family = false;
  // Abstracts say what is new. Without families: a corpus with the earlier versions, matched by id
  // (a single text with a single text). With families: a time; members before it are known.
  std::string since;

  // Paths; "-" is standard output, empty nowhere.
  std::string output_path = "-";
  std::string html_path;
  std::function<void(Abstract)> on_abstract;  // or one by one; not of families
  std::string idf_path;      // terms weigh by these counts; empty: by counts over the input
  std::string idf_out_path;  // where counts over the input are written
};

// With fewer texts (articles, stories of pages) each weighs its terms by its own sentences. Counts
// over five texts are already all but as good as counts over a thousand.
inline constexpr std::uint64_t kFewestDocumentsForIdf = 3;

struct SummarizeSummary {
  std::uint64_t documents = 0, abstracts = 0, empty = 0, faults = 0, bytes = 0;
  std::uint64_t sentences = 0, chosen = 0;
  // Texts, or families, of which only the beginning was ranked: see docs/limits.md.
  std::uint64_t ranked_in_part = 0;
  std::uint64_t pages = 0, stories = 0;  // documents that are pages, and the stories of these
  std::uint64_t without_term = 0;  // abstracts that lack a term of must_include
  // Texts by the language of their abbreviations, an ISO 639-1 code; "unknown" has those of
  // English.
  std::map<std::string, std::uint64_t> languages;
};

struct SummarizeResult {
  SummarizeSummary summary;
  RunReport report;
};

// Throws Error for what ends a run, Cancelled when control.stop was set. Abstracts come in input
// order; those of families in the order in which their last members stand.
SummarizeResult run_summarize(const SummarizeOptions& options, const RunControl& control);

}  // namespace copydesk
