// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/verdict.h"

#include <algorithm>
#include <utility>

#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

// Looking again ends when nothing new is found, as a rule after a few looks. Only a corpus made for
// that purpose could go on for longer: its decision stands as it is when pairs have been weighed so
// many times each.
constexpr std::uint64_t kMostWeighings = 64;

enum FrameKind : std::uint32_t {
  kRemovedFrame = 1,
  kKeptForFrame,
  kMembersFrame,
  kStartsFrame,
  kCountsFrame,  // the last one
};
constexpr std::size_t kPart = std::size_t{1} << 20;

template <class Value>
void append_list(FrameLog& log, std::uint32_t kind, const std::vector<Value>& values) {
  PackedBytes bytes;
  for (std::size_t begin = 0; begin < values.size(); begin += kPart) {
    bytes.clear();
    bytes.put_all(std::span(values).subspan(begin, std::min(kPart, values.size() - begin)));
    log.append(kind, bytes.view());
  }
}

void append_removed(FrameLog& log, const std::vector<Decision>& removed) {
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
    log.append(kRemovedFrame, bytes.view());
  }
}

void read_removed(PackedReader& bytes, std::size_t documents, std::vector<Decision>& removed) {
  constexpr std::size_t kDecisionBytes = 21;
  for (std::size_t count = bytes.get_count(kDecisionBytes); count > 0; --count) {
    Decision decision;
    decision.document = bytes.get<std::uint32_t>();
    decision.kept = bytes.get<std::uint32_t>();
    decision.rule = static_cast<RemovalRule>(bytes.get<std::uint8_t>());
    decision.overlap.shared = bytes.get<std::uint32_t>();
    decision.overlap.size_a = bytes.get<std::uint32_t>();
    decision.overlap.size_b = bytes.get<std::uint32_t>();
    if (decision.document >= documents || decision.kept >= documents) bytes.fail();
    removed.push_back(decision);
  }
}

template <class Value>
void read_list(PackedReader& bytes, std::uint64_t end, std::vector<Value>& values) {
  std::vector<Value> part;
  bytes.get_all(part);
  for (const Value value : part) {
    if (value > end) bytes.fail();
  }
  values.insert(values.end(), part.begin(), part.end());
}

}  // namespace

Verdict reach_verdict(const SearchContext& context, const ContentGroups& groups,
                      std::span<const std::uint32_t> ranks, std::vector<ScoredPair> pairs,
                      const ShingleSetStore& sets) {
  Verdict verdict;
  verdict.verified_pairs = pairs.size();
  verdict.clusters = connected_components(groups.representatives, pairs);
  const std::uint64_t most_weighed = kMostWeighings * pairs.size();
  Decider decider(groups.representatives, ranks, std::move(pairs),
                  {context.rule.jaccard, context.rule.containment});
  while (decider.pairs_weighed() < most_weighed) {
    const std::vector<CandidatePair> candidates = decider.second_look();
    if (candidates.empty()) break;
    verdict.second_look_pairs += candidates.size();
    decider.add(verify_in_parallel(context, candidates, sets));
  }
  verdict.pairs_weighed = decider.pairs_weighed();
  verdict.decisions = decider.decisions();
  return verdict;
}

void write_verdict(FrameLog& log, const Verdict& verdict) {
  log.clear();
  append_removed(log, verdict.decisions.removed);
  append_list(log, kKeptForFrame, verdict.decisions.kept_for);
  append_list(log, kMembersFrame, verdict.clusters.members);
  append_list(log, kStartsFrame, verdict.clusters.starts);
  PackedBytes bytes;
  bytes.put(verdict.verified_pairs);
  bytes.put(verdict.second_look_pairs);
  bytes.put(verdict.pairs_weighed);
  log.append(kCountsFrame, bytes.view());
  log.sync();
}

bool read_verdict(FrameLog& log, std::size_t documents, Verdict& verdict) {
  verdict = {};
  FrameLog::Frame frame;
  while (log.read(frame)) {
    PackedReader bytes(frame.payload, log.path());
    switch (frame.kind) {
      case kRemovedFrame:
        read_removed(bytes, documents, verdict.decisions.removed);
        break;
      case kKeptForFrame:
        read_list(bytes, documents - 1, verdict.decisions.kept_for);
        break;
      case kMembersFrame:
        read_list(bytes, documents - 1, verdict.clusters.members);
        break;
      case kStartsFrame:
        read_list(bytes, documents, verdict.clusters.starts);
        break;
      case kCountsFrame:
        verdict.verified_pairs = bytes.get<std::uint64_t>();
        verdict.second_look_pairs = bytes.get<std::uint64_t>();
        verdict.pairs_weighed = bytes.get<std::uint64_t>();
        if (verdict.decisions.kept_for.size() != documents) bytes.fail();
        return true;
      default:
        bytes.fail();
    }
  }
  return false;
}

}  // namespace copydesk
