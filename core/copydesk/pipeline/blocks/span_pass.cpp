// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/span_pass.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/process_usage.h"

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
    const auto own = places.first(count);
    if (out.numbers.size() == out.documents.size()) out.documents.emplace_back();
    tokenizer_.tokenize_with_spans(read.text, tokens_);
    // What is held of a long text is given back before its candidates are taken.
    if (read.text.size() > kKeptBytes) tokenizer_ = Tokenizer();
    if (!are_of_text(own)) fail_changed(read.batch.source_name);
    collect_candidates(least_tokens_, tokens_, own, out.documents[out.numbers.size()]);
    out.numbers.push_back(read.number);
    if (read.text.size() > kKeptBytes) tokens_ = TokenList();
  }

 private:
  static constexpr std::size_t kKeptBytes = std::size_t{1} << 20;

  // Places may come from a checkpoint.
  [[nodiscard]] bool are_of_text(std::span<const RepeatPlace> places) const {
    std::uint64_t next = 0;
    for (const RepeatPlace& place : places) {
      if (place.windows == 0 || place.first_window < next) return false;
      next = std::uint64_t{place.first_window} + place.windows;
      if (next - 1 + least_tokens_ > tokens_.hashes.size()) return false;
      if (place.lead >= place.windows - 1 + least_tokens_) return false;
    }
    return true;
  }

  std::size_t least_tokens_;
  Tokenizer tokenizer_;
  TokenList tokens_;
};

}  // namespace

// Of the memory for spans a quarter is for those that were found, which take the place of the groups
// that RepeatResolver has dealt with by then.
FoundSpans no_spans(std::uint64_t documents, const BlocksOptions& options) {
  const std::uint64_t memory =
      memory_for(MemoryPlan::kCorpusBlocks, "spans", table_memory(options.corpus));
  return {DocumentRecords<RepeatedSpan>(options.corpus.work_folder, memory / 4, documents)};
}

DocumentRecords<RepeatPlace> match_fingerprints(RepeatJoin join, std::uint64_t documents,
                                                const BlocksOptions& options,
                                                const RunControl& control) {
  DocumentRecords<RepeatPlace> places(
      options.corpus.work_folder,
      memory_for(MemoryPlan::kCorpusBlocks, "span places", table_memory(options.corpus)),
      documents);
  for_each_partition<RepeatPlace>(
      RepeatJoin::kPartitions, options.corpus.threads, control,
      [&](std::size_t i, std::vector<RepeatPlace>& found) { join.match(i, found); },
      [&](const std::vector<RepeatPlace>& found) {
        for (const RepeatPlace& place : found) places.add(place);
      });
  return places;
}

FoundSpans find_repeated_spans(CorpusReader& reader, const CorpusTable& table,
                               DocumentRecords<RepeatPlace> places, const BlocksOptions& options) {
  FoundSpans found = no_spans(table.documents.size(), options);
  if (places.size() == 0) return found;
  const RunControl& control = reader.control();
  std::vector<bool> wanted(table.documents.size());
  places.for_each_part([&](std::span<const RepeatPlace> part) {
    for (const RepeatPlace& place : part) wanted[place.document] = true;
  });
  RepeatResolver resolver(
      options.least_tokens, options.keep, options.corpus.work_folder,
      memory_for(MemoryPlan::kCorpusBlocks, "spans", table_memory(options.corpus)));
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
        for (std::size_t i = 0; i < batch.found.numbers.size(); ++i) {
          resolver.add(batch.found.numbers[i], batch.found.documents[i]);
        }
      });
  return_free_memory();
  for_each_partition<RepeatRun>(
      RepeatResolver::kPartitions, options.corpus.threads, control,
      [&](std::size_t i, std::vector<RepeatRun>& runs) { resolver.resolve(i, runs); },
      [&](const std::vector<RepeatRun>& runs) { resolver.take(runs); });
  std::vector<RepeatedSpan> spans;
  for (std::uint32_t document = 0; document < wanted.size(); ++document) {
    if (document % 1024 == 0) control.check_stop();
    if (!wanted[document]) continue;
    spans.clear();
    resolver.spans_of(document, spans);
    for (const RepeatedSpan& span : spans) found.spans.add(span);
  }
  found.compared_tokens = resolver.candidate_tokens();
  found.disk_bytes = resolver.bytes_on_disk();
  return found;
}

}  // namespace copydesk
