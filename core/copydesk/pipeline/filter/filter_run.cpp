// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/filter/filter_run.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/error.h"
#include "copydesk/read/record_list.h"
#include "copydesk/run/copied_outputs.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/stream/byte_source.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {
namespace {

// A record of a file that is copied.
struct CopyChoice {
  std::uint64_t number = 0;  // in the file, from 0
  std::string id;
  bool stays = false;
};

struct FilteredLines {
  std::string lines;
  std::vector<std::uint32_t> entries;  // of the list, that are records here
  std::vector<CopyChoice> choices;     // instead of lines
  std::vector<DocumentRef> documents;  // kept ones, if they are asked for
  std::uint64_t kept = 0;
  void clear() { lines.clear(), entries.clear(), choices.clear(), documents.clear(), kept = 0; }
};

RecordList read_list(const FilterOptions& options, const RunControl& control) {
  if (options.names) {
    RecordList list;
    for (const std::string& name : *options.names) list.add_name(name);
    return list;
  }
  try {
    return RecordList::read(options.list_path, options.by_id, control.stop);
  } catch (const Interrupted&) {
    throw Cancelled{};
  }
}

// Says which entries of the list are no records, if any are not.
void tell_missing(const RecordList& list, const FilterOptions& options,
                  const std::vector<bool>& found, FilterSummary& summary,
                  const RunControl& control) {
  std::string first;
  for (std::uint32_t entry = 0; entry < found.size(); ++entry) {
    if (found[entry]) ++summary.entries_found;
    if (!found[entry] && first.empty()) first = list.name(entry);
    if (!found[entry] && options.on_missing) options.on_missing(std::string(list.name(entry)));
  }
  const std::uint64_t missing = summary.entries - summary.entries_found;
  if (missing == 0) return;
  if (summary.entries_found == 0 && summary.documents > 0) {
    throw Error(ErrorCode::kTooManyFaults,
                fmt::format("none of its {} is in the input (the first is \"{}\")",
                            missing == 1 ? "records" : fmt::format("{} records", missing), first),
                options.names ? "the list" : options.list_path);
  }
  control.note(fmt::format("{} of the list {} not in the input: {}{}",
                           missing == 1 ? "1 record" : fmt::format("{} records", missing),
                           missing == 1 ? "is" : "are", first, missing == 1 ? "" : ", ..."));
}

}  // namespace

FilterResult run_filter(const FilterOptions& wanted, const RunControl& control) {
  FilterOptions options = wanted;
  options.corpus.reading.conversion.only_fields =
      CopiedOutputs::needs_only_fields(options.output_path);
  options.corpus.reads_once = true;
  StageClock clock;
  clock.begin("filter");
  FilterResult result;
  FilterSummary& summary = result.summary;
  OutputSet outputs({{"--output", options.output_path, true}}, options.corpus.other_outputs,
                    options.corpus.output_folder);
  const RecordList list = read_list(options, control);
  summary.entries = list.size();
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  CopiedOutputs::check(options.output_path, reader->inputs(), 0, options.corpus.reading);
  outputs.name_shards(reader->inputs());
  outputs.open();
  CopiedOutputs copies(outputs, reader->inputs(), 0, options.output_path, options.corpus.reading);
  std::vector<bool> found(list.size());
  first_pass<FilteredLines>(
      *reader, "filter",
      [&](std::size_t) {
        return [&](const ReadDocument& read, FilteredLines& out) {
          const Document& document = read.document;
          const std::size_t before = out.entries.size();
          // In memory a document without an id is known by its row.
          const bool by_row = read.batch.source_name.empty() && !document.has_id;
          list.find(by_row ? std::to_string(document.origin.line - 1) : document.id,
                    read.batch.source_name, document.origin.line, out.entries);
          const bool is_listed = out.entries.size() > before;
          const bool stays = is_listed != options.drop;
          out.kept += stays ? 1 : 0;
          if (stays && options.on_kept) out.documents.push_back(read.ref());
          if (copies.is_copied(document.origin.source)) {
            out.choices.push_back({document.origin.line - 1, std::string(document.id), stays});
          } else if (stays && outputs.wants_records()) {
            append_kept_record(out.lines, read.batch.format, document.id, document.record);
          }
        };
      },
      [&](const ReadBatch<FilteredLines>& batch) {
        for (const std::uint32_t entry : batch.found.entries) found[entry] = true;
        for (const DocumentRef& document : batch.found.documents) options.on_kept(document);
        copies.write_before(batch.row.source, control);
        for (const CopyChoice& choice : batch.found.choices) {
          copies.add(batch.row.source, choice.number, choice.id, choice.stays);
        }
        if (!copies.is_copied(batch.row.source)) {
          outputs.write_records(batch.row.source, batch.found.lines);
        }
        summary.documents += batch.documents;
        summary.kept += batch.found.kept;
        summary.bytes += batch.row.size;
      });
  tell_missing(list, options, found, summary, control);
  copies.finish(control);
  outputs.commit();
  summary.faults = reader->faults().total;
  RunReport& report = result.report;
  report.command = "filter";
  report.parameters.add("list", options.drop ? "drop" : "keep");
  report.counts.add("documents", summary.documents);
  report.counts.add("bytes", summary.bytes);
  report.counts.add("kept", summary.kept);
  report.counts.add("dropped", summary.documents - summary.kept);
  report.counts.add("list_entries", summary.entries);
  report.counts.add("list_entries_not_found", summary.entries - summary.entries_found);
  end_report(*reader, outputs, clock, report);
  return result;
}

}  // namespace copydesk
