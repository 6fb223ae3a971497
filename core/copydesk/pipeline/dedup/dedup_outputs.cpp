// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_outputs.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/stop.h"
#include "copydesk/text/text_tokenizer.h"
#include "copydesk/verify/shared_run.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

// What one batch contributes to the outputs.
struct BatchLines {
  std::string kept;
  std::string decisions;

  void clear() { kept.clear(), decisions.clear(); }
};

class LineWriter {
 public:
  // `tables` is null where kept records are not wanted.
  LineWriter(const DedupOptions& options, const ScannedCorpus& corpus, const ContentGroups& groups,
             const DecisionList& decisions, const std::vector<bool>& removed,
             const ShingleSetStore& sets, std::uint32_t first_new,
             const TableOutputs* tables, StopFlag stop)
      : options_(options),
        stop_(stop),
        corpus_(corpus),
        table_(corpus.table),
        groups_(groups),
        decisions_(decisions.removed),
        removed_(removed),
        sets_(sets),
        first_new_(first_new),
        tables_(tables),
        tokenizer_(options.search.shingles.fold) {}

  // Kept records are copied as they stand in the batch, but for the rows of tables that stay tables.
  void begin(const RecordBatch& batch, BatchLines& out) {
    if (tables_ != nullptr && !tables_->is_table(batch.source)) append_kept(batch, out.kept);
  }

  void operator()(const ReadDocument& read, BatchLines& out) {
    append_decision(read, out.decisions);
  }

 private:
  void append_kept(const RecordBatch& batch, std::string& out) {
    const std::uint32_t end = table_.end_document(batch.sequence);
    for (std::uint32_t document = table_.batches[batch.sequence].first_document; document < end;
         ++document) {
      if (removed_[document] || document < first_new_) continue;
      const DocumentRow& row = table_.documents[document];
      const std::string_view record = batch.text().substr(row.offset, row.size);
      const bool is_text = batch.format == InputFormat::kText;
      append_kept_record(out, batch.format, is_text ? table_.name_of(document) : std::string(),
                         record);
    }
  }

  void append_decision(const ReadDocument& read, std::string& out) {
    const std::uint32_t document = read.number;
    const auto decision = std::lower_bound(
        decisions_.begin(), decisions_.end(), document,
        [](const Decision& entry, std::uint32_t number) { return entry.document < number; });
    if (decision->rule == RemovalRule::kSameKey) {
      const auto key = key_of(read.document, *options_.search.key, key_);
      append_decision_line(out, *decision, table_.place_of(document),
                           corpus_.place_of(decision->kept), {0, key.value_or("")});
      return;
    }
    tokenizer_.tokenize(read.text,
                        token_kind(read.document.tokens, options_.search.shingles.tokens), tokens_,
                        true);
    SharedRun run{0, 0, tokens_.size()};
    bool is_known = true;
    if (!is_equality(decision->rule)) {
      const auto removed = sets_.get(groups_.representatives[document], removed_buffer_);
      const auto kept = sets_.get(decision->kept, kept_buffer_);
      run = longest_shared_run(removed.tokens, kept.tokens, stop_);
      is_known = decision->kept < table_.documents.size() || !kept.tokens.empty();
    }
    SharedPassage passage{run.length, {}, is_known};
    if (run.length > 0) {
      const TextSpan span{tokens_.spans[run.begin_a].begin,
                          tokens_.spans[run.begin_a + run.length - 1].end};
      passage.text = span.of(read.document.text);
    }
    append_decision_line(out, *decision, table_.place_of(document),
                         corpus_.place_of(decision->kept), passage);
  }

  const DedupOptions& options_;
  StopFlag stop_;
  const ScannedCorpus& corpus_;
  const CorpusTable& table_;
  const ContentGroups& groups_;
  const std::vector<Decision>& decisions_;
  const std::vector<bool>& removed_;
  const ShingleSetStore& sets_;
  std::uint32_t first_new_;
  const TableOutputs* tables_;
  TextTokenizer tokenizer_;
  TokenList tokens_;
  std::string key_;
  ShingleSetStore::Buffer removed_buffer_;
  ShingleSetStore::Buffer kept_buffer_;
};

}  // namespace

DedupOutputs::DedupOutputs(const DedupOptions& options, OutputSet& files, CorpusReader& reader,
                           const ScannedCorpus& corpus, std::span<const std::uint32_t> ranks,
                           const ContentGroups& groups, const DecisionList& decisions,
                           const ShingleSetStore& sets, std::uint32_t first_new)
    : options_(options),
      files_(files),
      lines_(files.sink("--decisions")),
      clusters_(files.sink("--clusters")),
      reader_(reader),
      corpus_(corpus),
      ranks_(ranks),
      groups_(groups),
      decisions_(decisions),
      sets_(sets),
      first_new_(first_new) {}

void DedupOutputs::write(const ClusterList& clusters) {
  if (options_.on_kept || options_.on_removed) hand_over();
  if (clusters_ != nullptr) write_clusters(clusters);
  if (files_.wants_records() || lines_ != nullptr) write_records();
  files_.commit();
}

void DedupOutputs::hand_over() const {
  const CorpusTable& table = corpus_.table;
  auto next = decisions_.removed.begin();
  for (std::size_t batch = 0; batch < table.batches.size(); ++batch) {
    const BatchRow& row = table.batches[batch];
    for (std::uint32_t document = row.first_document; document < table.end_document(batch);
         ++document) {
      if (document < first_new_) continue;
      if (next == decisions_.removed.end() || next->document != document) {
        if (!options_.on_kept) continue;
        options_.on_kept({std::string(table.ids.id(document)), row.source,
                          row.first_line + table.documents[document].line - 1});
        continue;
      }
      RemovedDocument removed{table.ref_of(document), corpus_.ref_of(next->kept),
                              to_string(next->rule)};
      if (!is_equality(next->rule)) {
        removed.jaccard = next->overlap.jaccard();
        removed.containment = next->overlap.containment_a();
        removed.contained = next->overlap.containment_b();
      }
      if (options_.on_removed) options_.on_removed(std::move(removed));
      ++next;
    }
  }
}

void DedupOutputs::write_records() {
  std::vector<bool> removed(corpus_.table.documents.size());
  for (const Decision& decision : decisions_.removed) removed[decision.document] = true;
  const bool is_archive = is_warc_name(options_.kept_path);
  if (is_archive) copy_archives(removed);
  TableOutputs tables(files_, reader_.inputs(), reader_.old_inputs(), options_.kept_path);
  keep_rows(removed, tables);
  const bool wants_lines = files_.wants_records() && !is_archive && !tables.are_all();
  const std::vector<bool> explained =
      lines_ != nullptr ? removed : std::vector<bool>(removed.size());
  const auto take = [&](const ReadBatch<BatchLines>& batch) {
    if (wants_lines && batch.row.source >= reader_.old_inputs()) {
      tables.write_before(batch.row.source, reader_.control());
      if (!tables.is_table(batch.row.source)) {
        files_.write_records(batch.row.source, batch.found.kept);
      }
    }
    if (lines_ != nullptr) lines_->write(batch.found.decisions);
  };
  if (wants_lines || lines_ != nullptr) {
    later_pass<BatchLines>(
        reader_, {corpus_.table, &explained}, "write",
        [&](std::size_t) {
          return LineWriter(options_, corpus_, groups_, decisions_, removed, sets_, first_new_,
                            wants_lines ? &tables : nullptr, StopFlag(reader_.control().stop));
        },
        take);
  }
  tables.finish(reader_.control());
}

void DedupOutputs::keep_rows(const std::vector<bool>& removed, TableOutputs& tables) const {
  const CorpusTable& table = corpus_.table;
  for (std::size_t batch = 0; batch < table.batches.size(); ++batch) {
    const BatchRow& row = table.batches[batch];
    if (!tables.is_table(row.source)) continue;
    for (std::uint32_t document = row.first_document; document < table.end_document(batch);
         ++document) {
      if (removed[document]) continue;
      tables.keep(row.source, row.first_line + table.documents[document].line - 1);
    }
  }
}

// Input by input, the records whose ids are those of removed documents left out.
void DedupOutputs::copy_archives(const std::vector<bool>& removed) {
  const CorpusTable& table = corpus_.table;
  ByteSink& sink = *files_.sink("--output");
  const bool compressed = !options_.kept_path.ends_with('c') && !options_.kept_path.ends_with('C');
  const auto write = [&](std::string_view bytes) {
    reader_.control().check_stop();
    sink.write(bytes);
  };
  std::size_t batch = 0;
  for (std::uint32_t input = reader_.old_inputs(); input < table.inputs.size(); ++input) {
    while (batch < table.batches.size() && table.batches[batch].source < input) ++batch;
    const std::size_t first = batch;
    while (batch < table.batches.size() && table.batches[batch].source == input) ++batch;
    const std::uint32_t begin = first == batch ? 0 : table.batches[first].first_document;
    const std::uint32_t end = first == batch ? 0 : table.end_document(batch - 1);
    std::unordered_set<std::string> dropped;
    for (std::uint32_t document = begin; document < end; ++document) {
      if (removed[document]) dropped.emplace(table.ids.id(document));
    }
    // What has no id, or that of a kept record, cannot be told apart from what stays.
    for (std::uint32_t document = begin; document < end; ++document) {
      if (!removed[document]) dropped.erase(std::string(table.ids.id(document)));
    }
    dropped.erase("");
    const CopiedRecords found = copy_warc(table.inputs[input].path, dropped, compressed,
                                          options_.search.corpus.reading.max_record_bytes, write);
    copied_.kept += found.kept;
    copied_.dropped += found.dropped;
    copied_.dropped_with_others += found.dropped_with_others;
    copied_.revisits_left += found.revisits_left;
  }
}

void DedupOutputs::write_clusters(const ClusterList& clusters) {
  std::string lines;
  std::vector<RecordPlace> members;
  std::vector<RecordPlace> kept_members;
  std::vector<std::uint32_t> kept;
  std::size_t number = 0;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    members.clear(), kept.clear(), kept_members.clear();
    bool has_own = false;  // else it is one of an index that nothing was found to be like
    for (const std::uint32_t document : clusters.cluster(i)) {
      has_own |= document < corpus_.table.documents.size();
      members.push_back(corpus_.place_of(document));
      if (decisions_.kept_for[document] == document) kept.push_back(document);
    }
    if (!has_own) continue;
    std::sort(kept.begin(), kept.end(),
              [&](std::uint32_t x, std::uint32_t y) { return ranks_[x] < ranks_[y]; });
    for (const std::uint32_t document : kept) {
      kept_members.push_back(corpus_.place_of(document));
    }
    append_cluster_line(lines, number++, kept_members, members);
    if (lines.size() > (1U << 20)) {
      clusters_->write(lines);
      lines.clear();
    }
  }
  clusters_->write(lines);
}

}  // namespace copydesk
