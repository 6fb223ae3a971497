// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_plan.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/file_corpus.h"
#include "copydesk/decide/pair_graph.h"
#include "copydesk/lsh/band_sorter.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/dedup/sketch_pass.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/stream/temporary_file.h"

namespace copydesk {

namespace {

// Measured on corpora of which a third are copies: what documents outside the tables cost, the
// share of documents that become candidates, and the whole run against the scan alone.
constexpr double kBytesPerRow = 83.0;
constexpr double kCandidateShare = 0.4;
constexpr double kPairsPerCandidate = 4.0;  // verified ones
constexpr double kRunPerScan = 1.8;
constexpr double kJoinSeconds = 0.5e-6;  // per document
constexpr double kThreadGain = 0.8;      // of each further thread
constexpr double kWeightedRun = 2.5;     // SimHash weights: a pass more, and their look-up
constexpr double kFixedBytes = 16e6;
// Of a join of fingerprints, for each document; see join_simhashes.
constexpr double kHammingBytes = 21.0;
constexpr double kHammingBytesPerWord = 24.0;
constexpr double kBytesPerThread = 8e6;

struct Sample {
  double stored_bytes = 0.0;
  double bytes = 0.0;
  double documents = 0.0;
  double tokens = 0.0;
  double id_bytes = 0.0;
  double seconds = 0.0;
  bool is_decoded = false;  // what has to be decompressed is kept for later passes
};

void sample_input(const Input& input, const CorpusOptions& corpus, SketchWorker& worker,
                  Sample& sample) {
  BatchReader reader({input}, corpus.reading);
  RecordParser parser(corpus.fields);
  RecordBatch batch;
  BatchScan scan;
  const auto start = std::chrono::steady_clock::now();
  if (!reader.next(batch)) return;
  parser.parse(batch, {[&](const Document& document) {
                         worker({document, document.text, {}, batch, 0}, scan);
                       },
                       [](RecordFault&&) {}});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  sample.seconds += taken.count();
  sample.stored_bytes += batch.can_be_reread ? static_cast<double>(batch.text().size())
                                             : static_cast<double>(reader.raw_bytes());
  sample.bytes += static_cast<double>(batch.text().size());
  sample.is_decoded |= !batch.can_be_reread;
  sample.documents += static_cast<double>(scan.documents.rows.size());
  sample.id_bytes += static_cast<double>(scan.documents.ids.size());
  for (const DocumentRow& row : scan.documents.rows) sample.tokens += row.tokens;
}

std::uint64_t rounded(double value) {
  return static_cast<std::uint64_t>(std::max(0.0, value));
}

}  // namespace

RunPlan plan_run(const CorpusReader& reader, const CorpusOptions& corpus, const ScanOptions& scan,
                 double threshold) {
  RunPlan plan;
  const std::vector<Input>& inputs = reader.inputs();
  plan.inputs = inputs.size();
  plan.stored_bytes = reader.stored_size();
  plan.bands = scan.banding.bands;
  plan.rows = scan.banding.rows;
  if (scan.simhash) {
    plan.fingerprint_bits = scan.simhash->bits;
    plan.distance = scan.simhash->distance;
  } else {
    plan.recall_at_threshold = candidate_probability(scan.banding, threshold);
  }
  plan.work_folder = TemporaryFile(corpus.work_folder).folder();
  plan.memory_allowed = corpus.memory_bytes == 0 ? default_memory_bytes() : corpus.memory_bytes;

  Sample sample;
  SketchWorker worker(scan, nullptr, StopFlag(reader.control().stop));
  std::vector<std::size_t> chosen{0, inputs.size() / 2, inputs.size() - 1};
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  for (const std::size_t index : chosen) {
    if (index < inputs.size() && corpus.documents == nullptr) {
      sample_input(inputs[index], corpus, worker, sample);
    }
  }
  if (sample.stored_bytes == 0.0) return plan;

  const double scale = static_cast<double>(plan.stored_bytes) / sample.stored_bytes;
  const double text_bytes = sample.bytes * scale;
  const double documents = sample.documents * scale;
  const double ids = sample.id_bytes * scale;
  const double key_bytes = static_cast<double>(key_width(scan)) / 8.0;
  const double keys = key_bytes * documents * static_cast<double>(plan.bands);
  const double sketches = documents * static_cast<double>(scan.sketch.slots);
  const double sets = 8.0 * sample.tokens * scale * kCandidateShare;
  const MemoryBudget memory = divide_memory(plan.memory_allowed, corpus.threads);
  const auto held = [](double bytes, std::size_t bound) {
    return std::min(bytes, static_cast<double>(bound));
  };
  const double entries =
      scan.simhash
          ? documents * (kHammingBytes + kHammingBytesPerWord * static_cast<double>(plan.bands))
          : static_cast<double>(corpus.threads) *
                held(sizeof(BandSorter::Entry) * documents, memory.join_entries);
  const double copies = sample.is_decoded ? text_bytes : 0.0;
  const std::size_t copies_in_memory =
      memory_for(MemoryPlan::kNearDuplicates, "copies", plan.memory_allowed);
  const double while_joining = held(keys, memory.keys) + held(sketches, memory.sketches) + entries;
  const double pairs = documents * kCandidateShare * kPairsPerCandidate;
  const double pair_bytes = sizeof(ScoredPair) * pairs;
  const double while_verifying =
      held(sets, memory.sets) + held(pair_bytes, memory.pairs) +
      held(2.0 * sizeof(PairGraph::Link) * pairs, memory.pairs);
  plan.text_bytes = rounded(text_bytes);
  plan.documents = rounded(documents);
  plan.memory_needed =
      rounded(kFixedBytes + kBytesPerThread * static_cast<double>(corpus.threads) +
              kBytesPerRow * documents + ids + held(copies, copies_in_memory) +
              std::max(while_joining, while_verifying));
  const auto beyond = [](double bytes, std::size_t bound) {
    return bytes > static_cast<double>(bound) ? bytes : 0.0;
  };
  // Beyond the memory copies go to the disk, as far as they have a place there.
  const double copies_on_disk =
      std::min(std::max(0.0, copies - static_cast<double>(copies_in_memory)),
               FileCorpus::kCopyShare * static_cast<double>(plan.memory_allowed));
  plan.disk_needed = rounded(
      copies_on_disk + beyond(keys, memory.keys) + beyond(sketches, memory.sketches) +
      std::max(0.0, sets - static_cast<double>(memory.sets)) + beyond(pair_bytes, memory.pairs) +
      (corpus.work_folder.empty() ? 0.0 : keys + sketches + kBytesPerRow * documents + ids));
  const double speedup = 1.0 + kThreadGain * static_cast<double>(corpus.threads - 1);
  plan.seconds =
      sample.seconds * (text_bytes / std::max(sample.bytes, 1.0)) * kRunPerScan / speedup +
      kJoinSeconds * documents;
  if (scan.simhash && scan.simhash->weights == SimHashWeights::kTfIdf) plan.seconds *= kWeightedRun;
  if (scan.key) plan.bands = plan.fingerprint_bits = 0;  // nothing is looked for
  return plan;
}

}  // namespace copydesk
