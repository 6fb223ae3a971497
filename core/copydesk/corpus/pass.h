#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A pass: one reading of the corpus on all threads. It owns what every reading has to care for: when
// to stop, which faults count, how far it is, how batches come back, how records become documents,
// and what of their texts is masked. A worker, one a thread, is given documents and fills what it
// finds in a batch, a `Found`; `take` is given what was found batch by batch in order.
//
//   struct Words { std::uint64_t count = 0; void clear() { count = 0; } };
//   std::uint64_t words = 0;
//   first_pass<Words>(reader, "count",
//       [](std::size_t) {
//         return [tokenizer = Tokenizer(), tokens = TokenList()](
//                    const ReadDocument& read, Words& found) mutable {
//           tokenizer.tokenize(read.text, tokens);
//           found.count += tokens.size();
//         };
//       },
//       [&](const ReadBatch<Words>& batch) { words += batch.found.count; });

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/blocks/text_masker.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/parallel/ordered_stage.h"

namespace copydesk {

// Valid during the call.
struct ReadDocument {
  const Document& document;            // its text is as it stands in the corpus
  std::string_view text;               // what is to be looked at: blank where it is masked
  std::span<const TextSpan> left_out;  // what is masked, ascending and disjoint; mostly nothing
  const RecordBatch& batch;
  std::uint32_t number = 0;  // in the table, in a later pass

  [[nodiscard]] std::string name() const {
    return document_name(document.id, batch.source_name, document.origin.line);
  }
  [[nodiscard]] DocumentRef ref() const {
    return {name(), document.origin.source, document.origin.line - 1};
  }
};

// What a pass found in one batch.
template <class Found>
struct ReadBatch {
  std::size_t sequence = 0;
  BatchRow row;
  std::uint64_t documents = 0;
  std::vector<RecordFault> faults;  // have been counted
  Found found;                      // cleared by its clear() before each batch
};

// What a later pass reads: the documents of `table`, all of them or those that are `wanted`.
struct LaterPass {
  const CorpusTable& table;
  const std::vector<bool>* wanted = nullptr;  // null: all
};

// For a pass that brings nothing along from the one who takes batches in order.
struct NothingPrepared {};

namespace pass_internal {

template <class Prepared>
struct Item {
  RecordBatch batch;
  [[no_unique_address]] Prepared prepared;
};

template <class Found>
void clear(ReadBatch<Found>& result) {
  result.documents = 0;
  result.faults.clear();
  result.found.clear();
}

// A worker may want to see each batch before its documents: worker.begin(batch, found).
template <class Worker, class Found>
concept SeesBatches = requires(Worker& worker, const RecordBatch& batch, Found& found) {
  worker.begin(batch, found);
};

// A worker may be able to tell whether the document it was given last is what it was:
// worker.recognizes(row). Then records are read alone, without the rest of their batches, which
// otherwise are compared as a whole.
template <class Worker>
concept Recognizes = requires(Worker& worker, const DocumentRow& row) {
  { worker.recognizes(row) } -> std::convertible_to<bool>;
};

template <class Prepared, class Found, class Worker>
class LaterWorker {
 public:
  LaterWorker(CorpusReader& reader, const LaterPass& pass, Worker worker)
      : reader_(reader),
        pass_(pass),
        parser_(reader.make_parser()),
        masker_(reader.mask()),
        worker_(std::move(worker)) {}

  void operator()(Item<Prepared>& item, ReadBatch<Found>& out) {
    clear(out);
    RecordBatch& batch = item.batch;
    const CorpusTable& table = pass_.table;
    const std::uint32_t first = table.batches[batch.sequence].first_document;
    const std::uint32_t end = table.end_document(batch.sequence);
    out.sequence = batch.sequence;
    out.row = reader_.row(batch.sequence);
    std::size_t expected = end - first;
    const auto visit = [&](const Document& document) {
      if (out.documents == expected) fail_changed(batch.source_name);
      const std::uint32_t number = pass_.wanted != nullptr
                                       ? documents_[out.documents]
                                       : first + static_cast<std::uint32_t>(out.documents);
      read(document, number, item, out);
      ++out.documents;
    };
    const RecordVisitor visitor{visit, [](RecordFault&&) {}};
    constexpr bool kAlone = Recognizes<Worker> && !SeesBatches<Worker, Found>;
    if constexpr (!kAlone) {
      if (SeesBatches<Worker, Found> || has_wanted(first, end)) out.row = reader_.load(batch);
    }
    if constexpr (SeesBatches<Worker, Found>) worker_.begin(batch, out.found);
    if (pass_.wanted == nullptr) {
      if constexpr (kAlone) out.row = reader_.load(batch);
      parser_->parse(batch, visitor);
    } else if (has_wanted(first, end)) {
      expected = static_cast<std::size_t>(
          std::count(pass_.wanted->begin() + first, pass_.wanted->begin() + end, true));
      parser_->parse_wanted(batch, table, *pass_.wanted, kAlone, documents_, visitor);
    } else {
      expected = 0;
    }
    if (out.documents != expected) fail_changed(batch.source_name);
  }

 private:
  [[nodiscard]] bool has_wanted(std::uint32_t first, std::uint32_t end) const {
    return pass_.wanted == nullptr ||
           std::find(pass_.wanted->begin() + first, pass_.wanted->begin() + end, true) !=
               pass_.wanted->begin() + end;
  }

  void read(const Document& document, std::uint32_t number, Item<Prepared>& item,
            ReadBatch<Found>& out) {
    const auto [text, left_out] = masker_.mask(document);
    const ReadDocument read{document, text, left_out, item.batch, number};
    if constexpr (std::is_same_v<Prepared, NothingPrepared>) {
      worker_(read, out.found);
    } else {
      worker_(read, item.prepared, out.found);
    }
    if constexpr (Recognizes<Worker>) {
      if (!worker_.recognizes(pass_.table.documents[number])) {
        fail_changed(item.batch.source_name);
      }
    }
  }

  CorpusReader& reader_;
  const LaterPass& pass_;
  std::unique_ptr<BatchParser> parser_;
  TextMasker masker_;
  Worker worker_;
  std::vector<std::uint32_t> documents_;
};

}  // namespace pass_internal

// A pass over everything there is, from `first_batch` on, that needs to know nothing of the corpus:
// the first reading, or one more. Faults count in the pass that sees their batch first.
//   Worker make_worker(std::size_t thread); a Worker is called as void(const ReadDocument&, Found&),
//   before the first document of a batch as void begin(const RecordBatch&, Found&) if it has that
//   void take(ReadBatch<Found>&)
// Throws Cancelled, Error{kInputChanged}, Error{kTooManyFaults}, and what workers and take throw.
template <class Found, class MakeWorker, class Take>
void first_pass(CorpusReader& reader, std::string_view stage, MakeWorker&& make_worker, Take&& take,
                std::size_t first_batch = 0) {
  using Result = ReadBatch<Found>;
  reader.begin_pass(first_batch);
  std::uint64_t bytes = 0;
  std::uint64_t documents = 0;
  run_ordered_stage<RecordBatch, Result>(
      reader.options().threads, [&](RecordBatch& batch) { return reader.announce(batch); },
      [&](std::size_t thread) {
        return [&reader, parser = reader.make_parser(), masker = TextMasker(reader.mask()),
                worker = make_worker(thread)](RecordBatch& batch, Result& out) mutable {
          pass_internal::clear(out);
          out.sequence = batch.sequence;
          out.row = reader.load(batch);
          if constexpr (pass_internal::SeesBatches<decltype(worker), Found>) {
            worker.begin(batch, out.found);
          }
          parser->parse(batch, {[&](const Document& document) {
                                  ++out.documents;
                                  const auto [text, left_out] = masker.mask(document);
                                  worker(ReadDocument{document, text, left_out, batch, 0},
                                         out.found);
                                },
                                [&](RecordFault&& fault) {
                                  out.faults.push_back(std::move(fault));
                                }});
        };
      },
      [&](RecordBatch&, Result& out) {
        reader.take_batch(out.sequence, out.row, out.documents, out.faults);
        take(out);
        bytes += out.row.size;
        documents += out.documents;
        reader.report(stage, bytes, documents);
      });
  reader.end_pass();
}

// A pass over the documents of a table, after a pass has been over all batches. Nothing is read if
// none is wanted. `prepare` is called for each batch in order, before it is worked on, as
// void(std::size_t batch, Prepared&); workers get what it prepared as (const ReadDocument&,
// Prepared&, Found&). The rest as in first_pass.
template <class Found, class Prepared, class Prepare, class MakeWorker, class Take>
void later_pass(CorpusReader& reader, const LaterPass& pass, std::string_view stage,
                Prepare&& prepare, MakeWorker&& make_worker, Take&& take) {
  using Item = pass_internal::Item<Prepared>;
  using Worker = decltype(make_worker(std::size_t{0}));
  const auto& wanted = pass.wanted;
  if constexpr (!pass_internal::SeesBatches<Worker, Found>) {
    if (wanted != nullptr && std::find(wanted->begin(), wanted->end(), true) == wanted->end()) {
      return;
    }
  }
  reader.begin_pass();
  std::uint64_t bytes = 0;
  std::uint64_t documents = 0;
  run_ordered_stage<Item, ReadBatch<Found>>(
      reader.options().threads,
      [&](Item& item) {
        if (!reader.announce(item.batch)) return false;
        prepare(item.batch.sequence, item.prepared);
        return true;
      },
      [&](std::size_t thread) {
        return pass_internal::LaterWorker<Prepared, Found, Worker>(reader, pass,
                                                                   make_worker(thread));
      },
      [&](Item&, ReadBatch<Found>& out) {
        take(out);
        bytes += out.row.size;
        documents += out.documents;
        reader.report(stage, bytes, documents);
      });
}

template <class Found, class MakeWorker, class Take>
void later_pass(CorpusReader& reader, const LaterPass& pass, std::string_view stage,
                MakeWorker&& make_worker, Take&& take) {
  later_pass<Found, NothingPrepared>(
      reader, pass, stage, [](std::size_t, NothingPrepared&) {},
      std::forward<MakeWorker>(make_worker), std::forward<Take>(take));
}

}  // namespace copydesk
