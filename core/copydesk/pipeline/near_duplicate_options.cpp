#include "copydesk/pipeline/near_duplicate_options.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "copydesk/error.h"

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
  static_cast<void>(Sketcher(options.sketch));
  scan.banding = choose_banding(options.threshold, options.recall, options.sketch.slots);
  return scan;
}

void describe(const NearDuplicateOptions& options, const ScanOptions& scan,
              ReportSection& section) {
  section.add("threshold", options.threshold);
  section.add("recall", options.recall);
  section.add("shingle", options.shingles.unit == ShingleUnit::kWord ? "word" : "character");
  section.add("shingle_size", static_cast<std::uint64_t>(options.shingles.size));
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
