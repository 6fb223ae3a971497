#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The first pass of near-duplicate search: every record is read, shingled and sketched once.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/corpus_table.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/decide/keep_policy.h"
#include "copydesk/lsh/band_key_table.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/passes/shingle_sets.h"
#include "copydesk/pipeline/dedup/dedup_key.h"
#include "copydesk/pipeline/dedup/fingerprinter.h"
#include "copydesk/pipeline/dedup/simhash_options.h"
#include "copydesk/pipeline/dedup/sketch_log.h"
#include "copydesk/read/name_table.h"
#include "copydesk/read/time_value.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/packed_sketches.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/stop.h"
#include "copydesk/stream/frame_log.h"
#include "copydesk/write/record_place.h"

namespace copydesk {

struct ScanOptions {
  ShingleOptions shingles;
  SketchOptions sketch;
  Banding banding;
  KeepPolicy keep;
  // If set, the words of a SimHash fingerprint take the place of band keys, one band each, and
  // there are no sketches (no slots).
  std::optional<SimHashOptions> simhash;
  // If set, documents are told apart by their keys alone: those of one key have equal content hashes,
  // and none has anything that could be joined.
  std::optional<DedupKey> key;
  bool by_source = false;  // documents know their source
  DateOrder date_order = DateOrder::kUnknown;
  bool for_index = false;    // documents know their time
  bool stores_sets = false;  // and their shingle sets are made, while their tokens are at hand
};

// Of band keys, or of the words of fingerprints in their place.
[[nodiscard]] inline KeyWidth key_width(const ScanOptions& options) {
  return options.simhash ? KeyWidth::k64 : KeyWidth::k40;
}

// Everything the later stages know of the corpus: about 70 bytes a document with ids of 20 bytes,
// and beside them band keys and sketches, which go to the work folder beyond the memory allowed.
struct ScannedCorpus {
  ScannedCorpus(const ScanOptions& options, const std::string& work_folder,
                const MemoryBudget& memory);

  CorpusTable table;
  std::optional<BandKeyTable> keys;        // until the join is done
  std::optional<PackedSketches> sketches;  // likewise; none with SimHash
  std::vector<std::uint64_t> text_hashes;  // by document: of the bytes of the whole text
  std::vector<double> keep_values;         // by document; empty where input order decides
  std::uint64_t unusable_keep_values = 0;  // documents whose keep field is missing or no number
  std::uint64_t bytes = 0;                 // of the decompressed input
  std::vector<std::uint32_t> sources;      // by document, numbers of the table; empty if not asked
  NameTable source_names;
  std::uint64_t without_key = 0;  // documents of which no key is known; each stands alone
  std::vector<std::int64_t> times;  // by document, kNoIndexTime if unknown; empty if not asked

  // Documents of an index that the corpus is compared with, numbered behind those of the table; keys,
  // sketches and text_hashes have them, too. Of their rows only the hash, tokens and class mean something.
  std::vector<DocumentRow> others;
  std::function<RecordPlace(std::uint32_t document)> other_place;
  bool are_keys_needed = false;  // by the join and, behind it, for the index

  [[nodiscard]] std::size_t size() const { return table.documents.size() + others.size(); }
  [[nodiscard]] const DocumentRow& row(std::uint32_t document) const {
    const std::size_t own = table.documents.size();
    return document < own ? table.documents[document] : others[document - own];
  }
  [[nodiscard]] RecordPlace place_of(std::uint32_t document) const {
    return document < table.documents.size() ? table.place_of(document) : other_place(document);
  }
  // A document of the index is of an input behind all others.
  [[nodiscard]] DocumentRef ref_of(std::uint32_t document) const;
};

// Documents to sketches. Reuses its buffers; one object per thread.
class SketchWorker {
 public:
  // `idf` as for Fingerprinter; `stop` is asked within long texts.
  explicit SketchWorker(const ScanOptions& options, const CorpusIdf* idf = nullptr,
                        StopFlag stop = {});
  void operator()(const ReadDocument& read, BatchScan& out);

 private:
  void add_sketch(std::span<std::uint64_t> keys, BatchScan& out);
  void add_by_key(const ReadDocument& read, BatchScan& out);
  void add_source(const Document& document, BatchScan& out);
  void add_set(BatchScan& out);
  void add_keep_value(const Document& document, std::size_t length, BatchScan& out);

  const ScanOptions& options_;
  StopFlag stop_;
  Shingler shingler_;
  std::optional<ShingleSetMaker> sets_;
  std::vector<std::uint64_t> set_;
  ShingleCounts counts_;
  std::optional<Sketcher> sketcher_;  // one of the two
  std::optional<Fingerprinter> fingerprinter_;
  ShingledText shingled_;
  std::string address_, key_;  // of the last document; the key names its kind
  std::vector<std::uint32_t> sketch_;
};

// With a `log`, batches that an earlier run left there are taken from it, after a check that the
// input has not changed, and the others are added to it. Throws Error{kInputChanged}. Weights for
// SimHash take a pass before this one, which counts in how many documents words are: 16 MiB a
// thread.
// With stores_sets, `take_set` is given the set of each document, in their order, from one thread at a time,
// when the table has its row.
using TakeSet = std::function<void(const CorpusTable& table, std::uint32_t document, std::string_view set)>;
ScannedCorpus scan_corpus(CorpusReader& reader, const ScanOptions& options,
                          const MemoryBudget& memory, FrameLog* log, const TakeSet& take_set = {});

}  // namespace copydesk
