// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "copydesk/corpus/repeated_ids.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/pipeline/reuse/item_pass.h"
#include "copydesk/pipeline/reuse/judged_stage.h"
#include "copydesk/pipeline/reuse/reuse_outputs.h"
#include "copydesk/pipeline/reuse/seed_pairs.h"
#include "copydesk/pipeline/reuse/story_families.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/stop.h"

namespace copydesk {

namespace {

// A number below zero arrives as a very large one.
constexpr std::size_t kMostMinimumTokens = 1'000'000;

void check(const ReuseOptions& options) {
  const CopyRule& rule = options.rules.copy;
  if (!(rule.minimum_weight > 0.0) || rule.minimum_grams == 0) {
    throw Error(ErrorCode::kInvalidOption, "must be above 0", "--strictness");
  }
  const std::size_t tokens = options.rules.passages.minimum_tokens;
  if (tokens < 1 || tokens > kMostMinimumTokens) {
    throw Error(ErrorCode::kInvalidOption, "must be from 1 to 1,000,000", "--min-tokens");
  }
}

void describe(const ReuseOptions& options, ReportSection& section) {
  const CopyRule& rule = options.rules.copy;
  section.add("minimum_weight", rule.minimum_weight);
  section.add("minimum_grams", std::uint64_t{rule.minimum_grams});
  section.add("minimum_matched", std::uint64_t{rule.minimum_matched});
  section.add("minimum_share", rule.minimum_share);
  section.add("most_median_df", std::uint64_t{rule.most_median_df});
  section.add("minimum_tokens", std::uint64_t{options.rules.passages.minimum_tokens});
  section.add("most_gap", std::uint64_t{options.rules.passages.most_gap});
  section.add("against", std::string_view(options.corpus.has_old() ? "yes" : "no"));
  if (options.corpus.old_fields) {
    const FieldNames& fields = *options.corpus.old_fields;
    section.add("against_text_field", std::string_view(fields.text));
    section.add("against_id_field", std::string_view(fields.id));
    section.add("against_answer_field", std::string_view(fields.order));
    section.add("against_set_field", std::string_view(fields.tokens));
  }
  section.add("mask_page", std::uint64_t{options.mask.page});
  section.add("mask_site", std::uint64_t{options.mask.site});
}

// With --against every passage counts, short texts are found whole, and nothing is hidden.
void ask_by_name(ReuseRules& rules) {
  rules.any_passage = rules.keep_hidden_passages = true;
  rules.copy.knows_set_pieces = false;
  const std::size_t fewest = rules.passages.minimum_tokens;
  rules.items.longest_run = std::min(rules.items.longest_run, fewest);
  rules.items.passage_tokens = std::min(rules.items.passage_tokens, fewest);
}

// The reader of records knows no answers and sets: they go by names of fields that reuse has no use
// for.
void name_old_fields(ReuseOptions& options) {
  if (options.corpus.old_inputs.empty()) return;
  FieldNames& fields = options.corpus.old_fields.emplace(options.corpus.fields);
  if (!options.old_text_field.empty()) fields.text = options.old_text_field;
  if (!options.old_id_field.empty()) fields.id = options.old_id_field;
  fields.order = options.old_answer_field;
  fields.tokens = options.old_set_field;
}

void search_and_write(const ReuseOptions& options, CorpusReader& reader, OutputSet& outputs,
                      Checkpoint& checkpoint, StageClock& clock, const RunControl& control,
                      ReuseResult& result) {
  const auto part = [memory = table_memory(options.corpus)](std::string_view name) {
    return memory_for(MemoryPlan::kReuse, name, memory);
  };
  outputs.open();
  learn_mask(reader, options.mask, part("mask"), checkpoint);
  FingerprintedCorpus corpus =
      fingerprint_corpus(reader, reader.old_inputs(), part("fingerprints"));

  const std::uint64_t repeated_ids =
      note_repeated_ids(corpus.table, corpus.first_new_document, control);
  return_free_memory();
  clock.begin("join");
  CandidateOptions candidate_options = options.candidates;
  candidate_options.first_new_document = corpus.first_new_document;
  candidate_options.sites = corpus.sites;
  FingerprintJoin candidates = join_fingerprints(corpus.fingerprints, candidate_options,
                                                 options.corpus, part("join"), control);
  ReuseRules rules = options.rules;
  rules.passages.stop = StopFlag(control.stop);
  rules.keep_hidden = rules.keep_evidence = !options.pairs_path.empty();
  if (corpus.first_new_document != 0) {
    clock.begin("match items");
    ask_by_name(rules);
    replace_item_pairs(corpus, find_items(reader, corpus, rules.items, part("items")),
                       candidates.pairs);
  }

  return_free_memory();
  clock.begin("collect");
  const bool has_seeds = is_small(corpus);
  const CollectedTexts collected =
      collect_texts(reader, corpus, candidates, has_seeds, {part("texts"), part("notes")});
  if (has_seeds) {
    return_free_memory();
    add_seed_pairs(corpus, collected, candidate_options, options.corpus, part("seeds"), control,
                   candidates);
  }

  return_free_memory();
  clock.begin("align");
  const auto read = [&](StageReader& stage) {
    JudgedPairs left(options.corpus.work_folder, part("judged"));
    read_judged(stage, collected, left);
    return left;
  };
  const auto judge = [&] {
    return judge_candidates(candidates, corpus, collected, rules, options.corpus, part("judged"),
                            control);
  };
  const JudgedPairs judged = checkpoint.get_or_make("judged", read, judge, write_judged);
  const std::vector<RelatedPair>& pairs = judged.pairs;
  result.summary.candidates = candidates.pairs.size();
  std::vector<ReuseCandidate>().swap(candidates.pairs);  // gives back their memory

  return_free_memory();
  clock.begin("group");
  const StoryFamilies families =
      build_families(corpus, collected, pairs, options.rules.passages.minimum_tokens);

  clock.begin("write");
  ReuseSummary& summary = result.summary;
  ReuseOutputs results(options, outputs, reader, corpus, collected, judged, families);
  summary.passages = results.write();
  checkpoint.remove();

  summary.documents = corpus.table.documents.size();
  summary.repeats = corpus.repeats;
  summary.pairs = judged.accepted;
  summary.templates = judged.templates;
  summary.boilerplate = judged.boilerplate;
  summary.families = families.families.size();
  summary.round_ups = families.round_ups;
  for (const PlacedFamily& family : families.families) {
    summary.known_sources += family.has_source() ? 1 : 0;
  }
  summary.faults = reader.faults().total;
  summary.bytes = corpus.bytes;

  RunReport& report = result.report;
  report.counts.add("documents", summary.documents);
  report.counts.add("bytes", summary.bytes);
  report.counts.add("documents_with_repeated_ids", repeated_ids);
  report.counts.add("equal_documents", summary.repeats);
  report.counts.add("pairs", summary.pairs);
  report.counts.add("templates", summary.templates);
  report.counts.add("boilerplate", summary.boilerplate);
  report.counts.add("passages", summary.passages);
  report.counts.add("families", summary.families);
  report.counts.add("families_with_a_likely_source", summary.known_sources);
  report.counts.add("round_ups", summary.round_ups);
  report.candidates.add("fingerprints", candidates.fingerprints);
  report.candidates.add("frequent_fingerprints",
                        static_cast<std::uint64_t>(candidates.frequent.size()));
  report.candidates.add("shared_fingerprints", candidates.shared_fingerprints);
  report.candidates.add("candidate_pairs", summary.candidates);
  report.candidates.add("join_bytes_on_disk", candidates.bytes_on_disk);
  report.candidates.add("text_bytes_on_disk", collected.texts.bytes_on_disk());
  end_report(reader, outputs, clock, report);
}

}  // namespace

CopyRule with_strictness(double strictness) {
  if (!(strictness >= 1.0 && strictness <= 1e6)) {
    throw Error(ErrorCode::kInvalidOption, "must be from 1 to 1,000,000", "--strictness");
  }
  CopyRule rule;
  rule.minimum_grams = static_cast<std::uint32_t>(
      std::lround(rule.minimum_grams * strictness / rule.minimum_weight));
  rule.minimum_weight = strictness;
  return rule;
}

ReuseResult run_reuse(const ReuseOptions& given, const RunControl& control) {
  check(given);
  ReuseOptions options = given;
  name_old_fields(options);

  StageClock clock;
  clock.begin("read");
  OutputSet outputs({{"--output", options.passages_path},
                     {"--pairs", options.pairs_path},
                     {"--families", options.families_path},
                     {"--html", options.html_path}},
                    options.corpus.other_outputs);
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  ReuseResult result;
  result.report.command = "reuse";
  describe(options, result.report.parameters);
  RunIdentity identity = make_run_identity("reuse", options.corpus, reader->inputs());
  identity.outputs = outputs.paths();
  identity.options.emplace_back("parameters", result.report.parameters.to_json(0));
  result.report.parameters.add("threads", static_cast<std::uint64_t>(options.corpus.threads));
  identity.options.emplace_back("inputs to compare with", fmt::format("{}", reader->old_inputs()));
  const std::unique_ptr<Checkpoint> checkpoint =
      open_checkpoint(options.corpus, identity, control);
  try {
    search_and_write(options, *reader, outputs, *checkpoint, clock, control, result);
  } catch (...) {
    leave_checkpoint(*checkpoint, control);
  }
  return result;
}

}  // namespace copydesk
