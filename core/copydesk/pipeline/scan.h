#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first pass of near-duplicate search: every record is read, shingled and sketched once.

#include <cstdint>
#include <vector>

#include "copydesk/decide/keep_policy.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/lsh/candidate_join.h"
#include "copydesk/pipeline/corpus_reader.h"
#include "copydesk/pipeline/corpus_table.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/packed_sketches.h"
#include "copydesk/sketch/sketcher.h"

namespace copydesk {

struct ScanOptions {
  ShingleOptions shingles;
  SketchOptions sketch;
  Banding banding;
  KeepPolicy keep;
};

// Everything the later stages know of the corpus: about 350 bytes a document with the defaults.
struct ScannedCorpus {
  CorpusTable table;
  BandKeyTable keys{0};
  PackedSketches sketches{1};
  std::vector<double> keep_values;  // by document; empty where input order decides
  std::uint64_t unusable_keep_values = 0;  // documents whose keep field is missing or not understood
  std::uint64_t bytes = 0;                 // of the decompressed input
};

ScannedCorpus scan_corpus(CorpusReader& reader, const CorpusOptions& corpus,
                          const ScanOptions& options, const RunControl& control);

}  // namespace copydesk
