// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_search.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/record_selection.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/reuse_tokenizer.h"
#include "copydesk/read/time_value.h"
#include "copydesk/reuse/agency_mark.h"

namespace copydesk {

namespace {

// The candidate documents of one batch, parsed again.
struct BatchTexts {
  std::vector<ReuseDocument> documents;
  std::vector<TokenList> tokens;
};

class TextCollector {
 public:
  TextCollector(const CorpusTable& table, const std::vector<bool>& wanted,
                const CorpusOptions& options, const TextMask* mask)
      : table_(table), wanted_(wanted), parser_(options.fields), tokenizer_(mask) {}

  void operator()(RecordBatch& batch, BatchTexts& out) {
    numbers_.clear();
    select_records(batch, table_, wanted_, selected_, numbers_);
    out.documents.resize(numbers_.size());
    out.tokens.resize(numbers_.size());
    std::size_t next = 0;
    parser_.parse(selected_, {[&](const Document& document) {
                                read(document, numbers_[next], out.documents[next],
                                     out.tokens[next]);
                                ++next;
                              },
                              [](RecordFault&&) {}});
    if (next != numbers_.size()) fail_changed(batch.source_name);
  }

 private:
  void read(const Document& document, std::uint32_t number, ReuseDocument& out, TokenList& tokens) {
    tokenizer_.tokenize(document, true, tokens);
    out.document = number;
    out.tokens = static_cast<std::uint32_t>(tokens.size());
    out.bytes = {};
    if (tokens.size() > 0) out.bytes = {tokens.spans.front().begin, tokens.spans.back().end};
    out.title = document.title;
    out.site = site_name(document.site, document.url);
    out.time = parse_time(document.time);
    out.agency = find_agency_mark(document.text);
  }

  const CorpusTable& table_;
  const std::vector<bool>& wanted_;
  RecordParser parser_;
  ReuseTokenizer tokenizer_;
  RecordBatch selected_;
  std::vector<std::uint32_t> numbers_;
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
                             const FingerprintJoin& candidates, bool wants_all,
                             const CorpusOptions& options,
                             const TextMask* mask, std::size_t memory_bytes,
                             const RunControl& control) {
  CollectedTexts collected(options.work_folder, memory_bytes);
  const std::vector<std::uint32_t>& representatives = corpus.representatives;
  std::vector<bool> is_compared(representatives.size());
  for (const ReuseCandidate& candidate : candidates.pairs) {
    is_compared[candidate.pair.a] = is_compared[candidate.pair.b] = true;
  }
  for (std::size_t document = 0; wants_all && document < representatives.size(); ++document) {
    if (representatives[document] == document && corpus.table.documents[document].tokens > 0) {
      is_compared[document] = true;
    }
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
  if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return collected;

  reader.restart(corpus.table);
  std::uint64_t bytes = 0;
  run_ordered_stage<RecordBatch, BatchTexts>(
      options.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next_again(batch);
      },
      [&](std::size_t) { return TextCollector(corpus.table, wanted, options, mask); },
      [&](RecordBatch& batch, BatchTexts& found) {
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i].document;
          if (is_compared[document]) collected.texts.add(document, found.tokens[i]);
          collected.documents.push_back(std::move(found.documents[i]));
        }
        bytes += batch.text().size();
        control.report({"collect", bytes, corpus.bytes, "bytes", 0});
      });
  return collected;
}

}  // namespace copydesk
