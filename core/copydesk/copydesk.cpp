// SPDX-License-Identifier: Apache-2.0
#include "copydesk/copydesk.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "copydesk/decide/keep_policy.h"
#include "copydesk/front_door.h"
#include "copydesk/parallel/available_threads.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/pipeline/decontaminate/decontaminate_run.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/pipeline/extract/extract_run.h"
#include "copydesk/pipeline/filter/filter_run.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "copydesk/read/html/html_reader.h"

namespace copydesk {

CorpusOptions corpus_options(const Documents& documents, const RunSettings& run) {
  CorpusOptions corpus;
  corpus.documents = documents.columns();
  if (corpus.documents == nullptr) {
    corpus.inputs = documents.paths();
    corpus.fields = documents.fields();
    corpus.format = documents.format();
  }
  corpus.threads = run.threads == 0 ? available_threads() : run.threads;
  corpus.memory_bytes = run.memory_bytes;
  corpus.work_folder = run.work_folder;
  return corpus;
}

RunControl run_control(const RunSettings& run, std::vector<RejectedRecord>& rejected) {
  RunControl control;
  control.stop = run.stop;
  control.on_progress = run.on_progress;
  control.on_fault = [&rejected](const std::string& path, const RecordFault& fault) {
    const std::string line = std::to_string(fault.origin.line);
    rejected.push_back({fault.origin.line == 0 ? path
                        : path.empty()         ? std::to_string(fault.origin.offset)
                                               : path + ":" + line,
                        fault.reason});
  };
  return control;
}

namespace {

void set_output_folder(const std::string& folder, CorpusOptions& corpus) {
  if (!folder.empty() && corpus.documents != nullptr) {
    throw Error(ErrorCode::kInvalidOption, "is for documents in files", "output_folder");
  }
  corpus.output_folder = folder;
}

// Puts what the documents are compared with in front of them.
void add_old(const Documents& documents, const Documents* against, CorpusOptions& corpus) {
  if (against == nullptr) return;
  if ((documents.columns() == nullptr) != (against->columns() == nullptr)) {
    throw Error(ErrorCode::kInvalidOption,
                "documents and what they are compared with must both be in memory, or in files",
                "against");
  }
  corpus.old_documents = against->columns();
  if (against->columns() == nullptr) corpus.old_inputs = against->paths();
}

TextMaskOptions mask_options(bool page, bool site) {
  TextMaskOptions mask;
  mask.page = page;
  mask.site = site;
  return mask;
}

NearDuplicateOptions search_options(const Documents& documents, const DedupSettings& settings,
                                    const RunSettings& run) {
  NearDuplicateOptions search;
  search.corpus = corpus_options(documents, run);
  add_old(documents, settings.against, search.corpus);
  search.shingles.unit = settings.characters ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  search.shingles.size = settings.shingle_size;
  search.shingles.tokens = settings.code ? TokenKind::kCode : TokenKind::kWords;
  search.shingles.fold = {settings.fold_accents, settings.fold_chinese};
  search.mask = mask_options(settings.mask_page, settings.mask_site);
  search.threshold = settings.threshold;
  search.recall = settings.recall;
  return search;
}

// Equal keys instead of similar texts.
void set_key(const DedupSettings& settings, DedupOptions& options) {
  if (settings.contained > 0.0) {
    throw Error(ErrorCode::kInvalidOption, "compares texts, which a key does not", "contained");
  }
  options.search.key = parse_dedup_key(settings.key);
  const bool is_line = options.search.key->kind == DedupKey::Kind::kLine;
  if (is_line && options.search.corpus.documents != nullptr) {
    throw Error(ErrorCode::kInvalidOption, "\"line\" is for documents in files", "key");
  }
  options.search.corpus.fields.key = options.search.key->field;
}

// What appends to a list.
template <class Value>
std::function<void(Value)> into(std::vector<Value>& list) {
  return [&list](Value value) { list.push_back(std::move(value)); };
}

}  // namespace

Documents Documents::in_files(std::vector<std::string> paths, FieldNames fields,
                              InputFormat format) {
  Documents documents;
  documents.paths_ = std::move(paths);
  documents.fields_ = std::move(fields);
  documents.format_ = format;
  return documents;
}

DuplicatesFound dedup(const Documents& documents, const DedupSettings& settings,
                      const RunSettings& run) {
  DuplicatesFound found;
  DedupOptions options;
  options.search = search_options(documents, settings, run);
  set_output_folder(settings.output_folder, options.search.corpus);
  options.containment = settings.contained;
  options.keep = parse_keep_policy(settings.keep);
  if (!options.keep.field.empty()) options.search.corpus.fields.order = options.keep.field;
  if (!settings.key.empty()) set_key(settings, options);
  const bool is_in_memory = documents.columns() != nullptr;
  if (is_in_memory && documents.columns()->source.is_there()) {
    options.search.corpus.fields.source = "source";
  } else if (!is_in_memory) {
    options.search.corpus.fields.source = settings.source_field;
  }
  options.on_kept = into(found.kept);
  options.on_removed = into(found.removed);
  options.on_source = into(found.sources);
  run_dedup(options, run_control(run, found.rejected));
  return found;
}

namespace {

DocumentsFiltered filter(const Documents& documents, FilterOptions& options,
                         const FilterSettings& settings, const RunSettings& run) {
  DocumentsFiltered found;
  options.corpus = corpus_options(documents, run);
  set_output_folder(settings.output_folder, options.corpus);
  options.drop = settings.drop;
  options.by_id = settings.by_id;
  options.on_kept = into(found.kept);
  options.on_missing = into(found.missing);
  run_filter(options, run_control(run, found.rejected));
  return found;
}

}  // namespace

DocumentsFiltered filter(const Documents& documents, const std::vector<std::string>& list,
                         const FilterSettings& settings, const RunSettings& run) {
  FilterOptions options;
  options.names = list;
  return filter(documents, options, settings, run);
}

DocumentsFiltered filter(const Documents& documents, const ListFile& list,
                         const FilterSettings& settings, const RunSettings& run) {
  FilterOptions options;
  options.list_path = list.path;
  return filter(documents, options, settings, run);
}

PairsFound pairs(const Documents& documents, const DedupSettings& settings,
                 const RunSettings& run) {
  PairsFound found;
  PairsOptions options;
  options.search = search_options(documents, settings, run);
  options.on_pair = into(found.pairs);
  run_pairs(options, run_control(run, found.rejected));
  return found;
}

ReuseFound reuse(const Documents& documents, const ReuseSettings& settings,
                 const RunSettings& run) {
  ReuseFound found;
  ReuseOptions options;
  options.corpus = corpus_options(documents, run);
  add_old(documents, settings.against, options.corpus);
  options.mask = mask_options(settings.mask_page, settings.mask_site);
  options.rules.passages.minimum_tokens = settings.min_tokens;
  options.rules.copy = with_strictness(settings.strictness);
  options.on_passage = into(found.passages);
  options.on_family = into(found.families);
  run_reuse(options, run_control(run, found.rejected));
  return found;
}

BlocksFound blocks(const Documents& documents, const BlocksSettings& settings,
                   const RunSettings& run) {
  BlocksFound found;
  BlocksOptions options;
  options.corpus = corpus_options(documents, run);
  set_output_folder(settings.output_folder, options.corpus);
  options.mask.page = settings.page;
  options.mask.site = settings.site;
  options.paragraphs = settings.paragraphs;
  options.sentences = settings.sentences;
  options.spans = settings.spans;
  options.least_count = settings.min_count;
  options.near = settings.near;
  options.on_block = into(found.blocks);
  if (settings.cut) options.on_cut = into(found.cut);
  options.output = BlocksOutput::kCut;
  run_blocks(options, run_control(run, found.rejected));
  return found;
}

StoriesFound split(const Documents& documents, const SplitSettings& settings,
                   const RunSettings& run) {
  StoriesFound found;
  SplitOptions options;
  options.corpus = corpus_options(documents, run);
  set_output_folder(settings.output_folder, options.corpus);
  options.method = settings.prose ? SplitMethod::kProse : SplitMethod::kPages;
  options.mask.site = settings.mask_site;
  options.on_story = into(found.stories);
  run_split(options, run_control(run, found.rejected));
  return found;
}

AbstractsFound summarize(const Documents& documents, const AbstractSettings& settings,
                         const RunSettings& run) {
  AbstractsFound found;
  SummarizeOptions options;
  options.corpus = corpus_options(documents, run);
  set_output_folder(settings.output_folder, options.corpus);
  options.mask = mask_options(settings.mask_page, settings.mask_site);
  options.summary.query = settings.query;
  BudgetOptions& budget = options.summary.selection.budget;
  if (settings.sentences > 0) budget.sentences = settings.sentences;
  if (settings.words > 0) budget.words = settings.words;
  if (settings.characters > 0) budget.characters = settings.characters;
  if (settings.sentences + settings.words + settings.characters == 0) budget.sentences = 3;
  options.output_path.clear();
  options.on_abstract = into(found.abstracts);
  run_summarize(options, run_control(run, found.rejected));
  return found;
}

namespace {

LeaksFound decontaminate(const Documents& training, DecontaminateOptions& options,
                         const RunSettings& run) {
  LeaksFound found;
  options.corpus = corpus_options(training, run);
  options.on_hit = into(found.hits);
  const DecontaminateResult result = run_decontaminate(options, run_control(run, found.rejected));
  for (const LeakCounts& set : result.sets) {
    found.sets.push_back({set.set, set.items, set.items_too_short, set.items_found,
                          set.items_with_answer, set.documents});
  }
  return found;
}

}  // namespace

LeaksFound decontaminate(const Documents& training, const EvaluationColumns& items,
                         const RunSettings& run) {
  const DocumentColumns table{
      .text = items.question, .id = items.id, .title = items.answer, .site = items.set};
  DecontaminateOptions options;
  options.evaluation_documents = &table;
  return decontaminate(training, options, run);
}

LeaksFound decontaminate(const Documents& training, const EvaluationFiles& items,
                         const RunSettings& run) {
  DecontaminateOptions options;
  options.evaluation_inputs = items.paths;
  options.question_field = items.question_field;
  options.answer_field = items.answer_field;
  options.id_field = items.id_field;
  options.set_field = items.set_field;
  return decontaminate(training, options, run);
}

DocumentsExtracted extract(const Documents& documents, const RunSettings& run) {
  DocumentsExtracted found;
  ExtractOptions options;
  options.corpus = corpus_options(documents, run);
  options.on_document = into(found.documents);
  run_extract(options, run_control(run, found.rejected));
  return found;
}

ExtractedDocument extract_page(std::string_view html, const PageSettings& settings) {
  if (html.size() >= std::size_t{1} << 31) {
    throw Error(ErrorCode::kLimitExceeded, "a page must be shorter than 2 GiB");
  }
  HtmlReader reader;
  HtmlDocument page;
  reader.read(html, settings.url, settings.charset,
              settings.all_text ? TextChoice::kAll : TextChoice::kMain, page);
  HtmlMetadata& known = page.metadata;
  ExtractedDocument found;
  found.title = std::move(known.title);
  found.time = std::move(known.time);
  found.author = std::move(known.author);
  const PageAddress address = page_address(settings.url, known);
  found.url = address.url;
  found.site = address.site;
  found.language = std::move(known.language);
  found.text = std::move(page.text);
  return found;
}

ComparedTexts compare(std::string_view a, std::string_view b, std::size_t min_tokens) {
  CompareOptions options;
  options.minimum_tokens = min_tokens;
  const Comparison comparison = compare_texts(a, b, options);
  ComparedTexts found;
  found.same_tokens = comparison.same_tokens;
  found.jaccard = comparison.overlap.jaccard();
  found.containment_a = comparison.overlap.containment_a();
  found.containment_b = comparison.overlap.containment_b();
  found.longest_run = comparison.longest_run;
  for (const auto& passage : comparison.passages) {
    found.passages.push_back({passage.a, passage.b, passage.tokens, passage.similarity});
  }
  return found;
}

}  // namespace copydesk
