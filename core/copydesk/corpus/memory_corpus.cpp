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
      : corpus_(corpus),
        most_bytes_(options.reading.max_record_bytes) {}

  void parse(const RecordBatch& batch, const RecordVisitor& visitor) override {
    const MemoryCorpus::Rows& rows = corpus_.rows(batch.sequence);
    for (std::size_t row = rows.first; row < rows.end; ++row) {
      Document document;
      document.origin = {rows.source, row, row + 1};
      std::string reason = read_row(*rows.table, row, document);
      if (reason.empty()) {
        visitor.on_document(document);
      } else {
        const std::string_view text = rows.table->text[row].value_or(std::string_view());
        visitor.on_fault({document.origin, std::move(reason),
                          std::string(text.substr(0, RecordFault::kMaxBytes))});
      }
    }
  }

  void parse_wanted(const RecordBatch& batch, const CorpusTable& table,
                    const std::vector<bool>& wanted, bool,
                    std::vector<std::uint32_t>& documents, const RecordVisitor& visitor) override {
    documents.clear();
    const MemoryCorpus::Rows& rows = corpus_.rows(batch.sequence);
    const std::uint32_t end = table.end_document(batch.sequence);
    for (std::uint32_t document = table.batches[batch.sequence].first_document; document < end;
         ++document) {
      if (wanted[document]) documents.push_back(document);
    }
    for (const std::uint32_t number : documents) {
      const std::size_t row = batch.first_offset + table.documents[number].offset;
      Document document;
      document.origin = {rows.source, row, row + 1};
      read_row(*rows.table, row, document);
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
    const std::array<std::pair<const TextColumn*, std::string_view*>, 7> fields = {{
        {&columns.id, &document.id},
        {&columns.title, &document.title},
        {&columns.url, &document.url},
        {&columns.site, &document.site},
        {&columns.time, &document.time},
        {&columns.order, &document.order},
        {&columns.tokens, &document.tokens},
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
  if (options.old_documents != nullptr) add(*options.old_documents);
  add(*options.documents);
}

void MemoryCorpus::add(const DocumentColumns& table) {
  const std::size_t count = table.text.size();
  for (const TextColumn* const column : {&table.id, &table.title, &table.url, &table.site,
                                         &table.time, &table.order, &table.tokens}) {
    if (column->is_there() && column->size() != count) {
      throw Error(ErrorCode::kInvalidOption, "the columns do not have the same number of rows");
    }
  }
  const auto source = static_cast<std::uint32_t>(inputs_.size());
  inputs_.emplace_back();
  std::uint64_t bytes = 0;
  for (std::size_t row = 0; row < count; ++row) {
    if (row == 0 || bytes >= options().reading.batch_bytes ||
        row - batch_rows_.back().first == kMostRows) {
      batch_rows_.push_back({&table, source, row, row});
      bytes = 0;
    }
    batch_rows_.back().end = row + 1;
    bytes += size_of(table, row);
    size_ += size_of(table, row);
  }
}

// A text over the limit is not looked at.
std::uint64_t MemoryCorpus::size_of(const DocumentColumns& table, std::size_t row) const {
  const std::uint64_t size = table.text[row].value_or(std::string_view()).size();
  return size > options().reading.max_record_bytes ? 0 : size;
}

std::uint64_t MemoryCorpus::size_of(const Rows& rows) const {
  std::uint64_t size = 0;
  for (std::size_t row = rows.first; row < rows.end; ++row) size += size_of(*rows.table, row);
  return size;
}

bool MemoryCorpus::read_next(RecordBatch& batch) {
  if (next_batch_ == batch_rows_.size()) return false;
  batch.sequence = next_batch_++;
  const Rows& rows = batch_rows_[batch.sequence];
  batch.source = rows.source;
  batch.source_name.clear();
  batch.first_offset = rows.first;
  batch.first_line = batch.first_offset + 1;
  batch.format = InputFormat::kJsonLines;
  batch.can_be_reread = true;
  read_ += size_of(rows);
  return true;
}

BatchRow MemoryCorpus::make_row(const RecordBatch& batch) const {
  const Rows& rows = batch_rows_[batch.sequence];
  BatchRow row;
  row.source = rows.source;
  row.first_offset = batch.first_offset;
  row.first_line = batch.first_line;
  row.can_be_reread = true;
  row.size = static_cast<std::uint32_t>(size_of(rows));
  return row;
}

std::unique_ptr<BatchParser> MemoryCorpus::make_parser() const {
  return std::make_unique<ColumnParser>(*this, options());
}

}  // namespace copydesk
