// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/decisions.h"

#include <algorithm>
#include <utility>

#include "copydesk/run/process_usage.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

// Pairs of a second look that are verified before they are taken over.
constexpr std::size_t kLookedAtOnce = std::size_t{1} << 18;

enum FrameKind : std::uint32_t {
  kRemovedFrame = 1,
  kKeptForFrame,
  kMembersFrame,
  kStartsFrame,
  kCountsFrame,
  kMissesFrame,
};
constexpr std::size_t kPart = std::size_t{1} << 20;

template <class Value>
void append_list(StageWriter& stage, std::uint32_t kind, const std::vector<Value>& values) {
  PackedBytes bytes;
  for (std::size_t begin = 0; begin < values.size(); begin += kPart) {
    bytes.clear();
    bytes.put_all(std::span(values).subspan(begin, std::min(kPart, values.size() - begin)));
    stage.append(kind, bytes.view());
  }
}

void append_removed(StageWriter& stage, const std::vector<Decision>& removed) {
  PackedBytes bytes;
  for (std::size_t begin = 0; begin < removed.size(); begin += kPart) {
    const std::size_t count = std::min(kPart, removed.size() - begin);
    bytes.clear();
    bytes.put(static_cast<std::uint64_t>(count));
    for (const Decision& decision : std::span(removed).subspan(begin, count)) {
      bytes.put(decision.document);
      bytes.put(decision.kept);
      bytes.put(static_cast<std::uint8_t>(decision.rule));
      bytes.put(decision.overlap.shared);
      bytes.put(decision.overlap.size_a);
      bytes.put(decision.overlap.size_b);
    }
    stage.append(kRemovedFrame, bytes.view());
  }
}

void read_removed(PackedReader& bytes, std::vector<Decision>& removed) {
  constexpr std::size_t kDecisionBytes = 21;
  for (std::size_t count = bytes.get_count(kDecisionBytes); count > 0; --count) {
    Decision decision;
    decision.document = bytes.get<std::uint32_t>();
    decision.kept = bytes.get<std::uint32_t>();
    decision.rule = static_cast<RemovalRule>(bytes.get<std::uint8_t>());
    decision.overlap.shared = bytes.get<std::uint32_t>();
    decision.overlap.size_a = bytes.get<std::uint32_t>();
    decision.overlap.size_b = bytes.get<std::uint32_t>();
    removed.push_back(decision);
  }
}

template <class Value>
void read_list(PackedReader& bytes, std::vector<Value>& values) {
  std::vector<Value> part;
  bytes.get_all(part);
  values.insert(values.end(), part.begin(), part.end());
}

void read_misses(PackedReader& bytes, std::size_t documents, NearMisses& misses) {
  const auto step = bytes.get<std::uint64_t>();
  const auto added = bytes.get<std::uint64_t>();
  std::vector<ScoredPair> pairs;
  bytes.get_all(pairs);
  const bool is_sound =
      step < NearMisses::kSteps && pairs.size() <= NearMisses::kKept && added >= pairs.size() &&
      std::all_of(pairs.begin(), pairs.end(), [&](const ScoredPair& pair) {
        return pair.a < pair.b && pair.b < documents;
      });
  if (!is_sound) bytes.fail();
  misses.restore(static_cast<std::size_t>(step), added, pairs);
}

// Whether all parts fit together, so that a file made for the purpose is refused, too.
bool is_sound(const DedupVerdict& verdict, std::size_t documents) {
  const auto is_document = [&](std::uint64_t number) { return number < documents; };
  const auto& removed = verdict.decisions.removed;
  const auto& kept_for = verdict.decisions.kept_for;
  const auto& [members, starts] = verdict.clusters;
  if (kept_for.size() != documents) return false;
  if (!std::all_of(kept_for.begin(), kept_for.end(), is_document)) return false;
  for (std::size_t i = 0; i < removed.size(); ++i) {
    const Decision& decision = removed[i];
    if (!is_document(decision.document) || decision.rule > RemovalRule::kSameKey) return false;
    if (decision.kept != kept_for[decision.document]) return false;
    if (i > 0 && removed[i - 1].document >= decision.document) return false;
  }
  if (!std::all_of(members.begin(), members.end(), is_document)) return false;
  if (starts.empty()) return members.empty();
  return starts.front() == 0 && starts.back() == members.size() &&
         std::is_sorted(starts.begin(), starts.end());
}

}  // namespace

DedupVerdict reach_verdict(const SearchContext& context, const ContentGroups& groups,
                           std::span<const std::uint32_t> ranks,
                           const SpillList<ScoredPair>& pairs, const ShingleSetStore& sets,
                           const OldDocuments& old) {
  return_free_memory();
  DedupVerdict verdict;
  verdict.verified_pairs = pairs.size();
  const PairSource source = source_of(pairs);
  verdict.clusters = connected_components_of(groups.representatives, source);
  Decider decider(groups.representatives, ranks, source,
                  {context.rule.jaccard, context.rule.containment, old},
                  context.corpus.work_folder, {context.memory.pairs, context.memory.leads});
  for (;;) {
    const std::span<const CandidatePair> candidates = decider.second_look();
    if (candidates.empty()) break;
    verdict.second_look_pairs += candidates.size();
    for (std::size_t begin = 0; begin < candidates.size(); begin += kLookedAtOnce) {
      context.control.check_stop();
      const std::size_t count = std::min(kLookedAtOnce, candidates.size() - begin);
      decider.add(verify_in_parallel(context.search(), candidates.subspan(begin, count), sets));
    }
    return_free_memory();
    decider.settle();
  }
  verdict.pairs_weighed = decider.pairs_weighed();
  const std::vector<CandidatePair> passed_over = decider.passed_over();
  verdict.alike_in_index = verify_in_parallel(context.search(), passed_over, sets).size();
  verdict.decisions = decider.decisions();
  return verdict;
}

void write_verdict(const DedupVerdict& verdict, StageWriter& stage) {
  append_removed(stage, verdict.decisions.removed);
  append_list(stage, kKeptForFrame, verdict.decisions.kept_for);
  append_list(stage, kMembersFrame, verdict.clusters.members);
  append_list(stage, kStartsFrame, verdict.clusters.starts);
  PackedBytes bytes;
  bytes.put(verdict.verified_pairs);
  bytes.put(verdict.second_look_pairs);
  bytes.put(verdict.pairs_weighed);
  stage.append(kCountsFrame, bytes.view());
  for (std::size_t step = 0; verdict.misses && step < NearMisses::kSteps; ++step) {
    bytes.clear();
    bytes.put(static_cast<std::uint64_t>(step));
    bytes.put(verdict.misses->step(step).added());
    bytes.put_all(std::span<const ScoredPair>(verdict.misses->step(step).pairs()));
    stage.append(kMissesFrame, bytes.view());
  }
}

DedupVerdict read_verdict(StageReader& stage, std::size_t documents, double threshold) {
  DedupVerdict verdict;
  while (stage.next()) {
    PackedReader bytes = stage.bytes();
    switch (stage.kind()) {
      case kRemovedFrame:
        read_removed(bytes, verdict.decisions.removed);
        break;
      case kKeptForFrame:
        read_list(bytes, verdict.decisions.kept_for);
        break;
      case kMembersFrame:
        read_list(bytes, verdict.clusters.members);
        break;
      case kStartsFrame:
        read_list(bytes, verdict.clusters.starts);
        break;
      case kCountsFrame:
        verdict.verified_pairs = bytes.get<std::uint64_t>();
        verdict.second_look_pairs = bytes.get<std::uint64_t>();
        verdict.pairs_weighed = bytes.get<std::uint64_t>();
        break;
      case kMissesFrame:
        if (!verdict.misses) verdict.misses.emplace(threshold);
        read_misses(bytes, documents, *verdict.misses);
        break;
      default:
        bytes.fail();
    }
  }
  if (stage.is_complete() && !is_sound(verdict, documents)) stage.fail();
  return verdict;
}

}  // namespace copydesk
