// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/item_pass.h"

#include <algorithm>
#include <string>
#include <utility>

#include "copydesk/corpus/record_selection.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/reuse_tokenizer.h"

namespace copydesk {

namespace {

// What the index and its making take for each token of an item.
constexpr std::size_t kBytesPerToken = 96;

// Some documents of a batch and their tokens.
struct BatchTokens {
  std::vector<std::uint32_t> documents;
  std::vector<std::vector<std::uint32_t>> tokens;
};

struct BatchHits {
  std::vector<CandidatePair> pairs;
};

// Parses the wanted documents of batches again.
class WantedTexts {
 public:
  WantedTexts(const CorpusTable& table, const std::vector<bool>& wanted,
              const CorpusOptions& options, const TextMask* mask)
      : table_(table), wanted_(wanted), parser_(options.fields), tokenizer_(mask) {}

  // Calls take(document, tokens) for each of them.
  template <class Take>
  void read(const RecordBatch& batch, Take&& take) {
    documents_.clear();
    select_records(batch, table_, wanted_, selected_, documents_);
    std::size_t next = 0;
    parser_.parse(selected_, {[&](const Document& document) {
                                tokenizer_.tokenize(document, false, tokens_);
                                low_.clear();
                                for (const std::uint64_t hash : tokens_.hashes) {
                                  low_.push_back(static_cast<std::uint32_t>(hash));
                                }
                                take(documents_[next++], std::as_const(low_));
                              },
                              [](RecordFault&&) {}});
    if (next != documents_.size()) fail_changed(batch.source_name);
  }

 private:
  const CorpusTable& table_;
  const std::vector<bool>& wanted_;
  RecordParser parser_;
  ReuseTokenizer tokenizer_;
  RecordBatch selected_;
  std::vector<std::uint32_t> documents_;
  TokenList tokens_;
  std::vector<std::uint32_t> low_;
};

class ItemSearch {
 public:
  ItemSearch(CorpusReader& reader, const FingerprintedCorpus& corpus, const CorpusOptions& options,
             const TextMask* mask, const ItemRule& rule, const RunControl& control)
      : reader_(reader),
        corpus_(corpus),
        options_(options),
        mask_(mask),
        rule_(rule),
        control_(control) {}

  // Adds the pairs of the items that are `wanted`.
  void find(const std::vector<bool>& wanted, std::vector<CandidatePair>& pairs) {
    ItemIndex index;
    std::vector<std::uint32_t> documents;  // by item
    const std::size_t first_new_batch = count_old_batches();
    read_batches<BatchTokens>(
        0, first_new_batch,
        [&](std::size_t) {
          return [&, texts = WantedTexts(corpus_.table, wanted, options_, mask_)](
                     RecordBatch& batch, BatchTokens& out) mutable {
            out.documents.clear();
            out.tokens.clear();
            texts.read(batch, [&](std::uint32_t document, const auto& tokens) {
              out.documents.push_back(document);
              out.tokens.push_back(tokens);
            });
          };
        },
        [&](const BatchTokens& found) {
          for (std::size_t i = 0; i < found.documents.size(); ++i) {
            index.add(found.tokens[i]);
            documents.push_back(found.documents[i]);
          }
        });
    index.build();
    std::vector<bool> is_new(wanted.size());
    for (std::size_t document = corpus_.first_new_document; document < is_new.size(); ++document) {
      is_new[document] = corpus_.representatives[document] == document;
    }
    read_batches<BatchHits>(
        first_new_batch, corpus_.table.batches.size(),
        [&](std::size_t) {
          return [&, texts = WantedTexts(corpus_.table, is_new, options_, mask_),
                  matcher = ItemMatcher(index, rule_)](RecordBatch& batch, BatchHits& out) mutable {
            out.pairs.clear();
            texts.read(batch, [&](std::uint32_t document, const auto& tokens) {
              for (const ItemHit& hit : matcher.find(tokens)) {
                out.pairs.push_back({documents[hit.item], document});
              }
            });
          };
        },
        [&](const BatchHits& found) {
          pairs.insert(pairs.end(), found.pairs.begin(), found.pairs.end());
        });
  }

 private:
  [[nodiscard]] std::size_t count_old_batches() const {
    std::size_t count = 0;
    while (count < corpus_.table.batches.size() &&
           corpus_.table.batches[count].first_document < corpus_.first_new_document) {
      ++count;
    }
    return count;
  }

  // Batches [begin, end) of the corpus, each by a worker into a Found, which are taken in order.
  template <class Found, class MakeWorker, class Take>
  void read_batches(std::size_t begin, std::size_t end, MakeWorker&& make_worker, Take&& take) {
    if (begin == end) return;
    reader_.restart(corpus_.table);
    std::size_t next = 0;
    std::size_t done = 0;
    run_ordered_stage<RecordBatch, Found>(
        options_.threads,
        [&](RecordBatch& batch) {
          while (next < end) {
            control_.check_stop();
            if (!reader_.announce_again(batch)) return false;
            if (next++ >= begin) return true;
          }
          return false;
        },
        [&](std::size_t thread) {
          return [&, worker = make_worker(thread)](RecordBatch& batch, Found& found) mutable {
            reader_.load_again(batch);
            worker(batch, found);
          };
        },
        [&](RecordBatch&, Found& found) {
          take(found);
          control_.report({"match items", ++done, end - begin, "batches", 0});
        });
  }

  CorpusReader& reader_;
  const FingerprintedCorpus& corpus_;
  const CorpusOptions& options_;
  const TextMask* mask_;
  const ItemRule& rule_;
  const RunControl& control_;
};

}  // namespace

std::vector<CandidatePair> find_items(CorpusReader& reader, const FingerprintedCorpus& corpus,
                                      const CorpusOptions& options, const TextMask* mask,
                                      const ItemRule& rule, std::size_t memory_bytes,
                                      const RunControl& control) {
  std::vector<CandidatePair> pairs;
  ItemSearch search(reader, corpus, options, mask, rule, control);
  for (std::uint32_t next = 0; next < corpus.first_new_document;) {
    std::vector<bool> wanted(corpus.representatives.size());
    std::size_t bytes = 0;
    for (; next < corpus.first_new_document && bytes <= memory_bytes; ++next) {
      const std::size_t tokens = corpus.table.documents[next].tokens;
      if (!is_item(tokens) || corpus.representatives[next] != next) continue;
      wanted[next] = true;
      bytes += tokens * kBytesPerToken;
    }
    if (bytes > 0) search.find(wanted, pairs);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

void replace_item_pairs(const FingerprintedCorpus& corpus, std::vector<CandidatePair> items,
                        std::vector<ReuseCandidate>& candidates) {
  std::erase_if(candidates, [&](const ReuseCandidate& candidate) {
    return is_item(corpus.table.documents[candidate.pair.a].tokens);
  });
  const auto others = static_cast<std::ptrdiff_t>(candidates.size());
  for (const CandidatePair& pair : items) candidates.push_back({pair, 0.0, 0.0, 0});
  std::inplace_merge(
      candidates.begin(), candidates.begin() + others, candidates.end(),
      [](const ReuseCandidate& x, const ReuseCandidate& y) { return x.pair < y.pair; });
}

}  // namespace copydesk
