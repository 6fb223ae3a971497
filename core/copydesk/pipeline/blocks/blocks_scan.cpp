// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/blocks_scan.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/paragraphs.h"
#include "copydesk/blocks/repeat_winnower.h"
#include "copydesk/corpus/saved_file.h"
#include "copydesk/error.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/blocks/span_pass.h"
#include "copydesk/run/memory_budget.h"

namespace copydesk {
namespace {

struct Passages {
  std::vector<Paragraph> list;
  std::vector<std::uint32_t> sites;   // by document
  std::vector<std::uint32_t> counts;  // by document

  void clear() { list.clear(), sites.clear(), counts.clear(); }
};

// What one batch gave, in the order of its records.
struct RepeatScan {
  BatchRow batch;
  std::vector<DocumentRow> documents;
  std::string ids;
  std::vector<std::uint32_t> id_sizes;
  std::uint64_t text_bytes = 0;
  std::vector<std::pair<std::uint64_t, std::vector<Line>>> pages;  // of the documents with a site
  Passages paragraphs, sentences;
  std::vector<RepeatFingerprint> fingerprints;
  std::vector<std::uint32_t> fingerprint_counts;  // by document
  std::vector<RecordFault> faults;

  void clear() {
    documents.clear(), ids.clear(), id_sizes.clear(), pages.clear(), paragraphs.clear();
    sentences.clear(), fingerprints.clear(), fingerprint_counts.clear(), faults.clear();
    text_bytes = 0;
  }
};

class RepeatScanner {
 public:
  explicit RepeatScanner(const BlocksOptions& options)
      : options_(options),
        parser_(options.corpus.fields),
        passages_(options.masks_numbers, options.paragraph_end),
        winnower_(options.spans ? options.least_tokens : RepeatWinnower::kFewestTokens) {}

  void operator()(RecordBatch& batch, RepeatScan& out) {
    out.clear();
    out.batch = make_batch_row(batch);
    parser_.parse(batch, {[&](const Document& document) { add(batch, document, out); },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void add(const RecordBatch& batch, const Document& document, RepeatScan& out) {
    DocumentRow& row = out.documents.emplace_back();
    row.offset = static_cast<std::uint32_t>(document.origin.offset - batch.first_offset);
    row.size = static_cast<std::uint32_t>(document.record.size());
    row.line = static_cast<std::uint32_t>(document.origin.line - batch.first_line);
    if (document.has_id) out.ids.append(document.id);
    out.id_sizes.push_back(document.has_id ? static_cast<std::uint32_t>(document.id.size()) : 0);
    out.text_bytes += document.text.size();
    const std::uint64_t site =
        options_.mask.site ? site_key(site_name(document.site, document.url)) : 0;
    const std::string_view page = page_part(document.text);
    if (site != 0) {
      out.pages.emplace_back().first = site;
      scanner_.scan(page, out.pages.back().second);
    }
    const std::uint64_t passage_site =
        options_.least_sites > 1 ? site_key(site_name(document.site, document.url)) : 0;
    if (options_.paragraphs) {
      passages_.scan(document.text, options_.least_paragraph_bytes, found_);
      append(out.paragraphs, passage_site);
    }
    if (options_.sentences) {
      passages_.scan_sentences(document.text, options_.least_sentence_bytes, found_);
      append(out.sentences, passage_site);
    }
    if (options_.spans) {
      const bool has_tokens = site != 0 && page.size() == document.text.size();
      if (!has_tokens) tokenizer_.tokenize(document.text, tokens_);
      winnower_.winnow(has_tokens ? scanner_.tokens().hashes : tokens_.hashes, fingerprints_);
      out.fingerprints.insert(out.fingerprints.end(), fingerprints_.begin(), fingerprints_.end());
      out.fingerprint_counts.push_back(static_cast<std::uint32_t>(fingerprints_.size()));
    }
  }

  void append(Passages& passages, std::uint64_t site) const {
    passages.list.insert(passages.list.end(), found_.begin(), found_.end());
    passages.counts.push_back(static_cast<std::uint32_t>(found_.size()));
    passages.sites.push_back(static_cast<std::uint32_t>(site));
  }

  const BlocksOptions& options_;
  RecordParser parser_;
  LineScanner scanner_;
  ParagraphScanner passages_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  RepeatWinnower winnower_;
  std::vector<RepeatFingerprint> fingerprints_;
  std::vector<Paragraph> found_;
};

SiteModelOptions within_memory(const BlocksOptions& options) {
  // Slots are at most twice the entries rounded up to a power of two; growing, old and new exist.
  constexpr std::uint64_t kBytesPerEntry = 96;
  SiteModelOptions model = options.site_model;
  const std::uint64_t most = table_memory(options.corpus) / 2 / kBytesPerEntry;
  model.most_entries =
      std::min<std::uint64_t>(model.most_entries, std::max<std::uint64_t>(most, 1024));
  return model;
}

class ScanCollector {
 public:
  ScanCollector(ScannedBlocks& scanned, std::optional<RepeatJoin>& join, BlocksSummary& summary)
      : scanned_(scanned), join_(join), summary_(summary) {}

  void operator()(const RepeatScan& batch) {
    CorpusTable& table = scanned_.table;
    constexpr std::size_t kMostDocuments = std::numeric_limits<std::uint32_t>::max() - 1;
    if (table.documents.size() + batch.documents.size() > kMostDocuments) {
      throw Error(ErrorCode::kLimitExceeded, "a run holds at most 4,294,967,294 documents");
    }
    const auto first = static_cast<std::uint32_t>(table.documents.size());
    table.batches.push_back(batch.batch);
    table.batches.back().first_document = first;
    std::string_view ids = batch.ids;
    for (std::size_t i = 0; i < batch.documents.size(); ++i) {
      table.documents.push_back(batch.documents[i]);
      table.ids.append(ids.substr(0, batch.id_sizes[i]));
      ids.remove_prefix(batch.id_sizes[i]);
    }
    summary_.text_bytes += batch.text_bytes;
    for (const auto& [site, lines] : batch.pages) {
      sites_.insert(site);
      summary_.page_copies += !scanned_.model.add_page(site, lines);
    }
    if (scanned_.paragraphs) add(batch.paragraphs, first, *scanned_.paragraphs);
    if (scanned_.sentences) add(batch.sentences, first, *scanned_.sentences);
    std::span<const RepeatFingerprint> fingerprints(batch.fingerprints);
    for (std::uint32_t i = 0; i < batch.fingerprint_counts.size(); ++i) {
      join_->add(first + i, fingerprints.first(batch.fingerprint_counts[i]));
      fingerprints = fingerprints.subspan(batch.fingerprint_counts[i]);
    }
    summary_.bytes += batch.batch.size;
  }

  [[nodiscard]] std::size_t sites() const { return sites_.size(); }

 private:
  static void add(const Passages& found, std::uint32_t first, RepeatedPassages& passages) {
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < found.counts.size(); ++i) {
      for (const std::size_t end = next + found.counts[i]; next < end; ++next) {
        const Paragraph& passage = found.list[next];
        passages.add(passage.key, first + i, static_cast<std::uint32_t>(passage.span.begin),
                     static_cast<std::uint32_t>(passage.span.end), found.sites[i]);
      }
    }
  }

  ScannedBlocks& scanned_;
  std::optional<RepeatJoin>& join_;
  BlocksSummary& summary_;
  std::unordered_set<std::uint64_t> sites_;
};

}  // namespace

ScannedBlocks scan_blocks(CorpusReader& reader, const BlocksOptions& options,
                          const RunControl& control, BlocksSummary& summary) {
  ScannedBlocks scanned;
  scanned.model = SiteModel(within_memory(options));
  scanned.table.inputs = reader.inputs();
  for (const std::string& path : options.models) {
    scanned.model.merge_bytes(read_kept_file(path, SiteModel::stated_size), path);
  }
  const std::string& folder = options.corpus.work_folder;
  const std::uint64_t memory = table_memory(options.corpus) / 4;
  if (options.paragraphs) scanned.paragraphs.emplace(folder, memory);
  if (options.sentences) scanned.sentences.emplace(folder, memory);
  std::optional<RepeatJoin> join;
  if (options.spans) join.emplace(folder, memory);
  ScanCollector collector(scanned, join, summary);
  run_ordered_stage<RecordBatch, RepeatScan>(
      options.corpus.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next(batch);
      },
      [&](std::size_t) { return RepeatScanner(options); },
      [&](RecordBatch&, RepeatScan& batch) {
        for (const RecordFault& fault : batch.faults) reader.take_fault(fault);
        collector(batch);
        reader.check_share_of_faults(scanned.table.documents.size());
        control.report({"read", reader.raw_bytes(), reader.raw_size(), "bytes",
                        scanned.table.documents.size()});
      });
  const std::uint64_t documents = scanned.table.documents.size();
  summary.documents = documents;
  summary.sites = collector.sites();
  summary.forgotten = scanned.model.forgotten();
  if (scanned.paragraphs) {
    scanned.paragraphs->find_copies(documents, options.least_count, options.least_sites,
                                    options.keep);
    summary.paragraphs = scanned.paragraphs->passages();
    summary.repeated_paragraphs = scanned.paragraphs->repeated();
    summary.distinct_repeated_paragraphs = scanned.paragraphs->distinct_repeated();
    summary.disk_bytes += scanned.paragraphs->bytes_on_disk();
  }
  if (scanned.sentences) {
    scanned.sentences->find_copies(documents, options.least_count, options.least_sites,
                                   options.keep);
    summary.sentences = scanned.sentences->passages();
    summary.repeated_sentences = scanned.sentences->repeated();
    summary.distinct_repeated_sentences = scanned.sentences->distinct_repeated();
    summary.disk_bytes += scanned.sentences->bytes_on_disk();
  }
  if (join) {
    summary.fingerprints = join->size();
    summary.disk_bytes += join->bytes_on_disk();
    scanned.spans = find_repeated_spans(reader, scanned.table, std::move(*join), options, control);
    summary.compared_tokens = scanned.spans->candidate_tokens();
    summary.disk_bytes += scanned.spans->bytes_on_disk();
  }
  return scanned;
}

}  // namespace copydesk
