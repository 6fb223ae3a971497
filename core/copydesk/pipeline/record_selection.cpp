#include "copydesk/pipeline/record_selection.h"

namespace copydesk {

void select_records(const RecordBlock& block, const CorpusTable& table,
                    const std::vector<bool>& wanted, RecordBlock& selected,
                    std::vector<std::uint32_t>& documents) {
  selected.sequence = block.sequence;
  selected.source = block.source;
  selected.source_name = block.source_name;
  selected.first_offset = block.first_offset;
  selected.first_line = block.first_line;
  selected.format = block.format;
  selected.bytes.clear();
  selected.faults.clear();
  const std::uint32_t end = table.end_document(block.sequence);
  for (std::uint32_t document = table.blocks[block.sequence].first_document; document < end;
       ++document) {
    if (!wanted[document]) continue;
    const DocumentRow& row = table.documents[document];
    selected.bytes.append(block.bytes, row.offset, row.size);
    if (block.format == InputFormat::kJsonLines) selected.bytes.push_back('\n');
    documents.push_back(document);
  }
  // A text block without bytes is an empty document; one of lines holds nothing.
  if (documents.empty()) selected.format = InputFormat::kJsonLines;
  selected.pad();
}

}  // namespace copydesk
