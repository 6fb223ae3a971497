// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/span_pass.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "copydesk/blocks/document_records.h"
#include "copydesk/corpus/pass.h"
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

// Where the wanted documents of a batch share fingerprints, in order. Taken on the thread that hands
// batches out, because the places of a document can be had but once.
struct BatchPlaces {
  std::vector<RepeatPlace> places;
  std::size_t used = 0;  // of those of earlier documents
};

struct BatchCandidates {
  std::vector<std::uint32_t> numbers;
  std::vector<RepeatCandidates> documents;  // those beyond the numbers are left over

  void clear() { numbers.clear(); }
};

class CandidateCollector {
 public:
  explicit CandidateCollector(std::size_t least_tokens) : least_tokens_(least_tokens) {}

  void operator()(const ReadDocument& read, BatchPlaces& batch, BatchCandidates& out) {
    const auto places = std::span(batch.places).subspan(batch.used);
    std::size_t count = 0;
    while (count < places.size() && places[count].document == read.number) ++count;
    batch.used += count;
    if (out.numbers.size() == out.documents.size()) out.documents.emplace_back();
    tokenizer_.tokenize_with_spans(read.text, tokens_);
    collect_candidates(least_tokens_, tokens_, places.first(count),
                       out.documents[out.numbers.size()]);
    out.numbers.push_back(read.number);
  }

 private:
  std::size_t least_tokens_;
  Tokenizer tokenizer_;
  TokenList tokens_;
};

}  // namespace

RepeatResolver find_repeated_spans(CorpusReader& reader, const CorpusTable& table, RepeatJoin join,
                                   const BlocksOptions& options) {
  const RunControl& control = reader.control();
  const std::string& folder = options.corpus.work_folder;
  const auto part = [memory = table_memory(options.corpus)](std::string_view name) {
    return memory_for(MemoryPlan::kCorpusBlocks, name, memory);
  };
  const std::size_t threads = options.corpus.threads;
  DocumentRecords<RepeatPlace> places(folder, part("span places"), table.documents.size());
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

  RepeatResolver resolver(options.least_tokens, options.keep, folder, part("spans"));
  if (places.size() == 0) return resolver;
  later_pass<BatchCandidates, BatchPlaces>(
      reader, {table, &wanted}, "compare",
      [&](std::size_t batch, BatchPlaces& prepared) {
        prepared.places.clear();
        prepared.used = 0;
        for (std::uint32_t document = table.batches[batch].first_document;
             document < table.end_document(batch); ++document) {
          if (wanted[document]) places.take(document, prepared.places);
        }
      },
      [&](std::size_t) { return CandidateCollector(options.least_tokens); },
      [&](const ReadBatch<BatchCandidates>& batch) {
        const BatchCandidates& found = batch.found;
        for (std::size_t i = 0; i < found.numbers.size(); ++i) {
          resolver.add(found.numbers[i], found.documents[i]);
        }
      });
  for_each_partition<RepeatRun>(
      RepeatResolver::kPartitions, threads, control,
      [&](std::size_t i, std::vector<RepeatRun>& runs) { resolver.resolve(i, runs); },
      [&](const std::vector<RepeatRun>& runs) { resolver.take(runs); });
  return resolver;
}

}  // namespace copydesk
