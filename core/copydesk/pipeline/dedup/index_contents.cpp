// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/index_contents.h"

#include <algorithm>
#include <string>
#include <utility>

#include "copydesk/corpus/pass.h"
#include "copydesk/error.h"
#include "copydesk/index/stored_set.h"
#include "copydesk/pipeline/dedup/read_sets.h"
#include "copydesk/pipeline/passes/shingle_sets.h"

namespace copydesk {

namespace {

constexpr std::size_t kFewestSlots = 1024;

// What was made of one batch; sets and texts beyond its documents are left over.
struct BatchContents {
  std::vector<std::uint32_t> documents;
  std::vector<std::string> sets, texts;
  std::vector<TokenKind> kinds;

  void clear() { documents.clear(), sets.clear(), texts.clear(), kinds.clear(); }
};

class ContentMaker {
 public:
  ContentMaker(const ShingleOptions& shingles, bool with_sets, bool with_texts, StopFlag stop)
      : with_sets_(with_sets), with_texts_(with_texts), maker_(shingles, stop) {}

  void operator()(const ReadDocument& read, BatchContents& out) {
    out.documents.push_back(read.number);
    const TokenKind kind = maker_.kind_of(read.document.tokens);
    out.kinds.push_back(kind);
    out.texts.emplace_back(with_texts_ ? read.text : std::string_view());
    out.sets.emplace_back();
    if (!with_sets_) return;
    maker_.make(read.text, kind, set_, counts_);
    append_stored_set(out.sets.back(), set_, counts_);
  }

 private:
  bool with_sets_, with_texts_;
  ShingleSetMaker maker_;
  std::vector<std::uint64_t> set_;
  ShingleCounts counts_;
};

}  // namespace

void IndexContents::put_set(const CorpusTable& table, std::uint32_t document, std::string_view set) {
  sets_.resize(document, kNoStoredPlace);
  sets_.push_back(is_first(table, document) ? writer_.put_set(set) : kNoStoredPlace);
}

// A table that is never more than half full, looked through from where the hash points to.
bool IndexContents::is_first(const CorpusTable& table, std::uint32_t document) {
  if (2 * (firsts_taken_ + 1) > firsts_.size()) grow(table);
  const DocumentRow& row = table.documents[document];
  const std::size_t mask = firsts_.size() - 1;
  for (std::size_t slot = row.exact_low & mask;; slot = (slot + 1) & mask) {
    if (firsts_[slot] == 0) {
      firsts_[slot] = document + 1;
      ++firsts_taken_;
      return true;
    }
    const DocumentRow& other = table.documents[firsts_[slot] - 1];
    if (other.exact_low == row.exact_low && other.exact_high == row.exact_high) return false;
  }
}

void IndexContents::grow(const CorpusTable& table) {
  std::vector<std::uint32_t> larger(std::max(kFewestSlots, 2 * firsts_.size()));
  const std::size_t mask = larger.size() - 1;
  for (const std::uint32_t first : firsts_) {
    if (first == 0) continue;
    std::size_t slot = table.documents[first - 1].exact_low & mask;
    while (larger[slot] != 0) slot = (slot + 1) & mask;
    larger[slot] = first;
  }
  firsts_ = std::move(larger);
}

bool IndexContents::read_sets(const std::vector<bool>& wanted, std::uint32_t end, std::size_t threads,
                              StopFlag stop, ShingleSetStore& sets) const {
  std::vector<std::uint32_t> documents;
  for (std::uint32_t document = 0; document < end; ++document) {
    if (!wanted[document]) continue;
    if (at(sets_, document) == kNoStoredPlace) return false;
    documents.push_back(document);
  }
  const auto make_reader = [&] {
    return [&, buffer = BlockFile::Buffer()](std::uint32_t document, StoredSet& out,
                                             std::vector<std::uint32_t>&) mutable {
      if (!read_stored_set(writer_.read_set(sets_[document], buffer), out)) {
        throw Error(ErrorCode::kCannotRead, "a set that was just written cannot be read");
      }
    };
  };
  add_read_sets(documents, threads, stop, make_reader, sets);
  return true;
}

void IndexContents::complete(NearDuplicateRun& run, const IndexParameters& parameters) {
  firsts_ = {};
  firsts_taken_ = 0;
  const ContentGroups& groups = run.groups();
  const std::size_t count = run.corpus().table.documents.size();
  // Whether the index has a text was not known when its set was put.
  if (!sets_.empty()) {
    writer_.drop_sets(sets_, [&](std::size_t document) {
      return groups.representatives[document] == document;
    });
  }
  std::vector<bool> wanted(count);
  bool with_sets = false;
  for (std::uint32_t document = 0; document < count; ++document) {
    if (groups.representatives[document] != document) continue;
    const bool is_set_missing = parameters.keeps_sets() && at(sets_, document) == kNoStoredPlace;
    with_sets |= is_set_missing;
    wanted[document] = is_set_missing || parameters.keeps_texts();
  }
  if (with_sets) sets_.resize(count, kNoStoredPlace);
  if (parameters.keeps_texts()) texts_.resize(count, kNoStoredPlace);
  later_pass<BatchContents>(
      run.reader(), {run.corpus().table, &wanted}, "index",
      [&](std::size_t) {
        return ContentMaker(run.scan().shingles, with_sets, parameters.keeps_texts(),
                            StopFlag(run.reader().control().stop));
      },
      [&](const ReadBatch<BatchContents>& batch) {
        const BatchContents& found = batch.found;
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i];
          if (with_sets && sets_[document] == kNoStoredPlace) {
            sets_[document] = writer_.put_set(found.sets[i]);
          }
          if (parameters.keeps_texts()) {
            texts_[document] = writer_.put_text({found.texts[i], found.kinds[i]});
          }
        }
      });
}

}  // namespace copydesk
