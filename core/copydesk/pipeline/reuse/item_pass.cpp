// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/item_pass.h"

#include <algorithm>

#include "copydesk/corpus/pass.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

// What the index and its making take for each token of an item.
constexpr std::size_t kBytesPerToken = 96;

// The items of a batch.
struct BatchItems {
  std::vector<std::uint32_t> documents;
  std::vector<std::vector<std::uint32_t>> tokens;

  void clear() {
    documents.clear();
    tokens.clear();
  }
};

struct BatchHits {
  std::vector<CandidatePair> pairs;
  void clear() { pairs.clear(); }
};

// The pairs of the old documents that are `wanted` as items.
void find_wanted(CorpusReader& reader, const FingerprintedCorpus& corpus,
                 const std::vector<bool>& wanted, const ItemRule& rule,
                 std::vector<CandidatePair>& pairs) {
  ItemIndex index;
  std::vector<std::uint32_t> documents;  // by item
  later_pass<BatchItems>(
      reader, {corpus.table, &wanted}, "read items",
      [](std::size_t) {
        return [tokenizer = Tokenizer(), tokens = TokenList()](const ReadDocument& read,
                                                               BatchItems& found) mutable {
          tokenizer.tokenize(read.text, tokens);
          found.documents.push_back(read.number);
          take_low_halves(tokens.hashes, found.tokens.emplace_back());
        };
      },
      [&](const ReadBatch<BatchItems>& batch) {
        for (std::size_t i = 0; i < batch.found.documents.size(); ++i) {
          index.add(batch.found.tokens[i]);
          documents.push_back(batch.found.documents[i]);
        }
      });
  index.build();
  std::vector<bool> is_new(wanted.size());
  for (std::size_t document = corpus.first_new_document; document < is_new.size(); ++document) {
    is_new[document] = corpus.representatives[document] == document;
  }
  later_pass<BatchHits>(
      reader, {corpus.table, &is_new}, "match items",
      [&](std::size_t) {
        return [&documents, matcher = ItemMatcher(index, rule), tokenizer = Tokenizer(),
                tokens = TokenList(), low = std::vector<std::uint32_t>()](
                   const ReadDocument& read, BatchHits& found) mutable {
          tokenizer.tokenize(read.text, tokens);
          take_low_halves(tokens.hashes, low);
          for (const ItemHit& hit : matcher.find(low)) {
            found.pairs.push_back({documents[hit.item], read.number});
          }
        };
      },
      [&](const ReadBatch<BatchHits>& batch) {
        pairs.insert(pairs.end(), batch.found.pairs.begin(), batch.found.pairs.end());
      });
}

}  // namespace

std::vector<CandidatePair> find_items(CorpusReader& reader, const FingerprintedCorpus& corpus,
                                      const ItemRule& rule, std::size_t memory_bytes) {
  std::vector<CandidatePair> pairs;
  for (std::uint32_t next = 0; next < corpus.first_new_document;) {
    std::vector<bool> wanted(corpus.representatives.size());
    std::size_t bytes = 0;
    for (; next < corpus.first_new_document && bytes <= memory_bytes; ++next) {
      const std::size_t tokens = corpus.table.documents[next].tokens;
      if (!is_item(tokens) || corpus.representatives[next] != next) continue;
      wanted[next] = true;
      bytes += tokens * kBytesPerToken;
    }
    if (bytes > 0) find_wanted(reader, corpus, wanted, rule, pairs);
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
