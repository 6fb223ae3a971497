#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What repeats within pages, over the pages of a site, and over a corpus: reported, marked or cut.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "copydesk/blocks/block_finder.h"
#include "copydesk/blocks/paragraphs.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/blocks/span_bounds.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

enum class BlocksOutput {
  kBlocks,     // one record for each block
  kCut,        // the documents without them; restore_record() brings the originals back
  kAnnotated,  // the documents with a field that lists them
};

// Where what was cut goes: into the documents, to a file of its own, or nowhere.
enum class RemovedTexts { kInDocuments, kInFile, kNowhere };

struct BlocksOptions {
  CorpusOptions corpus;
  BlockFinderOptions mask;                  // scopes page and site
  bool paragraphs = false;                  // scope corpus
  bool sentences = false;                   // scope corpus
  bool spans = false;                       // scope corpus
  std::size_t least_paragraph_bytes = 100;  // shorter ones do not repeat; at least 1
  std::size_t least_sentence_bytes = 40;    // shorter ones do not repeat; at least 1
  ParagraphEnd paragraph_end = ParagraphEnd::kAuto;
  bool masks_numbers = true;      // paragraphs and sentences that differ in numbers only are equal
  std::size_t least_count = 2;    // copies that make paragraphs and sentences repeated; at least 2
  std::size_t least_sites = 1;    // sites that must have them
  // Paragraphs whose shingle sets have this Jaccard similarity are repeated, too, in (0, 1]; 0: only
  // equal ones. Without sentences and spans.
  double near = 0.0;
  ShingleOptions near_shingles{ShingleUnit::kWord, 2};
  std::size_t least_tokens = 50;  // of a repeated span; see RepeatWinnower
  SpanBounds span_bounds = SpanBounds::kSentence;
  std::size_t keep = 1;  // copies of what repeats over the corpus that stay, in input order
  BlocksOutput output = BlocksOutput::kBlocks;
  RemovedTexts removed = RemovedTexts::kInDocuments;  // of kCut
  std::string removed_path;         // of kInFile; see run/removed_file.h
  std::string html_path;            // a page for people
  std::string output_path;          // "-" for standard output, empty for nowhere
  std::function<void(RepeatedBlock)> on_block;  // or block by block, in the same order
  std::function<void(CutDocument)> on_cut;      // what is left of each document, in input order
  std::vector<std::string> models;  // site models to begin with
  std::string model_out_path;   // where the model goes, with what this run learnt; empty: nowhere
  SiteModelOptions site_model;  // its table is bounded by the memory, too
};

struct FrequentBlock {
  std::uint64_t times = 0;  // found and, unless it was kept, taken out
  std::uint64_t bytes = 0;
  BlockKind kind = BlockKind::kSite;
  std::string text;  // its beginning
  std::string site;  // where it was counted by site
};

struct SiteShare {
  std::string site;
  std::uint64_t pages = 0, text_bytes = 0;
  std::uint64_t block_bytes = 0;  // of all kinds
};

struct BlocksSummary {
  std::uint64_t documents = 0, faults = 0, bytes = 0, text_bytes = 0;
  std::uint64_t sites = 0, page_copies = 0;  // pages not counted as copies of others
  std::uint64_t forgotten = 0;               // entries of the site model dropped for memory
  // Long enough to be counted, and of them those that occur more than once.
  std::uint64_t paragraphs = 0, repeated_paragraphs = 0, distinct_repeated_paragraphs = 0;
  std::uint64_t sentences = 0, repeated_sentences = 0, distinct_repeated_sentences = 0;
  // Pairs of different paragraphs that were compared word by word, and those that are near-equal.
  std::uint64_t compared_pairs = 0, near_pairs = 0;
  std::uint64_t fingerprints = 0, compared_tokens = 0;   // of the search for spans
  std::uint64_t disk_bytes = 0;                          // of temporary files
  std::array<std::uint64_t, kBlockKinds> blocks{};       // by kind
  std::array<std::uint64_t, kBlockKinds> block_bytes{};  // by kind
  std::vector<FrequentBlock> most_frequent;              // at most twenty
  std::vector<SiteShare> most_cut_sites;                 // at most twenty, by block_bytes
};

struct BlocksResult {
  BlocksSummary summary;
  RunReport report;
};

// The results do not depend on the number of threads.
// Throws Error{kInvalidOption}, {kCannotOpen}, {kCannotRead}, {kCannotWrite}, {kInputChanged},
// {kCorruptFile}, {kTooManyFaults}; Cancelled.
BlocksResult run_blocks(const BlocksOptions& options, const RunControl& control);

}  // namespace copydesk
