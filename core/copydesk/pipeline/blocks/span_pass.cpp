// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/span_pass.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "copydesk/blocks/document_records.h"
#include "copydesk/corpus/record_selection.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/run/memory_budget.h"

namespace copydesk {
namespace {

// Works on partitions in batches of one a thread; what they give is taken in order.
template <class Found, class Work, class Take>
void for_each_partition(std::size_t partitions, std::size_t threads, const RunControl& control,
                        Work&& work, Take&& take) {
  std::vector<std::vector<Found>> found(threads);
  for (std::size_t begin = 0; begin < partitions; begin += threads) {
    control.check_stop();
    const std::size_t count = std::min(threads, partitions - begin);
    parallel_for(threads, count, 1, [&](std::size_t first, std::size_t end, std::size_t) {
      for (std::size_t i = first; i < end; ++i) {
        found[i].clear();
        work(begin + i, found[i]);
      }
    });
    for (std::size_t i = 0; i < count; ++i) take(found[i]);
  }
}

// A batch reduced to the documents that share fingerprints, and where they do.
struct CandidateBatch {
  RecordBatch batch, selected;
  std::vector<std::uint32_t> documents;
  std::vector<RepeatPlace> places;  // of all of them, in order
};

struct BatchCandidates {
  std::vector<RepeatCandidates> documents;  // the first `count` are in use
  std::size_t count = 0;
};

class CandidateCollector {
 public:
  CandidateCollector(const BlocksOptions& options, const CorpusReader& reader,
                     const CorpusTable& table, const std::vector<bool>& wanted)
      : reader_(reader),
        table_(table),
        wanted_(wanted),
        parser_(options.corpus.fields),
        least_tokens_(options.least_tokens) {}

  void operator()(CandidateBatch& batch, BatchCandidates& out) {
    out.count = 0;
    reader_.load_again(batch.batch);
    batch.documents.clear();
    select_records(batch.batch, table_, wanted_, batch.selected, batch.documents);
    std::span<const RepeatPlace> places(batch.places);
    parser_.parse(batch.selected,
                  {[&](const Document& document) {
                     const std::uint32_t number = batch.documents[out.count];
                     std::size_t count = 0;
                     while (count < places.size() && places[count].document == number) {
                       ++count;
                     }
                     if (out.count == out.documents.size()) {
                       out.documents.emplace_back();
                     }
                     add(document.text, places.first(count), out.documents[out.count++]);
                     places = places.subspan(count);
                   },
                   [](RecordFault&&) {}});
  }

 private:
  void add(std::string_view text, std::span<const RepeatPlace> places, RepeatCandidates& out) {
    tokenizer_.tokenize_with_spans(text, tokens_);
    collect_candidates(least_tokens_, tokens_, places, out);
  }

  const CorpusReader& reader_;
  const CorpusTable& table_;
  const std::vector<bool>& wanted_;
  RecordParser parser_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::size_t least_tokens_;
};

}  // namespace

RepeatResolver find_repeated_spans(CorpusReader& reader, const CorpusTable& table, RepeatJoin join,
                                   const BlocksOptions& options, const RunControl& control) {
  const std::string& folder = options.corpus.work_folder;
  const std::uint64_t memory = table_memory(options.corpus);
  const std::size_t threads = options.corpus.threads;
  DocumentRecords<RepeatPlace> places(folder, memory / 8, table.documents.size());
  std::vector<bool> wanted(table.documents.size());
  for_each_partition<RepeatPlace>(
      RepeatJoin::kPartitions, threads, control,
      [&](std::size_t i, std::vector<RepeatPlace>& found) { join.match(i, found); },
      [&](const std::vector<RepeatPlace>& found) {
        for (const RepeatPlace& place : found) {
          places.add(place);
          wanted[place.document] = true;
        }
      });

  RepeatResolver resolver(options.least_tokens, options.keep, folder, memory / 2);
  if (places.size() == 0) return resolver;
  reader.restart(table);
  std::uint64_t bytes = 0;
  std::uint64_t all_bytes = 0;
  for (const BatchRow& batch : table.batches) all_bytes += batch.size;
  run_ordered_stage<CandidateBatch, BatchCandidates>(
      threads,
      [&](CandidateBatch& batch) {
        control.check_stop();
        if (!reader.announce_again(batch.batch)) return false;
        batch.places.clear();
        const std::uint32_t end = table.end_document(batch.batch.sequence);
        for (std::uint32_t document = table.batches[batch.batch.sequence].first_document;
             document < end; ++document) {
          if (wanted[document]) places.take(document, batch.places);
        }
        return true;
      },
      [&](std::size_t) { return CandidateCollector(options, reader, table, wanted); },
      [&](CandidateBatch& batch, BatchCandidates& found) {
        for (std::size_t i = 0; i < found.count; ++i) {
          resolver.add(batch.documents[i], found.documents[i]);
        }
        bytes += table.batches[batch.batch.sequence].size;
        control.report({"compare", bytes, all_bytes, "bytes", table.documents.size()});
      });
  for_each_partition<RepeatRun>(
      RepeatResolver::kPartitions, threads, control,
      [&](std::size_t i, std::vector<RepeatRun>& runs) { resolver.resolve(i, runs); },
      [&](const std::vector<RepeatRun>& runs) { resolver.take(runs); });
  return resolver;
}

}  // namespace copydesk
