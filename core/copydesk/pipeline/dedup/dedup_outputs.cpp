// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_outputs.h"

#include <algorithm>
#include <vector>

#include "copydesk/corpus/record_selection.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/verify/shared_run.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

// What one batch contributes to the outputs.
struct BatchLines {
  std::string kept;
  std::string decisions;
};

class LineWriter {
 public:
  LineWriter(const DedupOptions& options, const CorpusReader& reader, const ScannedCorpus& corpus,
             const ContentGroups& groups, const DecisionList& decisions,
             const std::vector<bool>& removed, const ShingleSetStore& sets)
      : options_(options),
        reader_(reader),
        table_(corpus.table),
        groups_(groups),
        decisions_(decisions.removed),
        removed_(removed),
        sets_(sets),
        parser_(options.search.corpus.fields),
        masker_(corpus.mask) {}

  void operator()(RecordBatch& batch, BatchLines& out) {
    out.kept.clear();
    out.decisions.clear();
    reader_.load_again(batch);
    if (!options_.kept_path.empty()) append_kept(batch, out.kept);
    if (!options_.decisions_path.empty()) append_decisions(batch, out.decisions);
  }

 private:
  void append_kept(const RecordBatch& batch, std::string& out) {
    const std::uint32_t end = table_.end_document(batch.sequence);
    for (std::uint32_t document = table_.batches[batch.sequence].first_document; document < end;
         ++document) {
      if (removed_[document]) continue;
      const DocumentRow& row = table_.documents[document];
      const std::string_view record = batch.text().substr(row.offset, row.size);
      if (batch.format == InputFormat::kText) {
        append_text_record(out, table_.name_of(document), record);
      } else {
        out.append(record);
        out.push_back('\n');
      }
    }
  }

  void append_decisions(const RecordBatch& batch, std::string& out) {
    documents_.clear();
    select_records(batch, table_, removed_, selected_, documents_);
    std::size_t next = 0;
    parser_.parse(selected_, {[&](const Document& document) {
                                append_decision(documents_[next++], document, out);
                              },
                              [](RecordFault&&) {}});
    if (next != documents_.size()) fail_changed(batch.source_name);
  }

  void append_decision(std::uint32_t document, const Document& record, std::string& out) {
    const auto decision = std::lower_bound(
        decisions_.begin(), decisions_.end(), document,
        [](const Decision& entry, std::uint32_t number) { return entry.document < number; });
    tokenizer_.tokenize_with_spans(masker_.masked(record), tokens_);
    SharedRun run{0, 0, tokens_.size()};
    if (decision->rule != RemovalRule::kExact) {
      const auto removed = sets_.get(groups_.representatives[document], removed_buffer_);
      const auto kept = sets_.get(decision->kept, kept_buffer_);
      run = longest_shared_run(removed.tokens, kept.tokens);
    }
    SharedPassage passage{run.length, {}};
    if (run.length > 0) {
      const TextSpan span{tokens_.spans[run.begin_a].begin,
                          tokens_.spans[run.begin_a + run.length - 1].end};
      passage.text = span.of(record.text);
    }
    append_decision_line(out, *decision, table_.name_of(document), table_.name_of(decision->kept),
                         passage);
  }

  const DedupOptions& options_;
  const CorpusReader& reader_;
  const CorpusTable& table_;
  const ContentGroups& groups_;
  const std::vector<Decision>& decisions_;
  const std::vector<bool>& removed_;
  const ShingleSetStore& sets_;
  RecordParser parser_;
  TextMasker masker_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  RecordBatch selected_;
  std::vector<std::uint32_t> documents_;
  ShingleSetStore::Buffer removed_buffer_;
  ShingleSetStore::Buffer kept_buffer_;
};

}  // namespace

DedupOutputs::DedupOutputs(const DedupOptions& options, OutputSet& files, CorpusReader& reader,
                           const ScannedCorpus& corpus, std::span<const std::uint32_t> ranks,
                           const ContentGroups& groups, const DecisionList& decisions,
                           const ShingleSetStore& sets)
    : options_(options),
      files_(files),
      kept_(files.sink("--output")),
      lines_(files.sink("--decisions")),
      clusters_(files.sink("--clusters")),
      reader_(reader),
      corpus_(corpus),
      ranks_(ranks),
      groups_(groups),
      decisions_(decisions),
      sets_(sets) {}

void DedupOutputs::write(const ClusterList& clusters, const RunControl& control) {
  if (clusters_ != nullptr) write_clusters(clusters);
  if (kept_ != nullptr || lines_ != nullptr) write_records(control);
  files_.commit();
}

void DedupOutputs::write_records(const RunControl& control) {
  std::vector<bool> removed(corpus_.table.documents.size());
  for (const Decision& decision : decisions_.removed) removed[decision.document] = true;
  reader_.restart(corpus_.table);
  std::uint64_t bytes = 0;
  run_ordered_stage<RecordBatch, BatchLines>(
      options_.search.corpus.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader_.announce_again(batch);
      },
      [&](std::size_t) {
        return LineWriter(options_, reader_, corpus_, groups_, decisions_, removed, sets_);
      },
      [&](RecordBatch& batch, BatchLines& lines) {
        if (kept_ != nullptr) kept_->write(lines.kept);
        if (lines_ != nullptr) lines_->write(lines.decisions);
        bytes += batch.text().size();
        control.report({"write", bytes, corpus_.bytes, "bytes", 0});
      });
}

void DedupOutputs::write_clusters(const ClusterList& clusters) {
  std::string lines;
  std::vector<std::string> ids;
  std::vector<std::string> kept_ids;
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    ids.clear(), kept.clear(), kept_ids.clear();
    for (const std::uint32_t document : clusters.cluster(i)) {
      ids.push_back(corpus_.table.name_of(document));
      if (decisions_.kept_for[document] == document) kept.push_back(document);
    }
    std::sort(kept.begin(), kept.end(),
              [&](std::uint32_t x, std::uint32_t y) { return ranks_[x] < ranks_[y]; });
    for (const std::uint32_t document : kept) kept_ids.push_back(corpus_.table.name_of(document));
    append_cluster_line(lines, i, kept_ids, ids);
    if (lines.size() > (1U << 20)) {
      clusters_->write(lines);
      lines.clear();
    }
  }
  clusters_->write(lines);
}

}  // namespace copydesk
