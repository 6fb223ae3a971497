#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first pass of near-duplicate search: every record is read, shingled and sketched once.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/decide/keep_policy.h"
#include "copydesk/lsh/band_key_table.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/block_scan.h"
#include "copydesk/pipeline/corpus_reader.h"
#include "copydesk/pipeline/corpus_table.h"
#include "copydesk/pipeline/memory_budget.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/packed_sketches.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/stream/frame_log.h"

namespace copydesk {

struct ScanOptions {
  ShingleOptions shingles;
  SketchOptions sketch;
  Banding banding;
  KeepPolicy keep;
};

// Everything the later stages know of the corpus: about 70 bytes a document with ids of 20 bytes,
// and beside them band keys and sketches, which go to the work folder beyond the memory allowed.
struct ScannedCorpus {
  ScannedCorpus(const ScanOptions& options, const std::string& work_folder,
                const MemoryBudget& memory);

  CorpusTable table;
  std::optional<BandKeyTable> keys;        // until the join is done
  std::optional<PackedSketches> sketches;  // likewise
  std::vector<double> keep_values;         // by document; empty where input order decides
  std::uint64_t unusable_keep_values =
      0;                    // documents whose keep field is missing or not understood
  std::uint64_t bytes = 0;  // of the decompressed input
};

// The thread's own state of a scan: parser, shingler, sketcher and their buffers.
class BlockScanner {
 public:
  BlockScanner(const CorpusOptions& corpus, const ScanOptions& options);
  void operator()(RecordBlock& block, BlockScan& out);

 private:
  void add(const RecordBlock& block, const Document& document, BlockScan& out);
  void add_keep_value(const Document& document, BlockScan& out);

  const ScanOptions& options_;
  RecordParser parser_;
  Shingler shingler_;
  Sketcher sketcher_;
  ShingledText shingled_;
  std::vector<std::uint32_t> sketch_;
};

// With a `log`, blocks that an earlier run left there are taken from it, after a check that the
// input has not changed, and the others are added to it. Throws Error{kInputChanged}.
ScannedCorpus scan_corpus(CorpusReader& reader, const CorpusOptions& corpus,
                          const ScanOptions& options, const MemoryBudget& memory, FrameLog* log,
                          const RunControl& control);

}  // namespace copydesk
