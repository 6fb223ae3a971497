// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/memory_corpus.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "copydesk/error.h"
#include "copydesk/text/utf8.h"

namespace copydesk {

namespace {

// So that rows without a text do not make a batch of them all.
constexpr std::size_t kMostRows = std::size_t{1} << 16;

class ColumnParser : public BatchParser {
 public:
  ColumnParser(const MemoryCorpus& corpus, const CorpusOptions& options)
      : corpus_(corpus), most_bytes_(options.reading.max_record_bytes) {}

  void parse(const RecordBatch& batch, const RecordVisitor& visitor) override {
    const RowRange& rows = corpus_.rows(batch.sequence);
    const DocumentColumns& columns = corpus_.columns(batch.sequence);
    for (std::size_t row = rows.first; row < rows.end; ++row) {
      Document document;
      document.origin = {batch.source, row, row + 1};
      std::string reason = read_row(columns, row, document);
      if (reason.empty()) {
        visitor.on_document(document);
      } else {
        const std::string_view text = columns.text[row].value_or(std::string_view());
        visitor.on_fault({document.origin, std::move(reason),
                          std::string(text.substr(0, RecordFault::kMaxBytes))});
      }
    }
  }

  void parse_wanted(RecordBatch& batch, const CorpusTable& table, const std::vector<bool>& wanted,
                    bool, std::vector<std::uint32_t>& documents,
                    const RecordVisitor& visitor) override {
    documents.clear();
    const std::uint32_t end = table.end_document(batch.sequence);
    for (std::uint32_t document = table.batches[batch.sequence].first_document; document < end;
         ++document) {
      if (wanted[document]) documents.push_back(document);
    }
    const DocumentColumns& columns = corpus_.columns(batch.sequence);
    for (const std::uint32_t number : documents) {
      const std::size_t row = batch.first_offset + table.documents[number].offset;
      Document document;
      document.origin = {batch.source, row, row + 1};
      read_row(columns, row, document);
      visitor.on_document(document);
    }
  }

 private:
  // Empty, or why the row is no document.
  std::string read_row(const DocumentColumns& columns, std::size_t row, Document& document) const {
    const auto text = columns.text[row];
    if (!text) return "no text";
    if (text->size() > most_bytes_) return fmt::format("text longer than {} bytes", most_bytes_);
    document.text = document.record = *text;
    const std::array<std::pair<const TextColumn*, std::string_view*>, 9> fields = {{
        {&columns.id, &document.id},
        {&columns.title, &document.title},
        {&columns.url, &document.url},
        {&columns.site, &document.site},
        {&columns.time, &document.time},
        {&columns.order, &document.order},
        {&columns.tokens, &document.tokens},
        {&columns.key, &document.key},
        {&columns.source, &document.source},
    }};
    if (!is_valid_utf8(*text)) return "invalid UTF-8";
    for (const auto& [column, field] : fields) {
      if (!column->is_there()) continue;
      *field = (*column)[row].value_or(std::string_view());
      if (!is_valid_utf8(*field)) return "invalid UTF-8";
    }
    if (document.id.size() > RecordParser::kMaxIdBytes) {
      return fmt::format("id longer than {} bytes", RecordParser::kMaxIdBytes);
    }
    document.has_id = !document.id.empty();
    return {};
  }

  const MemoryCorpus& corpus_;
  std::size_t most_bytes_;
};

}  // namespace

MemoryCorpus::MemoryCorpus(const CorpusOptions& options, const RunControl& control)
    : CorpusReader(options, control) {
  if (!options.old_inputs.empty()) {
    throw Error(ErrorCode::kInvalidOption, "a table is compared with a table, not with files");
  }
  if (options.old_documents != nullptr) {
    add_table(*options.old_documents);
    old_inputs_ = 1;
  }
  add_table(*options.documents);
}

void MemoryCorpus::add_table(const DocumentColumns& columns) {
  const std::size_t rows = columns.text.size();
  for (const TextColumn* const column :
       {&columns.id, &columns.title, &columns.url, &columns.site, &columns.time, &columns.order,
        &columns.tokens, &columns.key, &columns.source}) {
    if (column->is_there() && column->size() != rows) {
      throw Error(ErrorCode::kInvalidOption, "the columns do not have the same number of rows");
    }
  }
  const std::size_t table = tables_.size();
  tables_.push_back(&columns);
  inputs_.emplace_back();
  RowRange range{table, 0, 0};
  std::uint64_t bytes = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (bytes >= options().reading.batch_bytes || row - range.first == kMostRows) {
      ranges_.push_back(range);
      range.first = row;
      bytes = 0;
    }
    range.end = row + 1;
    const std::uint64_t size = size_of(columns, row);
    bytes += size;
    size_ += size;
  }
  if (range.end > range.first) ranges_.push_back(range);
}

// A text over the limit is not looked at.
std::uint64_t MemoryCorpus::size_of(const DocumentColumns& columns, std::size_t row) const {
  const std::uint64_t size = columns.text[row].value_or(std::string_view()).size();
  return size > options().reading.max_record_bytes ? 0 : size;
}

std::uint64_t MemoryCorpus::size_of(const RowRange& rows) const {
  std::uint64_t size = 0;
  for (std::size_t row = rows.first; row < rows.end; ++row) {
    size += size_of(*tables_[rows.table], row);
  }
  return size;
}

bool MemoryCorpus::read_next(RecordBatch& batch) {
  if (next_batch_ == ranges_.size()) return false;
  batch.sequence = next_batch_++;
  const RowRange& rows = ranges_[batch.sequence];
  batch.source = static_cast<std::uint32_t>(rows.table);
  batch.source_name.clear();
  batch.first_offset = rows.first;
  batch.first_line = batch.first_offset + 1;
  batch.format = InputFormat::kJsonLines;
  batch.can_be_reread = true;
  read_ += size_of(rows);
  return true;
}

BatchRow MemoryCorpus::make_row(const RecordBatch& batch) const {
  BatchRow row;
  row.source = batch.source;
  row.first_offset = batch.first_offset;
  row.first_line = batch.first_line;
  row.can_be_reread = true;
  row.size = static_cast<std::uint32_t>(size_of(ranges_[batch.sequence]));
  return row;
}

std::unique_ptr<BatchParser> MemoryCorpus::make_parser() const {
  return std::make_unique<ColumnParser>(*this, options());
}

}  // namespace copydesk
