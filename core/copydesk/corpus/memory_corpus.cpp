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
        columns_(*options.documents),
        most_bytes_(options.reading.max_record_bytes) {}

  void parse(const RecordBatch& batch, const RecordVisitor& visitor) override {
    const std::size_t end = corpus_.first_row(batch.sequence + 1);
    for (std::size_t row = corpus_.first_row(batch.sequence); row < end; ++row) {
      Document document;
      document.origin = {0, row, row + 1};
      std::string reason = read_row(row, document);
      if (reason.empty()) {
        visitor.on_document(document);
      } else {
        const std::string_view text = columns_.text[row].value_or(std::string_view());
        visitor.on_fault({document.origin, std::move(reason),
                          std::string(text.substr(0, RecordFault::kMaxBytes))});
      }
    }
  }

  void parse_wanted(const RecordBatch& batch, const CorpusTable& table,
                    const std::vector<bool>& wanted, bool,
                    std::vector<std::uint32_t>& documents, const RecordVisitor& visitor) override {
    documents.clear();
    const std::uint32_t end = table.end_document(batch.sequence);
    for (std::uint32_t document = table.batches[batch.sequence].first_document; document < end;
         ++document) {
      if (wanted[document]) documents.push_back(document);
    }
    for (const std::uint32_t number : documents) {
      const std::size_t row = batch.first_offset + table.documents[number].offset;
      Document document;
      document.origin = {0, row, row + 1};
      read_row(row, document);
      visitor.on_document(document);
    }
  }

 private:
  // Empty, or why the row is no document.
  std::string read_row(std::size_t row, Document& document) const {
    const auto text = columns_.text[row];
    if (!text) return "no text";
    if (text->size() > most_bytes_) return fmt::format("text longer than {} bytes", most_bytes_);
    document.text = document.record = *text;
    const std::array<std::pair<const TextColumn*, std::string_view*>, 6> fields = {{
        {&columns_.id, &document.id},
        {&columns_.title, &document.title},
        {&columns_.url, &document.url},
        {&columns_.site, &document.site},
        {&columns_.time, &document.time},
        {&columns_.order, &document.order},
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
  const DocumentColumns& columns_;
  std::size_t most_bytes_;
};

}  // namespace

MemoryCorpus::MemoryCorpus(const CorpusOptions& options, const RunControl& control)
    : CorpusReader(options, control), columns_(*options.documents) {
  const std::size_t rows = columns_.text.size();
  for (const TextColumn* const column : {&columns_.id, &columns_.title, &columns_.url,
                                         &columns_.site, &columns_.time, &columns_.order}) {
    if (column->is_there() && column->size() != rows) {
      throw Error(ErrorCode::kInvalidOption, "the columns do not have the same number of rows");
    }
  }
  inputs_.emplace_back();
  std::uint64_t bytes = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (row == 0 || bytes >= options.reading.batch_bytes ||
        row - first_rows_.back() == kMostRows) {
      first_rows_.push_back(row);
      bytes = 0;
    }
    bytes += size_of(row);
    size_ += size_of(row);
  }
  first_rows_.push_back(rows);
}

// A text over the limit is not looked at.
std::uint64_t MemoryCorpus::size_of(std::size_t row) const {
  const std::uint64_t size = columns_.text[row].value_or(std::string_view()).size();
  return size > options().reading.max_record_bytes ? 0 : size;
}

bool MemoryCorpus::read_next(RecordBatch& batch) {
  if (next_batch_ + 1 >= first_rows_.size()) return false;
  batch.sequence = next_batch_++;
  batch.source = 0;
  batch.source_name.clear();
  batch.first_offset = first_rows_[batch.sequence];
  batch.first_line = batch.first_offset + 1;
  batch.format = InputFormat::kJsonLines;
  batch.can_be_reread = true;
  for (std::size_t row = first_row(batch.sequence); row < first_row(batch.sequence + 1); ++row) {
    read_ += size_of(row);
  }
  return true;
}

BatchRow MemoryCorpus::make_row(const RecordBatch& batch) const {
  BatchRow row;
  row.first_offset = batch.first_offset;
  row.first_line = batch.first_line;
  row.can_be_reread = true;
  for (std::size_t i = first_row(batch.sequence); i < first_row(batch.sequence + 1); ++i) {
    row.size += static_cast<std::uint32_t>(size_of(i));
  }
  return row;
}

std::unique_ptr<BatchParser> MemoryCorpus::make_parser() const {
  return std::make_unique<ColumnParser>(*this, options());
}

}  // namespace copydesk
