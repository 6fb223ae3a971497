// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/extract/extract_run.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/read/json_scan.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/write/json_text.h"

namespace copydesk {
namespace {

struct ExtractedLines {
  std::string lines;
  std::vector<ExtractedDocument> documents;  // for ExtractOptions::on_document
  std::uint64_t text_bytes = 0;
  void clear() { lines.clear(), documents.clear(), text_bytes = 0; }
};

void append_field(std::string& out, const char* name, std::string_view value) {
  if (value.empty()) return;
  out.append(out.back() == '{' ? "\"" : ",\"").append(name).append("\":");
  append_json_string(out, value);
}

// As it is written in the record, if that is JSON.
void append_member(std::string& out, std::string_view record, const char* name) {
  const std::optional<std::string_view> value = raw_member(record, name);
  if (value && *value != "null") out.append(",\"").append(name).append("\":").append(*value);
}

// Whether the record is JSON as it stood in a file: not of plain text, nor of a table in memory.
bool has_json(const ReadDocument& read) {
  return !read.batch.source_name.empty() && read.batch.format != InputFormat::kText;
}

ExtractedDocument as_value(const ReadDocument& read) {
  const Document& document = read.document;
  const auto member = [&](const char* name) {
    return has_json(read) ? text_member(document.record, name) : std::string();
  };
  return {read.ref(),
          std::string(document.title),
          std::string(document.time),
          member("author"),
          std::string(document.site),
          std::string(document.url),
          member("language"),
          std::string(document.text)};
}

void append_document(const ReadDocument& read, std::string& out) {
  const Document& document = read.document;
  const bool is_json = has_json(read);
  out += '{';
  append_field(out, "id", read.name());
  append_field(out, "title", document.title);
  append_field(out, "date", document.time);
  if (is_json) append_member(out, document.record, "author");
  append_field(out, "site", document.site);
  append_field(out, "url", document.url);
  if (is_json) append_member(out, document.record, "language");
  out += ",\"text\":";
  append_json_string(out, document.text);
  if (is_json) {
    append_member(out, document.record, "page");
    append_member(out, document.record, "blocks");
  }
  out += "}\n";
}

}  // namespace

ExtractResult run_extract(const ExtractOptions& wanted, const RunControl& control) {
  ExtractOptions options = wanted;
  options.corpus.reads_once = true;
  StageClock clock;
  clock.begin("extract");
  ExtractResult result;
  ExtractSummary& summary = result.summary;
  OutputSet outputs({{"--output", options.output_path}}, options.corpus.other_outputs,
                    options.corpus.output_folder);
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  outputs.name_shards(reader->inputs());
  outputs.open();
  first_pass<ExtractedLines>(
      *reader, "extract",
      [&](std::size_t) {
        return [&](const ReadDocument& read, ExtractedLines& out) {
          if (outputs.wants_records()) append_document(read, out.lines);
          if (options.on_document) out.documents.push_back(as_value(read));
          out.text_bytes += read.document.text.size();
        };
      },
      [&](ReadBatch<ExtractedLines>& batch) {
        for (ExtractedDocument& document : batch.found.documents) {
          options.on_document(std::move(document));
        }
        outputs.write_records(batch.row.source, batch.found.lines);
        summary.documents += batch.documents;
        summary.bytes += batch.row.size;
        summary.text_bytes += batch.found.text_bytes;
      });
  outputs.commit();
  summary.faults = reader->faults().total;
  RunReport& report = result.report;
  report.command = "extract";
  report.counts.add("documents", summary.documents);
  report.counts.add("text_bytes", summary.text_bytes);
  end_report(*reader, outputs, clock, report);
  return result;
}

}  // namespace copydesk
