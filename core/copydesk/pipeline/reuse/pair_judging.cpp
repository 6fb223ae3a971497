// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/pair_judging.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "copydesk/parallel/parallel_for.h"
#include "copydesk/pipeline/reuse/item_pass.h"
#include "copydesk/reuse/furniture_words.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/reuse/pair_aligner.h"
#include "copydesk/reuse/pair_judge.h"

namespace copydesk {

namespace {

// What a stretch of the candidates came to.
struct PartOfPairs {
  std::vector<RelatedPair> pairs;
  std::vector<StoredPassage> passages;
  std::vector<PairEvidence> evidence;
  std::uint64_t accepted = 0, templates = 0, boilerplate = 0;
};

// How many different grams each text has, counted when it is first asked for. Two threads may count
// the same text and find the same.
class GramCounts {
 public:
  explicit GramCounts(std::size_t documents) : counts_(documents) {}

  std::uint32_t of(std::uint32_t document, std::span<const std::uint32_t> tokens) {
    std::uint32_t count = counts_[document].load(std::memory_order_relaxed);
    if (count == 0) {
      count = count_distinct_grams(tokens);
      counts_[document].store(count, std::memory_order_relaxed);
    }
    return count;
  }

 private:
  std::vector<std::atomic<std::uint32_t>> counts_;
};

// Compares candidate pairs one after the other; what is known of a is kept while a stays.
class PairWorker {
 public:
  PairWorker(const FingerprintJoin& candidates, const FingerprintedCorpus& corpus,
             const CollectedTexts& collected, const NumberTokens& numbers,
             const FurnitureWords& furniture, GramCounts& gram_counts, const ReuseRules& rules)
      : texts_(collected.texts),
        rules_(rules),
        furniture_(furniture),
        gram_counts_(gram_counts),
        has_items_(corpus.first_new_document != 0),
        judge_(corpus.frequencies, numbers, candidates.frequent),
        aligner_(rules.passages) {}

  void operator()(const ReuseCandidate& candidate, PartOfPairs& found) {
    if (!a_ || *a_ != candidate.pair.a) {
      a_ = candidate.pair.a;
      text_a_ = texts_.get(*a_, buffer_a_);
      judge_.prepare(text_a_.tokens);
      aligner_.prepare(text_a_.tokens);
      item_.reset();
    }
    const TextStore::View text_b = texts_.get(candidate.pair.b, buffer_b_);
    ReusePair pair;
    pair.pair = candidate.pair;
    pair.evidence = judge_.judge(candidate, text_b.tokens,
                                 rules_.keep_evidence ? 0 : rules_.copy.minimum_grams);
    const bool is_of_item = has_items_ && is_item(text_a_.tokens.size());
    AlignedPair aligned =
        is_of_item ? match_item(text_b.tokens) : aligner_.align(text_b.tokens);
    if (aligned.passages.empty()) return;
    pair.passages = std::move(aligned.passages);
    pair.parts = aligned.parts;
    pair.relation = aligned.relation;
    judge_.judge_passages(pair.passages, text_b.tokens, rules_.copy, rules_.keep_evidence,
                          pair.evidence);
    const std::size_t shorter = std::min(pair.parts.tokens_a, pair.parts.tokens_b);
    if (!rules_.any_passage && !pair.evidence.is_reuse(rules_.copy, shorter)) return;
    const bool is_template =
        pair.evidence.is_template(rules_.copy, pair.relation == Relation::kExcerpt,
                                  std::max(pair.parts.share_a(), pair.parts.share_b()));
    // Two forms that share hardly a gram are not worth a line, unless they are one text.
    const bool is_whole = pair.relation == Relation::kCopy ||
                          pair.relation == Relation::kContains ||
                          pair.relation == Relation::kContained;
    if (is_template && !is_whole && !rules_.any_passage &&
        !pair.evidence.shares_grams(rules_.copy)) {
      return;
    }
    ++found.accepted;
    if (is_template) {
      pair.relation = Relation::kTemplate;
      ++found.templates;
    } else if (is_furniture_alone(pair)) {
      pair.relation = Relation::kBoilerplate;
      ++found.boilerplate;
    }
    keep(pair, text_b, found);
  }

 private:
  void keep(ReusePair& pair, const TextStore::View& text_b, PartOfPairs& found) {
    if (is_hidden(pair.relation)) {
      if (!rules_.keep_hidden && !rules_.keep_hidden_passages) return;
      if (!rules_.keep_hidden_passages) pair.passages.clear();
    }
    found.pairs.push_back(without_passages(pair));
    if (rules_.keep_evidence) {
      pair.evidence.grams_b = gram_counts_.of(pair.pair.b, text_b.tokens);
      found.evidence.push_back(pair.evidence);
    }
    for (const Passage& passage : pair.passages) {
      found.passages.push_back(
          {static_cast<std::uint32_t>(passage.begin_a), static_cast<std::uint32_t>(passage.end_a),
           static_cast<std::uint32_t>(passage.begin_b), static_cast<std::uint32_t>(passage.end_b),
           static_cast<std::uint32_t>(passage.matched)});
    }
  }

  // Of a whole text or most of it, words of furniture say nothing: the text is one.
  [[nodiscard]] bool is_furniture_alone(const ReusePair& pair) const {
    if (pair.relation != Relation::kExcerpt && pair.relation != Relation::kUpdate) return false;
    return std::all_of(pair.passages.begin(), pair.passages.end(), [&](const Passage& passage) {
      return furniture_.is_furniture(
          text_a_.tokens.subspan(passage.begin_a, passage.end_a - passage.begin_a));
    });
  }

  // Where a stands in b as an item.
  AlignedPair match_item(std::span<const std::uint32_t> b) {
    if (!item_) {
      item_.emplace();
      item_->add(text_a_.tokens);
      item_->build();
    }
    AlignedPair pair;
    ItemMatcher matcher(*item_, rules_.items);
    for (const ItemHit& hit : matcher.find(b)) {
      pair.passages.push_back(hit.passage);
    }
    std::stable_sort(pair.passages.begin(), pair.passages.end(),
                     [](const Passage& x, const Passage& y) { return x.begin_a < y.begin_a; });
    pair.parts = measure_parts(pair.passages, text_a_.tokens.size(), b.size());
    pair.relation = relate(pair.passages, pair.parts);
    return pair;
  }

  const TextStore& texts_;
  const ReuseRules& rules_;
  const FurnitureWords& furniture_;
  GramCounts& gram_counts_;
  bool has_items_;
  PairJudge judge_;
  PairAligner aligner_;
  std::optional<std::uint32_t> a_;
  std::optional<ItemIndex> item_;  // of a, once it was asked for
  TextStore::View text_a_;
  TextStore::Buffer buffer_a_, buffer_b_;
};

}  // namespace

// In rounds, so that what was found is put away before more is looked for. Few pairs are pairs of
// long documents: then the stretches a thread takes are short, too.
JudgedPairs judge_candidates(const FingerprintJoin& candidates, const FingerprintedCorpus& corpus,
                             const CollectedTexts& collected, const ReuseRules& rules,
                             const CorpusOptions& options, std::size_t memory_bytes,
                             const RunControl& control) {
  constexpr std::size_t kParts = 64;
  constexpr std::size_t kLargestGrain = 1024;
  const std::vector<ReuseCandidate>& pairs = candidates.pairs;
  const std::size_t grain =
      std::clamp<std::size_t>((pairs.size() + kParts - 1) / kParts, 1, kLargestGrain);
  const std::size_t round = kParts * grain;
  const NumberTokens numbers;
  const FurnitureWords furniture;
  GramCounts gram_counts(rules.keep_evidence ? corpus.representatives.size() : 0);
  JudgedPairs judged(options.work_folder, memory_bytes);
  judged.pairs.reserve(pairs.size());  // untouched memory costs nothing, growing is copying
  std::vector<PartOfPairs> parts(kParts);
  std::mutex mutex;
  std::uint64_t done = 0;
  for (std::size_t first = 0; first < pairs.size(); first += round) {
    const std::size_t count = std::min(round, pairs.size() - first);
    parallel_for(options.threads, count, grain,
                 [&](std::size_t begin, std::size_t end, std::size_t) {
                   PairWorker worker(candidates, corpus, collected, numbers, furniture,
                                     gram_counts, rules);
                   PartOfPairs& part = parts[begin / grain];
                   for (std::size_t i = begin; i < end; ++i) {
                     control.check_stop();
                     worker(pairs[first + i], part);
                   }
                   const std::lock_guard lock(mutex);
                   done += end - begin;
                   control.report({"align", done, pairs.size(), "pairs", 0});
                 });
    for (PartOfPairs& part : parts) {
      judged.pairs.insert(judged.pairs.end(), part.pairs.begin(), part.pairs.end());
      judged.passages.append(part.passages);
      judged.evidence.append(part.evidence);
      judged.accepted += part.accepted;
      judged.templates += part.templates;
      judged.boilerplate += part.boilerplate;
      part = {};
    }
  }
  return judged;
}

}  // namespace copydesk
