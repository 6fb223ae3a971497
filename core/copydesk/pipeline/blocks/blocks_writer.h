#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Blocks of records to what is written about them: one line a block, or the documents without them
// or with a list of them.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/blocks/repeated_passages.h"
#include "copydesk/blocks/span_bounds.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/pipeline/blocks/blocks_page_data.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/blocks/frequent_blocks.h"
#include "copydesk/read/record_batch.h"

namespace copydesk {

// What of the corpus repeats in the documents of a batch, in their order.
struct BatchRepeats {
  std::vector<PassageCopy> paragraphs, sentences;
  std::vector<RepeatedSpan> spans;
  // Of these, those of documents that have not been written.
  std::span<const PassageCopy> paragraphs_left, sentences_left;
  std::span<const RepeatedSpan> spans_left;
};

struct BlockLines {
  std::string lines;
  std::string removed;  // lines of the file of removed texts
  std::vector<FoundBlock> found;
  std::string found_samples;             // their beginnings, one behind the other
  std::vector<RepeatedBlock> blocks;     // if they are wanted one by one
  std::vector<CutDocument> cut;          // if they are wanted
  std::vector<SiteShare> sites;          // one a document with a site
  std::vector<SampledDocument> samples;  // that may be shown on a page

  [[nodiscard]] std::string_view sample_of(const FoundBlock& block) const {
    return std::string_view(found_samples).substr(block.sample_begin, block.sample_size);
  }

  void clear() {
    lines.clear(), removed.clear(), found.clear(), blocks.clear(), cut.clear(), sites.clear();
    found_samples.clear(), samples.clear();
  }
};

// Reuses its buffers; one object per thread.
class BlockWriter {
 public:
  // All must outlive this object. `page` is null if there is to be no page.
  BlockWriter(const BlocksOptions& options, const CorpusTable& table, const SiteModel& model,
              const BlocksPageData* page = nullptr);

  void operator()(const ReadDocument& read, BatchRepeats& repeats, BlockLines& out);

 private:
  struct PlacedBlock {
    BlockSpan block;
    std::uint32_t first_document = 0;
  };
  void add_page_blocks(const Document& document, std::uint64_t site, std::uint32_t number);
  void add_passages(std::string_view text, std::uint32_t number, BlockKind kind,
                    std::span<const PassageCopy>& copies);
  void add_spans(std::string_view text, std::uint32_t number, std::span<const RepeatedSpan>& spans);
  void sort_added(std::size_t sorted);
  void append_sample(const ReadDocument& read, BlockLines& out) const;
  // Fills cuts_ with what the blocks cover.
  void join_blocks();
  void append_output(const ReadDocument& read, BlockLines& out);
  void append_blocks(std::uint32_t number, std::string& out);
  void append_annotated(std::string_view record, std::string& out) const;
  void append_cut(const ReadDocument& read, std::string_view record, BlockLines& out);

  const BlocksOptions& options_;
  const CorpusTable& table_;
  const SiteModel& model_;
  const BlocksPageData* page_;
  BlockFinder finder_;
  Tokenizer tokenizer_;
  TokenList tokens_;
  SpanTrimmer trimmer_;
  std::vector<BlockSpan> page_blocks_;
  std::vector<PlacedBlock> blocks_;  // ascending, disjoint
  std::vector<TextSpan> cuts_;
  std::string text_record_, removed_;
  std::string name_;  // of the document, as the beginning of its records
};

}  // namespace copydesk
