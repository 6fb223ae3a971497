#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Batches to documents. JSON Lines are validated in full, one line at a time, so that a bad line
// costs only itself; docs/input.md says what is accepted.
//
// Example:
//   RecordBatch batch;
//   batch.bytes = "{\"body\": {\"text\": \"One.\"}}\n{\"body\": 2}\n";
//   batch.pad();
//   FieldNames fields;
//   fields.text = "body.text";
//   RecordParser parser(fields);
//   const auto found = parser.parse(batch, {[](const Document&) {}, [](RecordFault&&) {}});
//   assert(found.documents == 1 && found.faults == 1);

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "copydesk/document.h"
#include "copydesk/read/record_batch.h"
#include "copydesk/read/record_fault.h"

namespace copydesk {

// Names of the fields of a JSON record. "meta.url" is the field of that name or, failing that, the
// field "url" of the object "meta", to any depth; "messages[0].content" is that of the first of a list,
// "messages[*].content" that of all of them. An empty name stands for no field at all.
struct FieldNames {
  std::string text = "text", id = "id", title = "title", url = "url", time = "date", site = "site";
  std::string order;   // the field a keep policy goes by
  std::string tokens;  // the field that says whether a text is words or code
  std::string source;  // the field that reports count by
  std::string key;     // the field whose values tell records apart
  // Whether a text may be a list of strings, or of the strings at several places, which stand in
  // it as paragraphs: not where it is to be cut in the record.
  bool text_in_parts = true;
};

// The fields that a record is asked for, as RecordParser::Counts has them.
enum class RecordField { kText, kId, kTitle, kUrl, kTime, kSite, kOrder, kTokens, kSource, kKey };
inline constexpr std::size_t kRecordFields = 10;
[[nodiscard]] const std::string& field_name(const FieldNames& fields, RecordField field);

// Receives what a batch holds, in order. Views are valid during the call only.
struct RecordVisitor {
  std::function<void(const Document&)> on_document;
  std::function<void(RecordFault&&)> on_fault;
};

// Reuses its buffers; one object per thread.
class RecordParser {
 public:
  struct Counts {
    std::size_t documents = 0;
    std::size_t faults = 0;  // of records; those of the batch's reading are not among them
    std::array<std::size_t, kRecordFields> with_field{};  // of the documents, by RecordField
  };

  static constexpr std::size_t kMaxIdBytes = 64 * 1024;  // a longer id makes the record a fault

  // Throws Error{kInvalidOption} if the text field has no name.
  explicit RecordParser(const FieldNames& fields);
  ~RecordParser();
  RecordParser(RecordParser&&) noexcept;
  RecordParser& operator=(RecordParser&&) noexcept;

  // Visits the records and faults of `batch` in the order of their offsets, among them the faults
  // that came with the batch (batch.faults). REQUIRES: the batch is padded, as BatchReader and
  // read_batch_at() leave it.
  Counts parse(const RecordBatch& batch, const RecordVisitor& visitor);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
