// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/index/index_searcher.h"

#include <algorithm>
#include <mutex>
#include <tuple>
#include <utility>

#include "copydesk/kernels/content_hash.h"
#include "copydesk/kernels/intersection.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/verify/shared_run.h"
#include "copydesk/verify/verifier.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kKeyMask = (std::uint64_t{1} << kIndexKeyBits) - 1;

CountedShingles counted(const StoredSet& set) {
  return {set.set, set.counts.counts, set.counts.tokens, set.counts.telling_length,
          set.counts.order_length};
}

// Sorts, and counts the keys of each document.
void bring_together(std::vector<IndexHit>& hits) {
  std::sort(hits.begin(), hits.end(), [](const IndexHit& x, const IndexHit& y) {
    return std::tuple(x.query, x.number) < std::tuple(y.query, y.number);
  });
  std::size_t end = 0;
  for (const IndexHit& hit : hits) {
    if (end > 0 && hits[end - 1].query == hit.query && hits[end - 1].number == hit.number) {
      hits[end - 1].keys += hit.keys;
      hits[end - 1].is_whole |= hit.is_whole;
    } else {
      hits[end++] = hit;
    }
  }
  hits.resize(end);
}

// Compares one text with one document after the other. One a thread.
class MatchFinder {
 public:
  MatchFinder(const IndexReader& index, StopFlag stop)
      : index_(index),
        stop_(stop),
        maker_(index.parameters().shingles, stop),
        tokenizer_(index.parameters().shingles.fold),
        rule_{index.parameters().threshold, 0.0, index.parameters().shingles.size} {}

  void find(const SearchedText& text, std::span<const IndexHit> hits, const SearchLimits& limits,
            IndexAnswer& answer) {
    text_ = &text;
    has_tokens_ = false;
    stop_.check();
    // What was removed leads to the document that was kept for it: to compare with that one is all
    // that matters, and of a family of thousands there are few that were kept.
    wanted_.clear();
    for (const IndexHit& hit : hits) {
      const auto place = index_.find(hit.number);
      if (!place) continue;
      const SegmentRemoval* const removal = place->segment->removal_of(place->document);
      wanted_.push_back(removal == nullptr ? hit
                                           : IndexHit{hit.query, removal->kept, hit.keys, false});
    }
    bring_together(wanted_);
    if (limits.compared != 0 && wanted_.size() > limits.compared) {
      std::stable_sort(wanted_.begin(), wanted_.end(), [](const IndexHit& x, const IndexHit& y) {
        return std::tuple(!x.is_whole, y.keys) < std::tuple(!y.is_whole, x.keys);
      });
      answer.not_compared = wanted_.size() - limits.compared;
      wanted_.resize(limits.compared);
    }
    std::vector<IndexMatch>& matches = answer.matches;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (i % 256 == 0) stop_.check();
      const IndexHit& hit = wanted_[i];
      const auto place = index_.find(hit.number);
      if (!place || place->segment->removal_of(place->document) != nullptr) continue;
      std::optional<IndexMatch> match = compare(*place, hit.is_whole);
      if (!match) continue;
      match->number = hit.number;
      matches.push_back(*match);
    }
    const auto order = [](const IndexMatch& match) {
      const bool is_equal = is_equality(match.rule);
      return std::tuple(is_equal ? static_cast<int>(match.rule) : 2,
                        is_equal ? -1.0 : -match.overlap.jaccard(), match.number);
    };
    std::sort(matches.begin(), matches.end(),
              [&](const IndexMatch& x, const IndexMatch& y) { return order(x) < order(y); });
    if (limits.most != 0 && matches.size() > limits.most) matches.resize(limits.most);
    for (IndexMatch& match : matches) add_passage(match);
  }

 private:
  [[nodiscard]] bool can_verify() const { return index_.parameters().verify != IndexVerify::kNone; }

  // What the document has in common with the text, if it is enough. Those of equal words have the
  // key of the whole text in common: of others the row need not be read.
  std::optional<IndexMatch> compare(const IndexReader::Place& place, bool may_be_equal) {
    IndexMatch match;
    if (may_be_equal) {
      const IndexedDocument document = place.segment->read(place.document, buffers_.bytes);
      if (document.exact_low == text_->exact_low && document.exact_high == text_->exact_high &&
          document.text_class == text_->text_class) {
        match.rule = document.text_hash == text_->text_hash ? RemovalRule::kIdentical
                                                            : RemovalRule::kSameWords;
        return match;
      }
    }
    if (!can_verify()) {
      match.is_verified = false;
      return match;
    }
    if (index_.parameters().keeps_sets() &&
        !index_.may_be_alike(place, text_->set.set, rule_, buffers_)) {
      return std::nullopt;
    }
    const SetOfText set_of_text = [this](std::string_view bytes, TokenKind kind, StoredSet& out) {
      maker_.make(bytes, kind, out.set, out.counts);
    };
    if (!index_.read_set(place, set_of_text, buffers_, set_)) return std::nullopt;
    const std::size_t least = rule_.least_shared(text_->set.set.size(), set_.set.size());
    const std::size_t shared = intersection_size(text_->set.set, set_.set, least);
    if (shared < least) return std::nullopt;
    match.overlap = {static_cast<std::uint32_t>(shared),
                     static_cast<std::uint32_t>(text_->set.set.size()),
                     static_cast<std::uint32_t>(set_.set.size())};
    if (!rule_.accepts(match.overlap) ||
        !rule_.accepts_counts(match.overlap, counted(text_->set), counted(set_))) {
      return std::nullopt;
    }
    return match;
  }

  void add_passage(IndexMatch& match) {
    if (!match.is_verified || !index_.parameters().keeps_texts()) return;
    if (!has_tokens_) {
      tokenizer_.tokenize(text_->text, text_->kind, tokens_, true);
      take_low_halves(tokens_.hashes, low_);
      has_tokens_ = true;
    }
    SharedRun run{0, 0, tokens_.size()};
    if (!is_equality(match.rule)) {
      const auto place = index_.find(match.number);
      if (!place) return;
      const auto stored = place->segment->read_text(place->document, buffers_.texts);
      if (!stored) return;
      tokenizer_.tokenize(stored->text, stored->kind, stored_tokens_);
      take_low_halves(stored_tokens_.hashes, stored_low_);
      run = longest_shared_run(low_, stored_low_, stop_);
    }
    match.has_passage = true;
    match.shared_tokens = run.length;
    if (run.length == 0) return;
    match.passage = {tokens_.spans[run.begin_a].begin,
                     tokens_.spans[run.begin_a + run.length - 1].end};
  }

  const IndexReader& index_;
  StopFlag stop_;
  ShingleSetMaker maker_;
  TextTokenizer tokenizer_;
  VerifyRule rule_;
  const SearchedText* text_ = nullptr;
  IndexBuffers buffers_;
  StoredSet set_;
  std::vector<IndexHit> wanted_;
  bool has_tokens_ = false;
  TokenList tokens_, stored_tokens_;
  std::vector<std::uint32_t> low_, stored_low_;
};

}  // namespace

TextPreparer::TextPreparer(const IndexParameters& parameters, StopFlag stop)
    : parameters_(parameters),
      banding_(parameters.banding()),
      maker_(parameters.shingles, stop),
      sketcher_(parameters.sketch),
      sketch_(parameters.sketch.slots) {}

void TextPreparer::prepare(std::string_view text, TokenKind kind, SearchedText& out) {
  maker_.make(text, kind, out.set.set, out.set.counts);
  const ShingledText& shingled = maker_.shingled();
  out.exact_low = shingled.exact_low;
  out.exact_high = shingled.exact_high;
  out.text_class = shingled.text_class;
  out.text_hash = content_hash_64(text.data(), text.size());
  out.keys.resize(banding_.bands);
  sketcher_.sketch(out.set.set, sketch_);
  compute_band_keys(sketch_, banding_, out.keys);
  out.keys.push_back(out.exact_low);
  for (std::uint64_t& key : out.keys) key &= kKeyMask;
  out.kind = kind;
  if (parameters_.keeps_texts()) out.text = text;
}

std::vector<IndexHit> IndexSearcher::look_up(std::span<const SearchedText> texts,
                                             std::size_t threads) const {
  const std::size_t columns = index_.bands() + 1;
  std::vector<IndexHit> hits;
  std::mutex mutex;
  // One text is not worth a thread.
  const std::size_t workers = texts.size() < 64 ? 1 : threads;
  parallel_for(workers, columns, 1, [&](std::size_t column, std::size_t, std::size_t) {
    control_.check_stop();
    std::vector<AskedKey> asked;
    asked.reserve(texts.size());
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      const bool has_bands = texts[i].text_class != TextClass::kEmpty;
      if (has_bands || column + 1 == columns) asked.push_back({texts[i].keys[column], i});
    }
    std::sort(asked.begin(), asked.end(),
              [](const AskedKey& x, const AskedKey& y) { return x.key < y.key; });
    BlockFile::Buffer buffer;
    std::vector<IndexHit> found;
    index_.look_up(column, asked, buffer, found);
    const std::lock_guard lock(mutex);
    hits.insert(hits.end(), found.begin(), found.end());
  });
  bring_together(hits);
  return hits;
}

std::vector<IndexAnswer> IndexSearcher::search(std::span<const SearchedText> texts,
                                               const SearchLimits& limits,
                                               std::size_t threads) const {
  const std::vector<IndexHit> hits = look_up(texts, threads);
  std::vector<IndexAnswer> answers(texts.size());
  constexpr std::size_t kGrain = 64;
  const std::size_t workers = texts.size() < kGrain ? 1 : threads;
  parallel_for(workers, texts.size(), kGrain, [&](std::size_t begin, std::size_t end, std::size_t) {
    MatchFinder finder(index_, StopFlag(control_.stop));
    auto hit =
        std::lower_bound(hits.begin(), hits.end(), begin,
                         [](const IndexHit& one, std::size_t query) { return one.query < query; });
    for (std::size_t i = begin; i < end; ++i) {
      const auto first = hit;
      while (hit != hits.end() && hit->query == i) ++hit;
      if (first != hit) finder.find(texts[i], {first, hit}, limits, answers[i]);
    }
  });
  return answers;
}

}  // namespace copydesk
