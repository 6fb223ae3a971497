// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_search.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/read/time_value.h"
#include "copydesk/pipeline/passes/set_name.h"
#include "copydesk/reuse/agency_mark.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

// The candidate documents of one batch, read again.
struct BatchTexts {
  std::vector<ReuseDocument> documents;
  std::vector<DocumentNotes> notes;
  std::vector<TokenList> tokens;  // those beyond the documents are left over

  void clear() { documents.clear(), notes.clear(); }
};

class TextCollector {
 public:
  // Documents below `first_new` are looked for.
  TextCollector(std::uint32_t first_new, DateOrder date_order)
      : first_new_(first_new), date_order_(date_order) {}

  void operator()(const ReadDocument& read, BatchTexts& out) {
    const Document& document = read.document;
    if (out.documents.size() == out.tokens.size()) out.tokens.emplace_back();
    TokenList& tokens = out.tokens[out.documents.size()];
    tokenizer_.tokenize_with_spans(read.text, tokens);
    ReuseDocument& known = out.documents.emplace_back();
    known.document = read.number;
    known.tokens = static_cast<std::uint32_t>(tokens.size());
    if (tokens.size() > 0) known.bytes = {tokens.spans.front().begin, tokens.spans.back().end};
    known.time = parse_time(document.time, date_order_);
    DocumentNotes& notes = out.notes.emplace_back();
    notes.title = document.title;
    notes.site = site_name(document.site, document.url);
    notes.url = document.url;
    notes.agency = find_agency_mark(read.text);
    if (read.number >= first_new_) return;
    notes.set = document.tokens.empty() ? set_of_file(read.batch.source_name)
                                        : std::string(document.tokens);
    tokenizer_.tokenize(document.order, answer_);
    take_low_halves(answer_.hashes, notes.answer);
  }

 private:
  std::uint32_t first_new_;
  DateOrder date_order_;
  Tokenizer tokenizer_;
  TokenList answer_;
};

}  // namespace

const ReuseDocument& CollectedTexts::find(std::uint32_t document) const {
  const auto place = std::lower_bound(
      documents.begin(), documents.end(), document,
      [](const ReuseDocument& entry, std::uint32_t number) { return entry.document < number; });
  assert(place != documents.end() && place->document == document);
  return *place;
}

namespace {

// How long each part of a document's notes is, in bytes, the answer in tokens; the parts follow.
struct NoteSizes {
  std::uint32_t title, site, url, agency, set, answer;
};

}  // namespace

std::uint64_t CollectedTexts::add_notes(const DocumentNotes& notes) {
  const std::uint64_t place = notes_.size();
  const auto size = [](const auto& part) { return static_cast<std::uint32_t>(part.size()); };
  const NoteSizes sizes{size(notes.title), size(notes.site), size(notes.url),
                        size(notes.agency), size(notes.set), size(notes.answer)};
  notes_.append(std::as_bytes(std::span(&sizes, 1)));
  for (const std::string* part : {&notes.title, &notes.site, &notes.url, &notes.agency, &notes.set}) {
    notes_.append(std::as_bytes(std::span(*part)));
  }
  notes_.append(std::as_bytes(std::span(notes.answer)));
  return place;
}

DocumentNotes CollectedTexts::notes_of(const ReuseDocument& document) const {
  NoteSizes sizes;
  notes_.read(document.notes, std::as_writable_bytes(std::span(&sizes, 1)));
  std::uint64_t place = document.notes + sizeof sizes;
  DocumentNotes notes;
  const auto read = [&](auto& part, std::uint32_t size) {
    part.resize(size);
    const auto bytes = std::as_writable_bytes(std::span(part));
    notes_.read(place, bytes);
    place += bytes.size();
  };
  read(notes.title, sizes.title);
  read(notes.site, sizes.site);
  read(notes.url, sizes.url);
  read(notes.agency, sizes.agency);
  read(notes.set, sizes.set);
  read(notes.answer, sizes.answer);
  return notes;
}

CollectedTexts collect_texts(CorpusReader& reader, const FingerprintedCorpus& corpus,
                             const FingerprintJoin& candidates, bool wants_all,
                             const CollectedMemory& memory) {
  CollectedTexts collected(reader.options().work_folder, memory);
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
  collected.documents.reserve(
      static_cast<std::size_t>(std::count(wanted.begin(), wanted.end(), true)));
  later_pass<BatchTexts>(
      reader, {corpus.table, &wanted}, "collect",
      [&](std::size_t) {
        return TextCollector(corpus.first_new_document, reader.options().date_order);  },
      [&](ReadBatch<BatchTexts>& batch) {
        BatchTexts& found = batch.found;
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i].document;
          if (is_compared[document]) collected.texts.add(document, found.tokens[i]);
          found.documents[i].notes = collected.add_notes(found.notes[i]);
          collected.documents.push_back(found.documents[i]);
        }
      });
  return collected;
}

}  // namespace copydesk
