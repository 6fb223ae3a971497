// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/record_selection.h"

#include <cstddef>
#include <cstring>

namespace copydesk {

namespace {

// At most this stands between records that follow each other: a line end.
constexpr std::uint32_t kLineEnd = 2;

// Adjacent records, which are read in one go with the line ends between them.
struct Stretch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

}  // namespace

void select_records(const RecordBatch& batch, const CorpusTable& table,
                    const std::vector<bool>& wanted, const ReadOfBatch& read, RecordBatch& selected,
                    std::vector<std::uint32_t>& documents) {
  selected.sequence = batch.sequence;
  selected.source = batch.source;
  selected.source_name = batch.source_name;
  selected.first_offset = batch.first_offset;
  selected.first_line = batch.first_line;
  selected.format = batch.format;
  selected.bytes.clear();
  selected.faults.clear();
  Stretch stretch;
  const auto read_stretch = [&] {
    if (stretch.begin == stretch.end) return;
    const std::size_t before = selected.bytes.size();
    selected.bytes.resize(before + (stretch.end - stretch.begin));
    read(stretch.begin, std::span(selected.bytes).subspan(before));
    if (has_lines(batch.format)) selected.bytes.push_back('\n');
  };
  const std::uint32_t end = table.end_document(batch.sequence);
  for (std::uint32_t document = table.batches[batch.sequence].first_document; document < end;
       ++document) {
    if (!wanted[document]) continue;
    const DocumentRow& row = table.documents[document];
    if (row.offset > stretch.end + kLineEnd) {
      read_stretch();
      stretch.begin = row.offset;
    }
    stretch.end = row.offset + row.size;
    documents.push_back(document);
  }
  read_stretch();
  // A text batch without bytes is an empty document; one of lines holds nothing.
  if (documents.empty()) selected.format = InputFormat::kJsonLines;
  selected.pad();
}

void select_records(const RecordBatch& batch, const CorpusTable& table,
                    const std::vector<bool>& wanted, RecordBatch& selected,
                    std::vector<std::uint32_t>& documents) {
  const auto copy = [&](std::uint32_t offset, std::span<char> bytes) {
    std::memcpy(bytes.data(), batch.text().data() + offset, bytes.size());
  };
  select_records(batch, table, wanted, copy, selected, documents);
}

}  // namespace copydesk
