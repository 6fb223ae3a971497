// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/pairs_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"
#include "copydesk/stream/packed_bytes.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

// Equal texts make up to most_expanded pairs a document.
constexpr std::uint32_t kDocumentsBetweenLooks = 256;
constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

constexpr std::size_t kPart = std::size_t{1} << 16;

// Reads a list of pairs once from front to end.
class PairCursor {
 public:
  explicit PairCursor(const SpillList<ScoredPair>& pairs) : pairs_(pairs) {}

  // Null at the end.
  [[nodiscard]] const ScoredPair* peek() {
    if (at_ == part_.size()) {
      at_ = 0;
      part_.resize(std::min<std::uint64_t>(kPart, pairs_.size() - read_));
      if (part_.empty()) return nullptr;
      pairs_.read(read_, part_);
      read_ += part_.size();
    }
    return &part_[at_];
  }
  void pop() { ++at_; }

 private:
  const SpillList<ScoredPair>& pairs_;
  std::uint64_t read_ = 0;
  std::vector<ScoredPair> part_;
  std::size_t at_ = 0;
};

// Verified pairs of representatives, spread over all documents with the same texts. Pairs of texts
// that stand once each go by as they are; the others are held in memory, from both sides.
class PairWriter {
 public:
  // Pairs of two documents below `first_new` are left out.
  PairWriter(const ContentGroups& groups, const SpillList<ScoredPair>& pairs,
             std::size_t most_expanded, std::uint32_t first_new)
      : groups_(groups), most_expanded_(most_expanded), first_new_(first_new), single_(pairs) {
    is_group_.resize(groups.representatives.size());
    for (std::uint32_t document = 0; document < is_group_.size(); ++document) {
      const std::uint32_t representative = groups.representatives[document];
      if (representative != document) is_group_[representative] = true;
    }
    pairs.for_each_part(kPart, [&](std::span<const ScoredPair> part) {
      for (const ScoredPair& pair : part) {
        if (is_single(pair)) continue;
        edges_.push_back({pair.a, pair.b, pair.overlap});
        edges_.push_back({pair.b, pair.a, pair.overlap.swapped()});
      }
    });
    std::sort(edges_.begin(), edges_.end(), [](const ScoredPair& x, const ScoredPair& y) {
      return std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
    collect_groups();
  }

  // Hands over pair by pair, by their earlier, then their later document.
  template <class Take>
  PairsSummary write(const RunControl& control, Take&& take) {
    PairsSummary summary;
    summary.groups_not_expanded = groups_not_expanded_;
    const auto count = static_cast<std::uint32_t>(groups_.representatives.size());
    for (std::uint32_t document = 0; document < count; ++document) {
      collect_partners(document);
      for (const auto& [partner, overlap] : partners_) take(document, partner, overlap);
      summary.pairs += partners_.size();
      if (document % kDocumentsBetweenLooks == 0) {
        control.check_stop();
        control.report({"write", document, count, "documents", document});
      }
    }
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
      if (!same_text && representative > document && representative >= first_new_) {
        partners_.emplace_back(representative, overlap);
      }
      return;
    }
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t partner = members_[i].second;
      if (partner > document && partner >= first_new_) partners_.emplace_back(partner, overlap);
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
    for (const ScoredPair* pair = single_.peek(); pair != nullptr && pair->a <= document;
         pair = single_.peek()) {
      if (pair->a == document && is_single(*pair)) partners_.emplace_back(pair->b, pair->overlap);
      single_.pop();
    }
    std::sort(partners_.begin(), partners_.end(),
              [](const auto& x, const auto& y) { return x.first < y.first; });
  }

  // Whether each of the two texts stands once.
  [[nodiscard]] bool is_single(const ScoredPair& pair) const {
    return !is_group_[pair.a] && !is_group_[pair.b];
  }

  const ContentGroups& groups_;
  std::size_t most_expanded_;
  std::uint32_t first_new_;
  PairCursor single_;
  std::vector<bool> is_group_;  // representatives of several documents
  std::vector<ScoredPair> edges_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members_;
  std::uint64_t groups_not_expanded_ = 0;
  std::vector<std::pair<std::uint32_t, Overlap>> partners_;
};

constexpr std::uint32_t kPairsFrame = 1;

// What an earlier run verified.
SpillList<ScoredPair> read_pairs(StageReader& stage, std::size_t documents,
                                 SpillList<ScoredPair> pairs) {
  std::vector<ScoredPair> part;
  while (stage.next()) {
    PackedReader bytes = stage.bytes();
    bytes.get_all(part);
    for (const ScoredPair& pair : part) {
      if (pair.a >= pair.b || pair.b >= documents) bytes.fail();
    }
    pairs.append(part);
  }
  return pairs;
}

void write_pairs(const SpillList<ScoredPair>& pairs, StageWriter& stage) {
  PackedBytes bytes;
  pairs.for_each_part(kPart, [&](std::span<const ScoredPair> part) {
    bytes.clear();
    bytes.put_all(part);
    stage.append(kPairsFrame, bytes.view());
  });
}

PairsResult search_and_write(const PairsOptions& options, NearDuplicateRun& run) {
  const SearchContext context = run.context();
  ScannedCorpus& corpus = run.corpus();
  const ContentGroups& groups = run.groups();
  const std::size_t documents = corpus.table.documents.size();

  run.clock().begin("join");
  CandidateList candidates =
      find_candidates(context, corpus, groups, PairsWanted::kAll, run.checkpoint());
  drop_old_pairs(context, groups, run.first_new(), candidates);

  run.clock().begin("verify");
  const auto no_pairs = [&] {
    return SpillList<ScoredPair>(context.corpus.work_folder, context.memory.pairs);
  };
  const auto verify = [&] {
    const ShingleSetStore sets = collect_sets(context, run.reader(), corpus,
                                              items_in(candidates.pairs, documents), false);
    return verify_candidates(context.search(), candidates.pairs, sets);
  };
  const SpillList<ScoredPair> pairs = run.checkpoint().get_or_make(
      "pairs", [&](StageReader& stage) { return read_pairs(stage, documents, no_pairs()); }, verify,
      write_pairs);

  run.clock().begin("write");
  PairsResult result;
  const CorpusTable& table = corpus.table;
  ByteSink* const sink = run.outputs().sink("--output");
  std::string lines;
  const auto flush = [&] {
    if (sink != nullptr) sink->write(lines);
    lines.clear();
  };
  PairWriter writer(groups, pairs, options.most_expanded, run.first_new());
  result.summary = writer.write(
      context.control, [&](std::uint32_t a, std::uint32_t b, const Overlap& overlap) {
        if (options.on_pair) {
          options.on_pair({table.ref_of(a), table.ref_of(b), overlap.jaccard(),
                           overlap.containment_a(), overlap.containment_b()});
        }
        if (sink == nullptr) return;
        append_pair_line(lines, table.place_of(a), table.place_of(b), overlap);
        if (lines.size() > kFlushBytes) flush();
      });
  flush();
  run.outputs().commit();
  result.summary.documents = documents - run.first_new();
  result.summary.old_documents = run.first_new();
  result.summary.faults = run.reader().faults().total;
  result.summary.bytes = corpus.bytes;

  RunReport& report = result.report;
  run.begin_report(report);
  report.counts.add("documents", result.summary.documents);
  report.counts.add("documents_with_repeated_ids", run.repeated_ids());
  if (options.search.corpus.has_old()) {
    report.counts.add("old_documents", result.summary.old_documents);
  }
  report.counts.add("equal_documents", groups.repeats);
  report.counts.add("pairs", result.summary.pairs);
  report.counts.add("groups_of_equal_documents_not_written_pair_by_pair",
                    result.summary.groups_not_expanded);
  describe(candidates, report.candidates);
  report.candidates.add("verified_pairs", pairs.size());
  run.end_report(report);
  return result;
}

}  // namespace

PairsResult run_pairs(const PairsOptions& wanted, const RunControl& control) {
  PairsOptions options = wanted;
  options.search.corpus.reading.conversion.only_fields = true;
  NearDuplicateRun::Command command;
  command.name = "pairs";
  command.options = {{"most-expanded", fmt::format("{}", options.most_expanded)}};
  NearDuplicateRun run(options.search, std::move(command), {{"--output", options.pairs_path}},
                       control);
  PairsResult result;
  run.run([&] { result = search_and_write(options, run); });
  return result;
}

}  // namespace copydesk
