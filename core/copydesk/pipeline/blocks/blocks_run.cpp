// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/blocks_run.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "copydesk/blocks/repeat_winnower.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/blocks/blocks_page_data.h"
#include "copydesk/pipeline/blocks/blocks_scan.h"
#include "copydesk/pipeline/blocks/blocks_writer.h"
#include "copydesk/pipeline/blocks/frequent_blocks.h"
#include "copydesk/pipeline/blocks/near_passages.h"
#include "copydesk/run/checkpoint.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"

namespace copydesk {
namespace {

std::string to_json(const std::vector<SiteShare>& sites) {
  std::string json = "[";
  for (const SiteShare& site : sites) {
    ReportSection section;
    section.add("site", std::string_view(site.site));
    section.add("pages", site.pages);
    section.add("text_bytes", site.text_bytes);
    section.add("block_bytes", site.block_bytes);
    json += json.size() > 1 ? "," : "";
    json += section.to_json(6);
  }
  return json + "]";
}

std::string to_json(const std::vector<FrequentBlock>& blocks) {
  std::string json = "[";
  for (const FrequentBlock& block : blocks) {
    ReportSection section;
    section.add("kind", to_string(block.kind));
    section.add("times", block.times);
    section.add("bytes", block.bytes);
    section.add("text", std::string_view(block.text));
    json += json.size() > 1 ? "," : "";
    json += section.to_json(6);
  }
  return json + "]";
}

void describe(const BlocksOptions& options, ReportSection& parameters) {
  parameters.add("page", std::uint64_t{options.mask.page});
  parameters.add("site", std::uint64_t{options.mask.site});
  parameters.add("corpus", std::uint64_t{options.paragraphs || options.sentences || options.spans});
  parameters.add("paragraphs", std::uint64_t{options.paragraphs});
  parameters.add("sentences", std::uint64_t{options.sentences});
  parameters.add("spans", std::uint64_t{options.spans});
  if (options.spans) parameters.add("min_tokens", std::uint64_t{options.least_tokens});
  if (options.near > 0.0) {
    parameters.add("near", options.near);
    parameters.add("shingle_size", std::uint64_t{options.near_shingles.size});
  }
  parameters.add("keep", std::uint64_t{options.keep});
}

void write_report(const BlocksOptions& options, BlocksResult& result) {
  RunReport& report = result.report;
  const BlocksSummary& summary = result.summary;
  ReportSection& counts = report.counts;
  counts.add("documents", summary.documents);
  counts.add("text_bytes", summary.text_bytes);
  counts.add("sites", summary.sites);
  counts.add("pages_that_are_copies", summary.page_copies);
  counts.add("lines_forgotten", summary.forgotten);
  counts.add("paragraphs", summary.paragraphs);
  counts.add("repeated_paragraphs", summary.repeated_paragraphs);
  counts.add("distinct_repeated_paragraphs", summary.distinct_repeated_paragraphs);
  if (options.near > 0.0) {
    counts.add("pairs_of_paragraphs_compared", summary.compared_pairs);
    counts.add("near_pairs_of_paragraphs", summary.near_pairs);
  }
  counts.add("sentences", summary.sentences);
  counts.add("repeated_sentences", summary.repeated_sentences);
  counts.add("distinct_repeated_sentences", summary.distinct_repeated_sentences);
  counts.add("fingerprints", summary.fingerprints);
  counts.add("compared_tokens", summary.compared_tokens);
  counts.add("temporary_bytes_on_disk", summary.disk_bytes);
  for (std::size_t kind = 0; kind < kBlockKinds; ++kind) {
    const std::string name(to_string(static_cast<BlockKind>(kind)));
    counts.add(name + "_blocks", summary.blocks[kind]);
    counts.add(name + "_bytes", summary.block_bytes[kind]);
  }
  counts.add_json("most_frequent", to_json(summary.most_frequent));
  counts.add_json("most_cut_sites", to_json(summary.most_cut_sites));
}

void check(const BlocksOptions& options) {
  const auto fail = [](const char* reason, const char* option) {
    throw Error(ErrorCode::kInvalidOption, reason, option);
  };
  if (options.least_paragraph_bytes == 0 || options.least_sentence_bytes == 0) {
    fail("what can repeat has at least 1 byte", "--min-bytes");
  }
  if (options.near != 0.0) {
    static_cast<void>(NearPassageOptions(options));
    static_cast<void>(Shingler(options.near_shingles));
    if (!options.paragraphs || options.sentences || options.spans) {
      fail("is for --unit paragraph alone", "--near");
    }
  }
  if (options.least_count < 2) fail("must be at least 2", "--min-count");
  if (options.spans && (options.least_tokens < RepeatWinnower::kFewestTokens ||
                        options.least_tokens > RepeatWinnower::kMostTokens)) {
    fail("must be from 4 to 10000", "--min-tokens");
  }
}

void write_blocks(const BlocksOptions& options, CorpusReader& reader, ScannedBlocks& scanned,
                  OutputSet& outputs, BlocksSummary& summary) {
  FrequentBlocks frequent;
  SiteShares sites;
  std::optional<BlocksPageData> page;
  if (!options.html_path.empty()) page.emplace();
  const CorpusTable& table = scanned.table;
  ByteSink* const removed = outputs.sink("--removed");
  later_pass<BlockLines, BatchRepeats>(
      reader, {table}, "write",
      [&](std::size_t batch, BatchRepeats& repeats) {
        repeats.paragraphs.clear();
        repeats.sentences.clear();
        repeats.spans.clear();
        for (std::uint32_t document = table.batches[batch].first_document;
             document < table.end_document(batch); ++document) {
          if (scanned.paragraphs) scanned.paragraphs->take(document, repeats.paragraphs);
          if (scanned.sentences) scanned.sentences->take(document, repeats.sentences);
          if (scanned.spans) scanned.spans->take(document, repeats.spans);
        }
        repeats.paragraphs_left = repeats.paragraphs;
        repeats.sentences_left = repeats.sentences;
        repeats.spans_left = repeats.spans;
      },
      [&](std::size_t) {
        return BlockWriter(options, table, scanned.model, page ? &*page : nullptr);
      },
      [&](ReadBatch<BlockLines>& batch) {
        outputs.write_records(batch.row.source, batch.found.lines);
        if (removed != nullptr) removed->write(batch.found.removed);
        for (RepeatedBlock& block : batch.found.blocks) options.on_block(std::move(block));
        for (CutDocument& cut : batch.found.cut) options.on_cut(std::move(cut));
        for (const FoundBlock& found : batch.found.found) {
          ++summary.blocks[static_cast<std::size_t>(found.kind)];
          summary.block_bytes[static_cast<std::size_t>(found.kind)] += found.bytes;
          const std::string_view sample = batch.found.sample_of(found);
          frequent.add(found, sample);
          if (page && found.site != FoundBlock::kNoSite) {
            page->add(found, sample, batch.found.sites[found.site].site);
          }
        }
        for (SampledDocument& sample : batch.found.samples) page->add(std::move(sample));
        for (const SiteShare& share : batch.found.sites) sites.add(share);
      });
  summary.most_frequent = frequent.most_frequent();
  summary.most_cut_sites = sites.most_cut();
  if (page) page->write(*outputs.sink("--html"), options, summary, frequent);
}

}  // namespace

BlocksResult run_blocks(const BlocksOptions& options, const RunControl& control) {
  check(options);
  StageClock clock;
  clock.begin("read");
  BlocksResult result;
  OutputSet outputs({{"--output", options.output_path},
                     {"--model-out", options.model_out_path},
                     {"--removed", options.removed_path},
                     {"--html", options.html_path}},
                    options.corpus.other_outputs, options.corpus.output_folder);
  const std::unique_ptr<CorpusReader> reader = open_corpus(options.corpus, control);
  outputs.refuse_inputs(reader->inputs());
  outputs.name_shards(reader->inputs());
  result.report.command = "blocks";
  describe(options, result.report.parameters);
  RunIdentity identity = make_run_identity("blocks", options.corpus, reader->inputs());
  identity.outputs = outputs.paths();
  identity.options.emplace_back("parameters", result.report.parameters.to_json(0));
  for (const std::string& path : options.models) identity.inputs.push_back({path});
  const std::unique_ptr<Checkpoint> checkpoint = open_checkpoint(options.corpus, identity, control);
  try {
    outputs.open();
    ScannedBlocks scanned = scan_blocks(*reader, options, *checkpoint);
    result.summary = std::move(scanned.summary);
    clock.begin("write");
    write_blocks(options, *reader, scanned, outputs, result.summary);
    if (ByteSink* const model = outputs.sink("--model-out")) {
      model->write(scanned.model.to_bytes());
    }
    outputs.commit();
    checkpoint->remove();
  } catch (...) {
    leave_checkpoint(*checkpoint, control);
  }
  result.summary.faults = reader->faults().total;
  write_report(options, result);
  end_report(*reader, outputs, clock, result.report);
  return result;
}

}  // namespace copydesk
