// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_run.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "copydesk/error.h"
#include "copydesk/kernels/target.h"
#include "copydesk/pipeline/dedup/contained_pairs.h"
#include "copydesk/pipeline/dedup/decisions.h"
#include "copydesk/pipeline/dedup/dedup_outputs.h"
#include "copydesk/pipeline/dedup/dedup_plan.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/process_usage.h"

namespace copydesk {

namespace {

// The documents whose shingle sets explain the decisions.
std::vector<bool> compared_in(const DedupVerdict& verdict, const ContentGroups& groups) {
  std::vector<bool> compared(groups.representatives.size());
  for (const Decision& decision : verdict.decisions.removed) {
    if (decision.rule == RemovalRule::kExact) continue;
    compared[groups.representatives[decision.document]] = compared[decision.kept] = true;
  }
  return compared;
}

void count_classes(const ScannedCorpus& corpus, ReportSection& counts) {
  std::uint64_t empty = 0;
  std::uint64_t shorter = 0;
  std::uint64_t tokens = 0;
  for (const DocumentRow& document : corpus.table.documents) {
    empty += document.text_class == TextClass::kEmpty ? 1 : 0;
    shorter += document.text_class == TextClass::kShort ? 1 : 0;
    tokens += document.tokens;
  }
  counts.add("documents", static_cast<std::uint64_t>(corpus.table.documents.size()));
  counts.add("empty_documents", empty);
  counts.add("documents_shorter_than_a_shingle", shorter);
  counts.add("tokens", tokens);
  counts.add("bytes", corpus.bytes);
}

DedupResult make_result(const DedupOptions& options, const ScanOptions& scan_options,
                        const CorpusReader& reader, const ScannedCorpus& corpus,
                        const CandidateList& candidates, std::uint64_t contained,
                        const DedupVerdict& verdict, const ShingleSetStore& sets,
                        StageClock& clock) {
  const NearDuplicateOptions& search = options.search;
  DedupResult result;
  DedupSummary& summary = result.summary;
  summary.documents = corpus.table.documents.size();
  summary.bytes = corpus.bytes;
  summary.faults = reader.faults().total;
  for (const Decision& decision : verdict.decisions.removed) {
    summary.removed_exact += decision.rule == RemovalRule::kExact ? 1 : 0;
    summary.removed_near += decision.rule == RemovalRule::kNearDuplicate ? 1 : 0;
    summary.removed_contained += decision.rule == RemovalRule::kContained ? 1 : 0;
  }
  summary.kept = summary.documents - verdict.decisions.removed.size();

  RunReport& report = result.report;
  report.command = "dedup";
  describe(search, scan_options, report.parameters);
  report.parameters.add("containment", options.containment);
  report.parameters.add("keep", to_string(options.keep));
  report.parameters.add("threads", static_cast<std::uint64_t>(search.corpus.threads));
  count_classes(corpus, report.counts);
  report.counts.add("kept", summary.kept);
  report.counts.add("removed_exact", summary.removed_exact);
  report.counts.add("removed_near_duplicate", summary.removed_near);
  report.counts.add("removed_contained", summary.removed_contained);
  report.counts.add("clusters", static_cast<std::uint64_t>(verdict.clusters.size()));
  // Connected components would keep one document a cluster.
  const std::uint64_t closure_removes = verdict.clusters.members.size() - verdict.clusters.size();
  report.counts.add("closure_would_remove_in_addition",
                    closure_removes - verdict.decisions.removed.size());
  if (options.keep.needs_field()) {
    report.counts.add("documents_without_a_usable_keep_field", corpus.unusable_keep_values);
  }
  describe(candidates, report.candidates);
  if (options.containment > 0.0) {
    report.candidates.add("candidate_pairs_by_fingerprints", contained);
  }
  report.candidates.add("verified_pairs", verdict.verified_pairs);
  report.candidates.add("second_look_pairs", verdict.second_look_pairs);
  report.candidates.add("pairs_weighed", verdict.pairs_weighed);
  report.candidates.add("shingle_set_bytes_on_disk", sets.bytes_on_disk());
  describe(reader.faults(), report.faults);
  report.stages = clock.finish();
  report.wall_seconds = clock.wall_seconds();
  report.peak_bytes = peak_memory_bytes();
  report.simd = simd_target();
  return result;
}

DedupResult search_and_write(const DedupOptions& options, const ScanOptions& scan_options,
                             CorpusReader& reader, OutputSet& files, Checkpoint* checkpoint,
                             StageClock& clock, const RunControl& control) {
  const NearDuplicateOptions& search = options.search;
  const auto log = [&](const char* name) {
    return checkpoint != nullptr ? checkpoint->open(name) : std::unique_ptr<FrameLog>();
  };
  const VerifyRule rule{search.threshold, options.containment};
  const MemoryBudget memory = divide_memory(search.corpus.memory_bytes, search.corpus.threads);
  const SearchContext context{search.corpus, scan_options, rule, memory, control};
  ScannedCorpus corpus =
      scan_corpus(reader, search.corpus, scan_options, memory, log("scan").get(), control);
  const std::size_t documents = corpus.table.documents.size();
  const std::vector<std::uint32_t> ranks = keep_ranks(corpus.keep_values, documents);
  const ContentGroups groups = group_by_content(corpus.table, ranks);

  clock.begin("join");
  CandidateList candidates = find_candidates(context, corpus, groups, PairsWanted::kEnoughToDecide,
                                             log("candidates").get());

  const bool explain = !options.decisions_path.empty();
  DedupVerdict verdict;
  std::uint64_t contained = 0;
  ShingleSetStore sets(search.corpus.work_folder, memory.sets);
  const std::unique_ptr<FrameLog> verdict_log = log("verdict");
  if (verdict_log && read_verdict(*verdict_log, documents, verdict)) {
    clock.begin("verify");
    if (explain) sets = collect_sets(context, reader, corpus, compared_in(verdict, groups), true);
  } else {
    clock.begin("find contained");
    contained = add_contained_candidates(context, reader, corpus, groups, candidates);
    clock.begin("verify");
    sets =
        collect_sets(context, reader, corpus, documents_in(candidates.pairs, documents), explain);
    std::vector<ScoredPair> pairs = verify_candidates(context, candidates, sets);
    clock.begin("decide");
    verdict = reach_verdict(context, groups, ranks, std::move(pairs), sets);
    if (verdict_log) write_verdict(*verdict_log, verdict);
  }

  clock.begin("write");
  DedupOutputs outputs(options, files, reader, corpus, ranks, groups, verdict.decisions, sets);
  outputs.write(verdict.clusters, control);
  if (checkpoint != nullptr) checkpoint->remove();

  return make_result(options, scan_options, reader, corpus, candidates, contained, verdict, sets,
                     clock);
}

}  // namespace

DedupResult run_dedup(const DedupOptions& options, const RunControl& control) {
  const NearDuplicateOptions& search = options.search;
  if (!(options.containment >= 0.0 && options.containment <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "must lie between 0 and 1", "--contained");
  }
  ScanOptions scan_options = make_scan_options(search);
  scan_options.keep = options.keep;

  StageClock clock;
  clock.begin("read");
  OutputSet outputs({{"--output", options.kept_path},
                     {"--decisions", options.decisions_path},
                     {"--clusters", options.clusters_path}},
                    search.corpus.other_outputs);
  CorpusReader reader(search.corpus, control, default_memory_bytes());
  outputs.refuse_inputs(reader.inputs());
  const bool planned = search.dry_run || control.on_plan;
  if (planned) {
    const RunPlan plan = plan_run(reader, search.corpus, scan_options, search.threshold);
    if (control.on_plan) control.on_plan(plan);
    if (search.dry_run) return {};
  }
  RunIdentity identity = make_identity("dedup", search, scan_options, reader);
  identity.outputs = outputs.paths();
  identity.options.emplace_back("containment", fmt::format("{}", options.containment));
  const std::unique_ptr<Checkpoint> checkpoint = open_checkpoint(search, identity, control);
  try {
    outputs.open();
    bool counts_faults = false;  // the scan does
    const std::optional<TextMask> mask =
        learn_mask(reader, search.corpus, search.mask, counts_faults, control);
    if (mask) scan_options.mask = &*mask;
    return search_and_write(options, scan_options, reader, outputs, checkpoint.get(), clock, control);
  } catch (...) {
    leave_checkpoint(checkpoint.get(), control);
  }
}

}  // namespace copydesk
