// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/record_converter.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/character_set.h"
#include "copydesk/read/page_record.h"
#include "copydesk/read/warc/http_body.h"

namespace copydesk {

namespace {

// A body that was decoded, and is larger, gives its memory back.
constexpr std::size_t kKeptBytes = std::size_t{4} << 20;

bool is_page_type(std::string_view type) {
  return find_ignoring_case(type, "html", 0) != std::string_view::npos;
}
bool is_text_type(std::string_view type) {
  return equal_ignoring_case(trim_html_space(type.substr(0, type.find(';'))), "text/plain");
}

}  // namespace

class RecordConverter::Worker {
 public:
  explicit Worker(const ConversionOptions& options) : options_(options), recorder_(options) {}

  void convert(RecordBatch& batch) {
    const std::size_t former_faults = batch.faults.size();
    batch.converted_lines = 0;
    for (const RawRecord& record : batch.records) {
      const std::size_t before = batch.bytes.size();
      append_line(batch, record);
      if (batch.bytes.size() - before > options_.max_record_bytes) {
        batch.bytes.resize(before);
        report(batch, record,
               fmt::format("record longer than {} bytes", options_.max_record_bytes));
      } else if (batch.bytes.size() > before) {
        ++batch.converted_lines;
      }
    }
    if (buffer_.capacity() > kKeptBytes) buffer_ = {};
    if (batch.faults.size() > former_faults) {
      std::ranges::stable_sort(batch.faults, {}, [](const RecordFault& fault) {
        return std::pair(fault.origin.line, fault.origin.offset);
      });
    }
  }

 private:
  void append_line(RecordBatch& batch, const RawRecord& record) {
    const std::string_view content = std::string_view(batch.raw).substr(record.begin, record.size);
    std::string_view type = record.content_type;
    std::string_view body = content;
    if (record.type == "response") {
      const HttpResponse response = read_http_response(content, options_.max_record_bytes, buffer_);
      if (response.status != 0) {
        if (response.status < 200 || response.status >= 300) return;
        type = response.content_type;
      }
      body = response.body;
      if (!response.fault.empty()) {
        if (is_page_type(type) || is_text_type(type)) {
          report(batch, record, std::string(response.fault));
        }
        return;
      }
    }
    const FieldNames& names = batch.has_first_fields ? options_.first_fields : options_.fields;
    const PageOrigin origin{record.id, record.url, record.time, charset_parameter(type)};
    if (is_page_type(type) || (type.empty() && trim_html_space(body).starts_with('<'))) {
      recorder_.append_page(body, origin, names, batch.bytes);
    } else if (is_text_type(type)) {
      recorder_.append_text(body, origin, names, batch.bytes);
    }
  }

  static void report(RecordBatch& batch, const RawRecord& record, std::string reason) {
    const std::string_view content = std::string_view(batch.raw).substr(record.begin, record.size);
    batch.faults.push_back({{batch.source, record.offset, record.number},
                            std::move(reason),
                            std::string(content.substr(0, RecordFault::kMaxBytes))});
  }

  const ConversionOptions& options_;
  PageRecorder recorder_;
  std::string buffer_;
};

RecordConverter::RecordConverter(const ConversionOptions& options) : options_(options) {}
RecordConverter::~RecordConverter() = default;

void RecordConverter::convert(RecordBatch& batch) {
  std::unique_ptr<Worker> worker;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      worker = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (worker == nullptr) worker = std::make_unique<Worker>(options_);
  worker->convert(batch);
  batch.pad();
  batch.is_raw = false;
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(worker));
}

void LinePlaces::place(RecordBatch& batch) {
  if (batch.source != source_) {
    source_ = batch.source;
    offset_ = 0;
    line_ = 1;
  }
  batch.first_offset = offset_;
  batch.first_line = line_;
  offset_ += batch.bytes.size();
  line_ += batch.converted_lines;
}

}  // namespace copydesk
