// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/blocks_stages.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "copydesk/corpus/batch_bytes.h"
#include "copydesk/run/memory_budget.h"

namespace copydesk {

namespace {

enum PartKind : std::uint32_t {
  kBatch = 1,
  kModel,
  kParagraphs,
  kSentences,
  kPlaces,
  kSpans,
  kCounts
};

// Plain structs, as they stand in the memory of this build: a checkpoint is not for another.
template <class Record>
void append(StageWriter& stage, PartKind kind, std::span<const Record> records) {
  static_assert(std::has_unique_object_representations_v<Record>);
  constexpr std::size_t kPart = std::size_t{1} << 18;
  for (; !records.empty(); records = records.subspan(std::min(kPart, records.size()))) {
    const auto part = records.first(std::min(kPart, records.size()));
    stage.append(kind, {reinterpret_cast<const char*>(part.data()), part.size_bytes()});
  }
}

template <class Record>
void append(StageWriter& stage, PartKind kind,
            const std::optional<DocumentRecords<Record>>& records) {
  if (!records) return;
  records->for_each_part([&](std::span<const Record> part) { append(stage, kind, part); });
}

template <class Record>
std::vector<Record> records_of(const StageReader& stage) {
  if (stage.text().size() % sizeof(Record) != 0) stage.fail();
  std::vector<Record> records(stage.text().size() / sizeof(Record));
  if (!records.empty()) std::memcpy(records.data(), stage.text().data(), stage.text().size());
  return records;
}

bool is_within(const PassageCopy& copy, std::uint64_t documents) {
  return copy.document < documents && copy.first_document < documents;
}
bool is_within(const RepeatPlace& place, std::uint64_t documents) {
  return place.document < documents;
}
bool is_within(const RepeatedSpan& span, std::uint64_t documents) {
  return span.document < documents && span.first_document < documents;
}

// Whether they lie within the texts can be seen only there: see CandidateCollector, BlockWriter.
template <class Record>
void add(const StageReader& stage, std::uint64_t documents, DocumentRecords<Record>& records) {
  for (const Record& record : records_of<Record>(stage)) {
    if (!is_within(record, documents)) stage.fail();
    records.add(record);
  }
}

template <class Record>
void add(const StageReader& stage, std::uint64_t documents,
         std::optional<DocumentRecords<Record>>& records, const std::string& folder,
         std::uint64_t memory) {
  if (!records) records.emplace(folder, memory, documents);
  add(stage, documents, *records);
}

void read_batch(const StageReader& stage, CorpusReader& reader, CorpusTable& table) {
  BatchRow row;
  DocumentList documents;
  std::vector<RecordFault> faults;
  PackedReader bytes = stage.bytes();
  unpack(bytes, row, documents, faults);
  if (!bytes.at_end() || row.source >= table.inputs.size()) bytes.fail();
  reader.take_faults(table.batches.size(), documents.rows.size(), faults);
  table.append(row, documents);
}

}  // namespace

std::vector<std::uint64_t*> counts_before_writing(BlocksSummary& summary) {
  return {&summary.documents,
          &summary.bytes,
          &summary.text_bytes,
          &summary.sites,
          &summary.page_copies,
          &summary.forgotten,
          &summary.paragraphs,
          &summary.repeated_paragraphs,
          &summary.distinct_repeated_paragraphs,
          &summary.sentences,
          &summary.repeated_sentences,
          &summary.distinct_repeated_sentences,
          &summary.fingerprints,
          &summary.compared_pairs,
          &summary.near_pairs,
          &summary.disk_bytes};
}

void write_batch(const BatchRow& row, const DocumentList& documents,
                 const std::vector<RecordFault>& faults, StageWriter& stage) {
  PackedBytes bytes;
  pack(row, documents, faults, bytes);
  stage.append(kBatch, bytes.view());
}

void write_scan(const ScannedBlocks& scanned, StageWriter& stage) {
  stage.append_parts(kModel, scanned.model.to_bytes());
  append(stage, kParagraphs, scanned.paragraphs);
  append(stage, kSentences, scanned.sentences);
  append(stage, kPlaces, scanned.places);
  BlocksSummary summary = scanned.summary;
  std::vector<std::uint64_t> counts;
  for (const std::uint64_t* const count : counts_before_writing(summary)) {
    counts.push_back(*count);
  }
  append(stage, kCounts, std::span<const std::uint64_t>(counts));
}

void read_scan(StageReader& stage, const BlocksOptions& options, CorpusReader& reader,
               ScannedBlocks& scanned) {
  const std::string& folder = options.corpus.work_folder;
  const MemoryPlan plan =
      options.near > 0.0 ? MemoryPlan::kNearBlocks : MemoryPlan::kCorpusBlocks;
  const auto part = [plan, memory = table_memory(options.corpus)](std::string_view name) {
    return memory_for(plan, name, memory);
  };
  std::string model;
  const auto documents = [&] { return std::uint64_t{scanned.table.documents.size()}; };
  while (stage.next()) {
    switch (stage.kind()) {
      case kBatch:
        read_batch(stage, reader, scanned.table);
        break;
      case kModel:
        model += stage.text();
        break;
      case kParagraphs:
        add(stage, documents(), scanned.paragraphs, folder, part("paragraphs"));
        break;
      case kSentences:
        add(stage, documents(), scanned.sentences, folder, part("sentences"));
        break;
      case kPlaces:
        add(stage, documents(), scanned.places, folder, part("span places"));
        break;
      case kCounts: {
        const auto values = records_of<std::uint64_t>(stage);
        const auto counts = counts_before_writing(scanned.summary);
        if (values.size() != counts.size()) stage.fail();
        for (std::size_t i = 0; i < values.size(); ++i) *counts[i] = values[i];
        break;
      }
      default:
        stage.fail();
    }
  }
  if (!stage.is_complete()) return;
  if (scanned.summary.documents != documents()) stage.fail();
  scanned.model.merge_bytes(model, "scan");
}

void write_spans(const FoundSpans& found, StageWriter& stage) {
  found.spans.for_each_part(
      [&](std::span<const RepeatedSpan> part) { append(stage, kSpans, part); });
  const std::uint64_t counts[] = {found.compared_tokens, found.disk_bytes};
  append(stage, kCounts, std::span<const std::uint64_t>(counts));
}

void read_spans(StageReader& stage, std::uint64_t documents, FoundSpans& found) {
  while (stage.next()) {
    if (stage.kind() == kSpans) {
      add(stage, documents, found.spans);
    } else if (stage.kind() == kCounts) {
      const auto counts = records_of<std::uint64_t>(stage);
      if (counts.size() != 2) stage.fail();
      found.compared_tokens = counts[0];
      found.disk_bytes = counts[1];
    } else {
      stage.fail();
    }
  }
}

}  // namespace copydesk
