#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What dedup removed and why, as one HTML page for people: by rule, by similarity, by source, and
// samples of pairs side by side. See page/page.h for what holds of all pages. However large the corpus
// is, the page stays below 2 MB: it shows samples, and names no more than it can.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/write/page/charts.h"
#include "copydesk/write/page/page_document.h"

namespace copydesk {

// One text of a pair that is shown.
struct ShownDocument : PageDocument {
  std::string text;              // as far as it was read for the page
  std::vector<TextSpan> tokens;  // of that
};

struct ShownPair {
  ShownDocument left, right;
  Overlap overlap;  // a is the left document; all zero where nothing was measured
  std::vector<Passage> passages;
};

// Pairs that are alike in some respect, and a sample of them.
struct ShownPairs {
  std::string caption;  // ours
  std::uint64_t count = 0;
  std::vector<ShownPair> sample;
};

struct SourceCounts {
  std::string name;  // empty: all others
  std::uint64_t documents = 0, removed = 0;
  std::uint64_t kept_for = 0;  // documents, of whatever source, that went in favor of one of its own
};

struct DedupPage {
  static constexpr std::size_t kMostTextBytes = 3'000;  // of a text that are shown

  std::string rule;  // in words; ours
  std::uint64_t documents = 0, kept = 0, old_documents = 0, bytes = 0, clusters = 0;
  std::vector<ChartBar> rules;       // removed documents by rule
  std::vector<ChartBar> similarity;  // pairs by similarity; is_other: they fell below the threshold
  std::string similarity_note;
  std::optional<ChartCurve> curve;  // of being found
  SizeClasses cluster_sizes;
  std::string_view source_label;  // "source", "file"; ours
  std::vector<SourceCounts> sources;
  ChartMatrix who_lost;  // without rows where there are not two sources
  std::vector<ShownPairs> removed, missed;
};

void write_dedup_page(ByteSink& sink, const DedupPage& page);

}  // namespace copydesk
