// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/pairs_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <tuple>
#include <vector>

#include "copydesk/kernels/target.h"
#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/dedup_plan.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/stream/packed_bytes.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

// Verified pairs of representatives, spread over all documents with the same texts.
class PairWriter {
 public:
  PairWriter(const CorpusTable& table, const ContentGroups& groups,
             std::span<const ScoredPair> pairs, std::size_t most_expanded)
      : table_(table), groups_(groups), most_expanded_(most_expanded) {
    for (const ScoredPair& pair : pairs) {
      edges_.push_back({pair.a, pair.b, pair.overlap});
      edges_.push_back({pair.b, pair.a, pair.overlap.swapped()});
    }
    std::sort(edges_.begin(), edges_.end(), [](const ScoredPair& x, const ScoredPair& y) {
      return std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
    collect_groups();
  }

  PairsSummary write(ByteSink& sink) {
    PairsSummary summary;
    summary.groups_not_expanded = groups_not_expanded_;
    const auto count = static_cast<std::uint32_t>(groups_.representatives.size());
    std::string lines;
    for (std::uint32_t document = 0; document < count; ++document) {
      collect_partners(document);
      for (const auto& [partner, overlap] : partners_) {
        append_pair_line(lines, table_.name_of(document), table_.name_of(partner), overlap);
      }
      summary.pairs += partners_.size();
      if (lines.size() > (1U << 20)) {
        sink.write(lines);
        lines.clear();
      }
    }
    sink.write(lines);
    return summary;
  }

 private:
  // Members of groups of two and more, by representative: one sorted list of (representative,
  // member). Groups too large to expand contribute their representative only.
  void collect_groups() {
    const auto count = static_cast<std::uint32_t>(groups_.representatives.size());
    for (std::uint32_t document = 0; document < count; ++document) {
      members_.emplace_back(groups_.representatives[document], document);
    }
    std::sort(members_.begin(), members_.end());
    for (std::size_t begin = 0, end = 0; begin < members_.size(); begin = end) {
      while (end < members_.size() && members_[end].first == members_[begin].first) ++end;
      if (end - begin > most_expanded_) ++groups_not_expanded_;
    }
  }

  std::pair<std::size_t, std::size_t> range_of(std::uint32_t representative) const {
    const auto first = std::lower_bound(members_.begin(), members_.end(),
                                        std::pair{representative, std::uint32_t{0}});
    const auto last = std::upper_bound(members_.begin(), members_.end(),
                                       std::pair{representative, ~std::uint32_t{0}});
    return {static_cast<std::size_t>(first - members_.begin()),
            static_cast<std::size_t>(last - members_.begin())};
  }

  void add_group(std::uint32_t document, std::uint32_t representative, bool same_text,
                 const Overlap& overlap) {
    const auto [begin, end] = range_of(representative);
    const bool expanded = end - begin <= most_expanded_;
    if (!expanded && !(same_text && document == representative)) {
      // The representative alone speaks for the group.
      if (!same_text && representative > document) partners_.emplace_back(representative, overlap);
      return;
    }
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t partner = members_[i].second;
      if (partner > document) partners_.emplace_back(partner, overlap);
    }
  }

  void collect_partners(std::uint32_t document) {
    partners_.clear();
    const std::uint32_t representative = groups_.representatives[document];
    constexpr Overlap kEqual{1, 1, 1};
    add_group(document, representative, true, kEqual);
    const auto [begin, end] = range_of(representative);
    if (end - begin > most_expanded_ && document != representative) return;
    auto edge = std::lower_bound(
        edges_.begin(), edges_.end(), representative,
        [](const ScoredPair& scored, std::uint32_t number) { return scored.a < number; });
    for (; edge != edges_.end() && edge->a == representative; ++edge) {
      add_group(document, edge->b, false, edge->overlap);
    }
    std::sort(partners_.begin(), partners_.end(),
              [](const auto& x, const auto& y) { return x.first < y.first; });
  }

  const CorpusTable& table_;
  const ContentGroups& groups_;
  std::size_t most_expanded_;
  std::vector<ScoredPair> edges_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members_;
  std::uint64_t groups_not_expanded_ = 0;
  std::vector<std::pair<std::uint32_t, Overlap>> partners_;
};

constexpr std::uint32_t kPairsFrame = 1;
constexpr std::uint32_t kEndFrame = 2;

// What an earlier run verified; false if that is not all.
bool read_pairs(FrameLog& log, std::size_t documents, std::vector<ScoredPair>& pairs) {
  FrameLog::Frame frame;
  std::vector<ScoredPair> part;
  while (log.read(frame)) {
    if (frame.kind == kEndFrame) return true;
    PackedReader bytes(frame.payload, log.path());
    bytes.get_all(part);
    for (const ScoredPair& pair : part) {
      if (pair.a >= pair.b || pair.b >= documents) bytes.fail();
    }
    pairs.insert(pairs.end(), part.begin(), part.end());
  }
  pairs.clear();
  return false;
}

void write_pairs(FrameLog& log, std::span<const ScoredPair> pairs) {
  constexpr std::size_t kPart = std::size_t{1} << 16;
  log.clear();
  PackedBytes bytes;
  for (std::size_t begin = 0; begin < pairs.size(); begin += kPart) {
    bytes.clear();
    bytes.put_all(pairs.subspan(begin, std::min(kPart, pairs.size() - begin)));
    log.append(kPairsFrame, bytes.view());
  }
  log.append(kEndFrame, {});
  log.sync();
}

PairsResult search_and_write(const PairsOptions& options, const ScanOptions& scan_options,
                             CorpusReader& reader, OutputSet& outputs, Checkpoint* checkpoint,
                             StageClock& clock, const RunControl& control) {
  const NearDuplicateOptions& search = options.search;
  const auto log = [&](const char* name) {
    return checkpoint != nullptr ? checkpoint->open(name) : std::unique_ptr<FrameLog>();
  };
  const VerifyRule rule{search.threshold, 0.0};
  const MemoryBudget memory = divide_memory(search.corpus.memory_bytes, search.corpus.threads);
  const SearchContext context{search.corpus, scan_options, rule, memory, control};
  ScannedCorpus corpus =
      scan_corpus(reader, search.corpus, scan_options, memory, log("scan").get(), control);
  const std::size_t documents = corpus.table.documents.size();
  const std::vector<std::uint32_t> ranks = keep_ranks({}, documents);
  const ContentGroups groups = group_by_content(corpus.table, ranks);

  clock.begin("join");
  const CandidateList candidates =
      find_candidates(context, corpus, groups, PairsWanted::kAll, log("candidates").get());

  clock.begin("verify");
  std::vector<ScoredPair> pairs;
  const std::unique_ptr<FrameLog> pairs_log = log("pairs");
  if (!pairs_log || !read_pairs(*pairs_log, documents, pairs)) {
    const ShingleSetStore sets =
        collect_sets(context, reader, corpus, documents_in(candidates.pairs, documents), false);
    pairs = verify_candidates(context, candidates, sets);
    if (pairs_log) write_pairs(*pairs_log, pairs);
  }

  clock.begin("write");
  PairsResult result;
  result.summary = PairWriter(corpus.table, groups, pairs, options.most_expanded)
                       .write(*outputs.sink("--output"));
  outputs.commit();
  if (checkpoint != nullptr) checkpoint->remove();
  result.summary.documents = corpus.table.documents.size();
  result.summary.faults = reader.faults().total;
  result.summary.bytes = corpus.bytes;

  RunReport& report = result.report;
  report.command = "pairs";
  describe(search, scan_options, report.parameters);
  report.counts.add("documents", result.summary.documents);
  report.counts.add("equal_documents", groups.repeats);
  report.counts.add("pairs", result.summary.pairs);
  report.counts.add("groups_of_equal_documents_not_written_pair_by_pair",
                    result.summary.groups_not_expanded);
  describe(candidates, report.candidates);
  report.candidates.add("verified_pairs", static_cast<std::uint64_t>(pairs.size()));
  describe(reader.faults(), report.faults);
  report.stages = clock.finish();
  report.wall_seconds = clock.wall_seconds();
  report.peak_bytes = peak_memory_bytes();
  report.simd = simd_target();
  return result;
}

}  // namespace

PairsResult run_pairs(const PairsOptions& options, const RunControl& control) {
  const NearDuplicateOptions& search = options.search;
  ScanOptions scan_options = make_scan_options(search);

  StageClock clock;
  clock.begin("read");
  OutputSet outputs({{"--output", options.pairs_path}}, search.corpus.other_outputs);
  CorpusReader reader(search.corpus, control, default_memory_bytes());
  outputs.refuse_inputs(reader.inputs());
  if (search.dry_run || control.on_plan) {
    const RunPlan plan = plan_run(reader, search.corpus, scan_options, search.threshold);
    if (control.on_plan) control.on_plan(plan);
    if (search.dry_run) return {};
  }
  RunIdentity identity = make_identity("pairs", search, scan_options, reader);
  identity.outputs = outputs.paths();
  identity.options.emplace_back("most-expanded", fmt::format("{}", options.most_expanded));
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
