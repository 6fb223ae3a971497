#include "copydesk/pipeline/dedup_pipeline.h"

#include <algorithm>
#include <utility>

#include "copydesk/cluster/connected_components.h"
#include "copydesk/decide/decider.h"
#include "copydesk/decide/second_look.h"
#include "copydesk/error.h"
#include "copydesk/kernels/target.h"
#include "copydesk/pipeline/dedup_outputs.h"
#include "copydesk/pipeline/process_usage.h"
#include "copydesk/pipeline/similar_pairs.h"

namespace copydesk {

namespace {

// Looking again ends when nothing new is found, almost always after one or two looks; this bound is
// for adversarial corpora, whose decision then stands as it is.
constexpr int kMostSecondLooks = 64;

struct Verdict {
  DecisionList decisions;
  ClusterList clusters;
  std::uint64_t second_look_pairs = 0;
};

bool by_documents(const ScoredPair& x, const ScoredPair& y) {
  return CandidatePair{x.a, x.b} < CandidatePair{y.a, y.b};
}

Verdict reach_verdict(const ContentGroups& groups, std::span<const std::uint32_t> ranks,
                      std::vector<ScoredPair> pairs, const ShingleSetStore& sets,
                      const VerifyRule& rule, std::size_t threads, const RunControl& control) {
  Verdict verdict;
  verdict.clusters = connected_components(groups.representatives, pairs);
  const DecideOptions decide_options{rule.jaccard, rule.containment};
  std::vector<CandidatePair> looked_at;
  for (int look = 0;; ++look) {
    verdict.decisions = decide(groups.representatives, ranks, pairs, decide_options);
    if (look == kMostSecondLooks) break;
    const std::vector<CandidatePair> candidates =
        second_look(pairs, verdict.decisions, looked_at);
    if (candidates.empty()) break;
    verdict.second_look_pairs += candidates.size();
    const std::vector<ScoredPair> found =
        verify_in_parallel(candidates, sets, rule, threads, control);
    looked_at.insert(looked_at.end(), candidates.begin(), candidates.end());
    std::sort(looked_at.begin(), looked_at.end());
    if (found.empty()) break;
    const auto middle = pairs.insert(pairs.end(), found.begin(), found.end());
    std::inplace_merge(pairs.begin(), middle, pairs.end(), by_documents);
  }
  return verdict;
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

}  // namespace

DedupResult run_dedup(const DedupOptions& options, const RunControl& control) {
  const NearDuplicateOptions& search = options.search;
  if (!(options.containment >= 0.0 && options.containment <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "must lie between 0 and 1", "--containment");
  }
  ScanOptions scan_options = make_scan_options(search);
  scan_options.keep = options.keep;

  StageClock clock;
  clock.begin("read");
  CorpusReader reader(search.corpus, control);
  reader.check_outputs({options.kept_path, options.decisions_path, options.clusters_path});
  DedupSinks sinks(options);
  ScannedCorpus corpus = scan_corpus(reader, search.corpus, scan_options, control);
  const std::vector<std::uint32_t> ranks =
      keep_ranks(corpus.keep_values, corpus.table.documents.size());
  const ContentGroups groups = group_by_content(corpus.table, ranks);

  const VerifyRule rule{search.threshold, options.containment};
  clock.begin("join");
  const CandidateList candidates =
      find_candidates(corpus, groups, scan_options, rule, PairsWanted::kEnoughToDecide,
                      search.corpus.threads, control);

  clock.begin("verify");
  const bool explain = !options.decisions_path.empty();
  const ShingleSetStore sets = collect_sets(reader, corpus, candidates.pairs, explain,
                                            search.corpus, scan_options, control);
  std::vector<ScoredPair> pairs =
      verify_in_parallel(candidates.pairs, sets, rule, search.corpus.threads, control);
  const std::uint64_t verified = pairs.size();

  clock.begin("decide");
  const Verdict verdict = reach_verdict(groups, ranks, std::move(pairs), sets, rule,
                                        search.corpus.threads, control);

  clock.begin("write");
  DedupOutputs outputs(options, sinks, reader, corpus, ranks, groups, verdict.decisions, sets);
  outputs.write(verdict.clusters, control);

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
  const std::uint64_t closure_removes =
      verdict.clusters.members.size() - verdict.clusters.size();
  report.counts.add("closure_would_remove_in_addition",
                    closure_removes - verdict.decisions.removed.size());
  if (options.keep.needs_field()) {
    report.counts.add("documents_without_a_usable_keep_field", corpus.unusable_keep_values);
  }
  describe(candidates, report.candidates);
  report.candidates.add("verified_pairs", verified);
  report.candidates.add("second_look_pairs", verdict.second_look_pairs);
  report.candidates.add("shingle_set_bytes_on_disk", sets.bytes_on_disk());
  describe(reader.faults(), report.faults);
  report.stages = clock.finish();
  report.wall_seconds = clock.wall_seconds();
  report.peak_bytes = peak_memory_bytes();
  report.simd = simd_target();
  return result;
}

}  // namespace copydesk
