// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_outputs.h"

#include <algorithm>
#include <string>
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
  // `copies` is null where kept records are not wanted.
  LineWriter(const DedupOptions& options, const ScannedCorpus& corpus, const ContentGroups& groups,
             const DecisionList& decisions, const std::vector<bool>& removed,
             const ShingleSetStore& sets, std::uint32_t first_new,
             const CopiedOutputs* copies, StopFlag stop)
      : options_(options),
        stop_(stop),
        corpus_(corpus),
        table_(corpus.table),
        groups_(groups),
        decisions_(decisions.removed),
        removed_(removed),
        sets_(sets),
        first_new_(first_new),
        copies_(copies),
        tokenizer_(options.search.shingles.fold) {}

  // Kept records are copied as they stand in the batch, but for those that are copied from the file.
  void begin(const RecordBatch& batch, BatchLines& out) {
    if (copies_ != nullptr && !copies_->is_copied(batch.source)) append_kept(batch, out.kept);
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
  const CopiedOutputs* copies_;
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
  CopiedOutputs copies(files_, reader_.inputs(), reader_.old_inputs(), options_.kept_path,
                       options_.search.corpus.reading);
  const bool wants_lines = files_.wants_records() && !copies.are_all();
  const std::vector<bool> explained =
      lines_ != nullptr ? removed : std::vector<bool>(removed.size());
  const auto take = [&](const ReadBatch<BatchLines>& batch) {
    if (wants_lines && batch.row.source >= reader_.old_inputs()) {
      copy_before(batch.row.source, removed, copies);
      if (!copies.is_copied(batch.row.source)) {
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
                            wants_lines ? &copies : nullptr, StopFlag(reader_.control().stop));
        },
        take);
  }
  copy_before(reader_.inputs().size(), removed, copies);
  copies.finish(reader_.control());
  if (copies.has_archives()) copied_ = copies.archive_records();
}

// Input by input, so that what is known of archives is known of one at a time.
void DedupOutputs::copy_before(std::size_t source, const std::vector<bool>& removed,
                               CopiedOutputs& copies) {
  const CorpusTable& table = corpus_.table;
  for (; next_batch_ < table.batches.size(); ++next_batch_) {
    const BatchRow& row = table.batches[next_batch_];
    if (row.source >= source) break;
    copies.write_before(row.source, reader_.control());
    if (!copies.is_copied(row.source)) continue;
    for (std::uint32_t document = row.first_document; document < table.end_document(next_batch_);
         ++document) {
      copies.add(row.source, row.first_line + table.documents[document].line - 1,
                 table.ids.id(document), !removed[document]);
    }
  }
  copies.write_before(source, reader_.control());
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
