// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_search.h"

#include <algorithm>
#include <cassert>
#include <mutex>
#include <utility>

#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/read/time_value.h"
#include "copydesk/reuse/agency_mark.h"
#include "copydesk/reuse/pair_aligner.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

// The candidate documents of one batch, read again.
struct BatchTexts {
  std::vector<ReuseDocument> documents;
  std::vector<TokenList> tokens;  // those beyond the documents are left over

  void clear() { documents.clear(); }
};

class TextCollector {
 public:
  void operator()(const ReadDocument& read, BatchTexts& out) {
    const Document& document = read.document;
    if (out.documents.size() == out.tokens.size()) out.tokens.emplace_back();
    TokenList& tokens = out.tokens[out.documents.size()];
    tokenizer_.tokenize_with_spans(read.text, tokens);
    ReuseDocument& known = out.documents.emplace_back();
    known.document = read.number;
    known.tokens = static_cast<std::uint32_t>(tokens.size());
    if (tokens.size() > 0) known.bytes = {tokens.spans.front().begin, tokens.spans.back().end};
    known.title = document.title;
    known.site = site_name(document.site, document.url);
    known.time = parse_time(document.time);
    known.agency = find_agency_mark(read.text);
  }

 private:
  Tokenizer tokenizer_;
};

// What a stretch of the candidates came to.
struct PartOfPairs {
  std::vector<RelatedPair> pairs;
  std::vector<StoredPassage> passages;
  std::vector<PairEvidence> evidence;
  std::uint64_t templates = 0;
};

// Compares candidate pairs one after the other; what is known of a is kept while a stays.
class PairWorker {
 public:
  PairWorker(const FingerprintJoin& candidates, const FingerprintedCorpus& corpus,
             const CollectedTexts& collected, const NumberTokens& numbers, const ReuseRules& rules)
      : texts_(collected.texts),
        rules_(rules),
        judge_(corpus.frequencies, numbers, candidates.frequent),
        aligner_(rules.passages) {}

  void operator()(const ReuseCandidate& candidate, PartOfPairs& found) {
    if (!a_ || *a_ != candidate.pair.a) {
      a_ = candidate.pair.a;
      text_a_ = texts_.get(*a_, buffer_a_);
      judge_.prepare(text_a_.tokens);
      aligner_.prepare(text_a_.tokens);
    }
    const TextStore::View text_b = texts_.get(candidate.pair.b, buffer_b_);
    ReusePair pair;
    pair.pair = candidate.pair;
    pair.evidence = judge_.judge(candidate, text_b.tokens);
    if (!pair.evidence.is_reuse(rules_.copy)) return;
    AlignedPair aligned = aligner_.align(text_b.tokens);
    pair.passages = std::move(aligned.passages);
    pair.parts = aligned.parts;
    pair.relation = aligned.relation;
    judge_.judge_passages(pair.passages, text_b.tokens, pair.evidence);
    if (is_set_piece(pair) || pair.evidence.is_template(rules_.copy)) {
      pair.relation = Relation::kTemplate;
      ++found.templates;
      if (!rules_.keep_templates && !rules_.keep_template_passages) return;
      if (!rules_.keep_template_passages) pair.passages.clear();
    }
    found.pairs.push_back(without_passages(pair));
    if (rules_.keep_evidence) found.evidence.push_back(pair.evidence);
    for (const Passage& passage : pair.passages) {
      found.passages.push_back(
          {static_cast<std::uint32_t>(passage.begin_a), static_cast<std::uint32_t>(passage.end_a),
           static_cast<std::uint32_t>(passage.begin_b), static_cast<std::uint32_t>(passage.end_b),
           static_cast<std::uint32_t>(passage.matched)});
    }
  }

 private:
  bool is_set_piece(const ReusePair& pair) const {
    const CopyRule& rule = rules_.copy;
    return pair.relation == Relation::kExcerpt && pair.evidence.median_df > rule.most_excerpt_df &&
           std::max(pair.parts.share_a(), pair.parts.share_b()) < rule.most_set_piece;
  }

  const TextStore& texts_;
  const ReuseRules& rules_;
  PairJudge judge_;
  PairAligner aligner_;
  std::optional<std::uint32_t> a_;
  TextStore::View text_a_;
  TextStore::Buffer buffer_a_, buffer_b_;
};

}  // namespace

const ReuseDocument& CollectedTexts::find(std::uint32_t document) const {
  const auto place = std::lower_bound(
      documents.begin(), documents.end(), document,
      [](const ReuseDocument& entry, std::uint32_t number) { return entry.document < number; });
  assert(place != documents.end() && place->document == document);
  return *place;
}

CollectedTexts collect_texts(CorpusReader& reader, const FingerprintedCorpus& corpus,
                             const FingerprintJoin& candidates, std::size_t memory_bytes) {
  CollectedTexts collected(reader.options().work_folder, memory_bytes);
  const std::vector<std::uint32_t>& representatives = corpus.representatives;
  std::vector<bool> is_compared(representatives.size());
  for (const ReuseCandidate& candidate : candidates.pairs) {
    is_compared[candidate.pair.a] = is_compared[candidate.pair.b] = true;
  }
  std::vector<bool> wanted = is_compared;
  for (std::size_t document = 0; document < representatives.size(); ++document) {
    const std::uint32_t first = representatives[document];
    if (first == document) continue;
    wanted[first] = wanted[document] = true;
    // Each text of a new corpus is reported by itself, with offsets of its own.
    const bool is_new = corpus.first_new_document != 0 && document >= corpus.first_new_document;
    if (is_new && is_compared[first]) is_compared[document] = true;
  }
  later_pass<BatchTexts>(
      reader, {corpus.table, &wanted}, "collect", [](std::size_t) { return TextCollector(); },
      [&](ReadBatch<BatchTexts>& batch) {
        BatchTexts& found = batch.found;
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i].document;
          if (is_compared[document]) collected.texts.add(document, found.tokens[i]);
          collected.documents.push_back(std::move(found.documents[i]));
        }
      });
  return collected;
}

// In rounds, so that what was found is put away before more is looked for.
JudgedPairs judge_candidates(const FingerprintJoin& candidates, const FingerprintedCorpus& corpus,
                             const CollectedTexts& collected, const ReuseRules& rules,
                             const CorpusOptions& options, std::size_t memory_bytes,
                             const RunControl& control) {
  constexpr std::size_t kGrain = 1024;
  constexpr std::size_t kRound = 64 * kGrain;
  const std::vector<ReuseCandidate>& pairs = candidates.pairs;
  const NumberTokens numbers;
  JudgedPairs accepted(options.work_folder, memory_bytes);
  std::vector<PartOfPairs> parts(kRound / kGrain);
  std::mutex mutex;
  std::uint64_t done = 0;
  for (std::size_t first = 0; first < pairs.size(); first += kRound) {
    const std::size_t count = std::min(kRound, pairs.size() - first);
    parallel_for(options.threads, count, kGrain,
                 [&](std::size_t begin, std::size_t end, std::size_t) {
                   control.check_stop();
                   PairWorker worker(candidates, corpus, collected, numbers, rules);
                   PartOfPairs& part = parts[begin / kGrain];
                   for (std::size_t i = begin; i < end; ++i) worker(pairs[first + i], part);
                   const std::lock_guard lock(mutex);
                   done += end - begin;
                   control.report({"align", done, pairs.size(), "pairs", 0});
                 });
    for (PartOfPairs& part : parts) {
      accepted.pairs.insert(accepted.pairs.end(), part.pairs.begin(), part.pairs.end());
      accepted.passages.append(part.passages);
      accepted.evidence.append(part.evidence);
      accepted.templates += part.templates;
      part = {};
    }
  }
  return accepted;
}

}  // namespace copydesk
