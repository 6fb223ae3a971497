// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/blocks_scan.h"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/page_part.h"
#include "copydesk/blocks/paragraphs.h"
#include "copydesk/blocks/repeat_winnower.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/saved_file.h"
#include "copydesk/pipeline/blocks/blocks_stages.h"
#include "copydesk/pipeline/blocks/near_passages.h"
#include "copydesk/pipeline/blocks/span_pass.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/stop.h"

namespace copydesk {
namespace {

// Spans are looked for in so many words of a text. What is held of a word is 100 bytes where all
// are in spans, which a text of one-letter words would take for two bytes of its own.
constexpr std::size_t kMostSpanTokens = 3'000'000;

struct Passages {
  std::vector<Paragraph> list;
  std::vector<std::uint32_t> sites;   // by document
  std::vector<std::uint32_t> counts;  // by document

  void clear() { list.clear(), sites.clear(), counts.clear(); }
};

// What one batch gave, in the order of its records.
struct RepeatScan {
  DocumentList documents;
  std::uint64_t text_bytes = 0;
  CountedPages pages;  // the documents with a site
  Passages paragraphs, sentences;
  std::vector<RepeatFingerprint> fingerprints;
  std::vector<std::uint32_t> fingerprint_counts;  // by document
  PassageSketches sketches;                       // of the paragraphs, if near-equal ones count

  void clear() {
    documents.clear(), pages.clear(), paragraphs.clear(), sketches.clear();
    sentences.clear(), fingerprints.clear(), fingerprint_counts.clear();
    text_bytes = 0;
  }
};

class RepeatScanner {
 public:
  RepeatScanner(const BlocksOptions& options, const NearPassageOptions* near)
      : options_(options),
        passages_(options.masks_numbers, options.paragraph_end),
        winnower_(options.spans ? options.least_tokens : RepeatWinnower::kFewestTokens) {
    if (near != nullptr) sketcher_.emplace(*near);
  }

  void operator()(const ReadDocument& read, RepeatScan& out) {
    const Document& document = read.document;
    out.documents.add(read.batch, document);
    out.text_bytes += document.text.size();
    const std::uint64_t site =
        options_.mask.site ? site_key(site_name(document.site, document.url)) : 0;
    const std::string_view page = page_part(document.text);
    if (site != 0) {
      scanner_.scan(page, lines_, LineForms::kMasked);
      out.pages.add(site, lines_);
    }
    const std::uint64_t passage_site =
        options_.least_sites > 1 ? site_key(site_name(document.site, document.url)) : 0;
    if (options_.paragraphs) {
      passages_.scan(document.text, options_.least_paragraph_bytes, found_);
      append(out.paragraphs, passage_site);
      for (std::size_t i = 0; sketcher_ && i < found_.size(); ++i) {
        sketcher_->add(passages_.contents(document.text, found_[i]), out.sketches);
      }
    }
    if (options_.sentences) {
      passages_.scan_sentences(document.text, options_.least_sentence_bytes, found_);
      append(out.sentences, passage_site);
    }
    if (options_.spans) {
      const bool has_tokens = site != 0 && page.size() == document.text.size();
      if (!has_tokens) tokenizer_.tokenize(document.text, tokens_);
      const std::span<const std::uint64_t> tokens =
          has_tokens ? scanner_.tokens().hashes : tokens_.hashes;
      winnower_.winnow(tokens.first(std::min(tokens.size(), kMostSpanTokens)), fingerprints_);
      out.fingerprints.insert(out.fingerprints.end(), fingerprints_.begin(), fingerprints_.end());
      out.fingerprint_counts.push_back(static_cast<std::uint32_t>(fingerprints_.size()));
    }
  }

 private:
  void append(Passages& passages, std::uint64_t site) const {
    passages.list.insert(passages.list.end(), found_.begin(), found_.end());
    passages.counts.push_back(static_cast<std::uint32_t>(found_.size()));
    passages.sites.push_back(static_cast<std::uint32_t>(site));
  }

  const BlocksOptions& options_;
  LineScanner scanner_;
  std::vector<Line> lines_;
  ParagraphScanner passages_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  RepeatWinnower winnower_;
  std::vector<RepeatFingerprint> fingerprints_;
  std::vector<Paragraph> found_;
  std::optional<PassageSketcher> sketcher_;
};

MemoryPlan plan_of(const BlocksOptions& options) {
  if (options.near > 0.0) return MemoryPlan::kNearBlocks;
  const bool is_corpus = options.paragraphs || options.sentences || options.spans;
  return is_corpus ? MemoryPlan::kCorpusBlocks : MemoryPlan::kSites;
}

SiteModelOptions within_memory(const BlocksOptions& options) {
  // Slots are at most twice the entries rounded up to a power of two; growing, old and new exist.
  constexpr std::uint64_t kBytesPerEntry = 96;
  SiteModelOptions model = options.site_model;
  const std::uint64_t most =
      memory_for(plan_of(options), "sites", table_memory(options.corpus)) / kBytesPerEntry;
  model.most_entries =
      std::min<std::uint64_t>(model.most_entries, std::max<std::uint64_t>(most, 1024));
  return model;
}

// What of a corpus may repeat, of the units that are asked for.
struct PassageTables {
  std::optional<RepeatedPassages> paragraphs, sentences;
  std::optional<NearPassages> near;  // then the paragraphs go there first
  std::optional<RepeatJoin> fingerprints;
};

class ScanCollector {
 public:
  ScanCollector(ScannedBlocks& scanned, PassageTables& passages)
      : scanned_(scanned), passages_(passages) {}

  void operator()(const ReadBatch<RepeatScan>& batch) {
    const RepeatScan& found = batch.found;
    const std::uint32_t first = scanned_.table.append(batch.row, found.documents);
    scanned_.summary.text_bytes += found.text_bytes;
    found.pages.for_each([&](std::uint64_t site, std::span<const CountedLine> lines) {
      sites_.insert(site);
      scanned_.summary.page_copies += !scanned_.model.add_page(site, lines);
    });
    if (passages_.near) {
      add_near(found, first);
    } else if (passages_.paragraphs) {
      add(found.paragraphs, first, *passages_.paragraphs);
    }
    if (passages_.sentences) add(found.sentences, first, *passages_.sentences);
    std::span<const RepeatFingerprint> fingerprints(found.fingerprints);
    for (std::uint32_t i = 0; i < found.fingerprint_counts.size(); ++i) {
      passages_.fingerprints->add(first + i, fingerprints.first(found.fingerprint_counts[i]));
      fingerprints = fingerprints.subspan(found.fingerprint_counts[i]);
    }
    scanned_.summary.bytes += batch.row.size;
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

  void add_near(const RepeatScan& found, std::uint32_t first) {
    std::span<const Paragraph> paragraphs(found.paragraphs.list);
    for (std::uint32_t i = 0; i < found.paragraphs.counts.size(); ++i) {
      const std::size_t count = found.paragraphs.counts[i];
      passages_.near->add(first + i, paragraphs.first(count), found.paragraphs.sites[i]);
      paragraphs = paragraphs.subspan(count);
    }
    passages_.near->add_sketches(found.sketches);
  }

  ScannedBlocks& scanned_;
  PassageTables& passages_;
  std::unordered_set<std::uint64_t> sites_;
};

// What no document has been added to yet.
ScannedBlocks begin_scan(const CorpusReader& reader, const BlocksOptions& options) {
  ScannedBlocks scanned;
  scanned.model = SiteModel(within_memory(options));
  scanned.table.inputs = reader.inputs();
  return scanned;
}

ScannedBlocks scan(CorpusReader& reader, const BlocksOptions& options, StageWriter* stage) {
  ScannedBlocks scanned = begin_scan(reader, options);
  BlocksSummary& summary = scanned.summary;
  for (const std::string& path : options.models) {
    scanned.model.merge_bytes(read_kept_file(path, SiteModel::stated_size), path);
  }
  const std::string& folder = options.corpus.work_folder;
  const auto part = [&, memory = table_memory(options.corpus)](std::string_view name) {
    return memory_for(plan_of(options), name, memory);
  };
  PassageTables passages;
  if (options.paragraphs) passages.paragraphs.emplace(folder, part("paragraphs"));
  if (options.sentences) passages.sentences.emplace(folder, part("sentences"));
  std::optional<NearPassageOptions> near_options;
  if (options.near > 0.0) {
    near_options.emplace(options);
    passages.near.emplace(options, *near_options);
  }
  if (options.spans) passages.fingerprints.emplace(folder, part("span fingerprints"));
  ScanCollector collector(scanned, passages);
  first_pass<RepeatScan>(
      reader, "read",
      [&](std::size_t) { return RepeatScanner(options, near_options ? &*near_options : nullptr); },
      [&](const ReadBatch<RepeatScan>& batch) {
        collector(batch);
        if (stage != nullptr) write_batch(batch.row, batch.found.documents, batch.faults, *stage);
      });
  const std::uint64_t documents = scanned.table.documents.size();
  summary.documents = documents;
  summary.sites = collector.sites();
  summary.forgotten = scanned.model.forgotten();
  const StopFlag stop(reader.control().stop);
  if (passages.near) {
    passages.near->find(reader, scanned.table, *passages.paragraphs);
    summary.compared_pairs = passages.near->candidate_pairs();
    summary.near_pairs = passages.near->near_pairs();
    summary.disk_bytes += passages.near->bytes_on_disk();
  }
  if (RepeatedPassages* const found = passages.paragraphs ? &*passages.paragraphs : nullptr) {
    scanned.paragraphs =
        found->find_copies(documents, options.least_count, options.least_sites, options.keep, stop);
    summary.paragraphs = passages.near ? passages.near->passages() : found->passages();
    summary.repeated_paragraphs = found->repeated();
    summary.distinct_repeated_paragraphs = found->distinct_repeated();
    summary.disk_bytes += found->bytes_on_disk() + scanned.paragraphs->bytes_on_disk();
  }
  if (RepeatedPassages* const found = passages.sentences ? &*passages.sentences : nullptr) {
    scanned.sentences =
        found->find_copies(documents, options.least_count, options.least_sites, options.keep, stop);
    summary.sentences = found->passages();
    summary.repeated_sentences = found->repeated();
    summary.distinct_repeated_sentences = found->distinct_repeated();
    summary.disk_bytes += found->bytes_on_disk() + scanned.sentences->bytes_on_disk();
  }
  if (passages.fingerprints) {
    summary.fingerprints = passages.fingerprints->size();
    summary.disk_bytes += passages.fingerprints->bytes_on_disk();
    scanned.places =
        match_fingerprints(std::move(*passages.fingerprints), documents, options, reader.control());
  }
  if (stage != nullptr) write_scan(scanned, *stage);
  return scanned;
}

}  // namespace

ScannedBlocks scan_blocks(CorpusReader& reader, const BlocksOptions& options,
                          const Checkpoint& checkpoint) {
  ScannedBlocks scanned = checkpoint.get_or_make(
      "scan",
      [&](StageReader& stage) {
        ScannedBlocks left = begin_scan(reader, options);
        read_scan(stage, options, reader, left);
        if (stage.is_complete()) reader.resume(left.table.batches, true);
        return left;
      },
      [&](StageWriter* stage) { return scan(reader, options, stage); });
  if (!options.spans) return scanned;
  const std::uint64_t documents = scanned.table.documents.size();
  FoundSpans found = checkpoint.get_or_make(
      "spans",
      [&](StageReader& stage) {
        FoundSpans left = no_spans(documents, options);
        read_spans(stage, documents, left);
        return left;
      },
      [&] {
        return scanned.places
                   ? find_repeated_spans(reader, scanned.table, std::move(*scanned.places), options)
                   : no_spans(documents, options);
      },
      write_spans);
  scanned.places.reset();
  scanned.summary.compared_tokens = found.compared_tokens;
  scanned.summary.disk_bytes += found.disk_bytes + found.spans.bytes_on_disk();
  scanned.spans = std::move(found.spans);
  return scanned;
}

}  // namespace copydesk
