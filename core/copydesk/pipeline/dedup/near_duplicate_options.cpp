// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/near_duplicate_options.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "copydesk/error.h"
#include "copydesk/sketch/simhash.h"

namespace copydesk {

ScanOptions make_scan_options(const NearDuplicateOptions& options) {
  if (options.corpus.threads < 1 || options.corpus.threads > 1024) {
    throw Error(ErrorCode::kInvalidOption, "must lie between 1 and 1024", "--threads");
  }
  ScanOptions scan;
  scan.shingles = options.shingles;
  scan.sketch = options.sketch;
  // Both check their options, before any work begins.
  static_cast<void>(Shingler(options.shingles));
  scan.date_order = options.corpus.date_order;
  scan.by_source = !options.corpus.fields.source.empty();
  if (options.key) {
    // One word for each document, which stays 0.
    scan.key = options.key;
    scan.simhash.emplace();
    scan.sketch.slots = 0;
    scan.banding = {scan.simhash->words(), 0};
    return scan;
  }
  if (options.method == CandidateMethod::kSimHash) {
    if (!(options.threshold > 0.0 && options.threshold <= 1.0)) {
      throw Error(ErrorCode::kInvalidOption, "the threshold must be above 0 and at most 1",
                  "--threshold");
    }
    check(options.simhash);
    scan.simhash = options.simhash;
    scan.sketch.slots = 0;
    scan.banding = {options.simhash.words(), 0};
    return scan;
  }
  static_cast<void>(Sketcher(options.sketch));
  scan.banding = choose_banding(options.threshold, options.recall, options.sketch.slots);
  return scan;
}

std::uint32_t first_new_document(const CorpusTable& table, std::uint32_t old_sources) {
  for (const BatchRow& batch : table.batches) {
    if (batch.source >= old_sources) return batch.first_document;
  }
  return static_cast<std::uint32_t>(table.documents.size());
}

RunIdentity make_identity(const std::string& command, const NearDuplicateOptions& options,
                          const ScanOptions& scan, const CorpusReader& reader) {
  RunIdentity identity = make_run_identity(command, options.corpus, reader.inputs());
  const auto add = [&](const char* name, const auto& value) {
    identity.options.emplace_back(name, fmt::format("{}", value));
  };
  add("threshold", options.threshold);
  add("recall", options.recall);
  add("tokens", options.shingles.tokens == TokenKind::kCode ? "code" : "words");
  add("tokens-field", options.corpus.fields.tokens);
  add("fold-accents", options.shingles.fold.accents);
  add("fold-chinese", options.shingles.fold.chinese);
  add("shingle", options.shingles.unit == ShingleUnit::kWord ? "word" : "char");
  add("shingle-size", options.shingles.size);
  add("against", fmt::format("{}", fmt::join(options.corpus.old_inputs, " ")));
  add("sketch", options.sketch.kind == SketchKind::kMinHash ? "minhash" : "fast");
  add("slots", options.sketch.slots);
  add("seed", options.sketch.seed);
  add("bands", scan.banding.bands);
  add("rows", scan.banding.rows);
  if (scan.simhash) {
    add("distance", scan.simhash->distance);
    add("simhash-bits", scan.simhash->bits);
    add("simhash-features", static_cast<int>(scan.simhash->features));
    add("simhash-weights", static_cast<int>(scan.simhash->weights));
  }
  add("keep", to_string(scan.keep));
  add("date-order", static_cast<int>(scan.date_order));
  add("key", scan.key ? to_string(*scan.key) : "");
  add("source-field", options.corpus.fields.source);
  add("mask-page", options.mask.page);
  add("mask-site", options.mask.site);
  return identity;
}

namespace {

// What fingerprints find depends on the angle between two texts as bags of features. It follows
// from no Jaccard similarity, so that no recall can be stated for the threshold.
void describe_fingerprints(const SimHashOptions& simhash, ReportSection& section) {
  section.add("distance", static_cast<std::uint64_t>(simhash.distance));
  section.add("fingerprint_bits", static_cast<std::uint64_t>(simhash.bits));
  section.add("features", simhash.features == SimHashFeatures::kWords ? "words" : "shingles");
  section.add("weights", simhash.weights == SimHashWeights::kTfIdf ? "tfidf" : "plain");
  section.add_json("expected_recall_at_threshold", "null");
  std::string curve = "{";
  for (const int thousandth : {900, 950, 970, 980, 990, 995, 999, 1000}) {
    const double cosine = thousandth / 1000.0;
    fmt::format_to(std::back_inserter(curve), "{}\"{:.3f}\": {:.4f}", curve.size() > 1 ? ", " : "",
                   cosine, simhash_probability(simhash.bits, simhash.distance, cosine));
  }
  section.add_json("candidate_probability_by_cosine", curve + "}");
}

}  // namespace

void NearDuplicateOptions::compare_as(const IndexParameters& index) {
  shingles = index.shingles;
  sketch = index.sketch;
  threshold = index.threshold;
  recall = index.recall;
}

void describe(const NearDuplicateOptions& options, const ScanOptions& scan,
              ReportSection& section) {
  if (scan.key) {
    section.add("method", "key");
    section.add("key", std::string_view(to_string(*scan.key)));
    return;
  }
  section.add("method", scan.simhash ? "simhash" : "minhash");
  section.add("threshold", options.threshold);
  section.add("shingle", options.shingles.unit == ShingleUnit::kWord ? "word" : "character");
  section.add("shingle_size", static_cast<std::uint64_t>(options.shingles.size));
  section.add("tokens", options.shingles.tokens == TokenKind::kCode ? "code" : "words");
  section.add("fold_accents", std::uint64_t{options.shingles.fold.accents});
  section.add("fold_chinese", std::uint64_t{options.shingles.fold.chinese});
  section.add("mask_page", std::uint64_t{options.mask.page});
  section.add("mask_site", std::uint64_t{options.mask.site});
  if (scan.simhash) return describe_fingerprints(*scan.simhash, section);
  section.add("recall", options.recall);
  section.add("sketch",
              options.sketch.kind == SketchKind::kMinHash ? "minhash" : "fast_similarity");
  section.add("slots", static_cast<std::uint64_t>(options.sketch.slots));
  section.add("seed", options.sketch.seed);
  section.add("bands", static_cast<std::uint64_t>(scan.banding.bands));
  section.add("rows", static_cast<std::uint64_t>(scan.banding.rows));
  section.add("expected_recall_at_threshold",
              candidate_probability(scan.banding, options.threshold));
  std::string curve = "{";
  for (int tenth = 1; tenth <= 10; ++tenth) {
    const double jaccard = tenth / 10.0;
    fmt::format_to(std::back_inserter(curve), "{}\"{:.1f}\": {:.4f}", tenth > 1 ? ", " : "",
                   jaccard, candidate_probability(scan.banding, jaccard));
  }
  section.add_json("candidate_probability_by_jaccard", curve + "}");
}

}  // namespace copydesk
