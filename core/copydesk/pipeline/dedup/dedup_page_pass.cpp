// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_page_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/pipeline/dedup/group_counts.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/text/text_tokenizer.h"
#include "copydesk/verify/pair_sample.h"
#include "copydesk/write/dedup_page.h"
#include "copydesk/write/page/page.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

constexpr std::size_t kMostRead = std::size_t{64} << 10;  // bytes of a text
constexpr std::size_t kShown = 4;                         // pairs of a kind
constexpr std::size_t kMostBands = 6;                     // of similarity
constexpr std::size_t kMostSources = 12;
constexpr double kBar = NearMisses::kStep;  // of similarity, in the histogram

// --- What is counted.

std::vector<ChartBar> bars_by_rule(const std::vector<Decision>& removed) {
  std::array<std::uint64_t, 5> counts{};
  for (const Decision& decision : removed) ++counts[static_cast<std::size_t>(decision.rule)];
  std::vector<ChartBar> bars;
  const auto add = [&](RemovalRule rule, const char* words) {
    bars.push_back({words, counts[static_cast<std::size_t>(rule)]});
  };
  if (counts[static_cast<std::size_t>(RemovalRule::kSameKey)] > 0) {
    add(RemovalRule::kSameKey, "same key");
    return bars;
  }
  add(RemovalRule::kIdentical, "identical");
  add(RemovalRule::kSameWords, "same words");
  add(RemovalRule::kNearDuplicate, "near-duplicate");
  if (counts[static_cast<std::size_t>(RemovalRule::kContained)] > 0) {
    add(RemovalRule::kContained, "contained");
  }
  return bars;
}

std::string range_of(double low, double high) {
  return fmt::format("{:.2f}-{:.2f}", low, high);
}

// Bands of similarity as wide as `width`, from the threshold up to 1.
struct SimilarityBands {
  double threshold, width;
  std::size_t count;

  SimilarityBands(double from, double step)
      : threshold(from),
        width(step),
        count(static_cast<std::size_t>(std::max(1.0, std::ceil((1.0 - from) / step - 1e-9)))) {}

  [[nodiscard]] std::size_t band_of(double similarity) const {
    const double above = std::max(0.0, similarity - threshold) / width;
    return std::min(count - 1, static_cast<std::size_t>(above));
  }
  [[nodiscard]] std::pair<double, double> bounds(std::size_t band) const {
    const double low = threshold + static_cast<double>(band) * width;
    return {low, std::min(1.0, low + width)};
  }
};

// From below the threshold up to 1, in steps of kBar from the threshold on.
std::vector<ChartBar> bars_by_similarity(const DedupVerdict& verdict, double threshold) {
  std::vector<ChartBar> bars;
  for (std::size_t step = NearMisses::kSteps; verdict.misses && step-- > 0;) {
    const auto [low, high] = verdict.misses->bounds(step);
    if (high <= 0.0) continue;
    bars.push_back({range_of(low, high), verdict.misses->step(step).added(), true});
  }
  const std::size_t first = bars.size();
  const SimilarityBands bands(threshold, kBar);
  for (std::size_t band = 0; band < bands.count; ++band) {
    const auto [low, high] = bands.bounds(band);
    bars.push_back({range_of(low, high), 0});
  }
  for (const Decision& decision : verdict.decisions.removed) {
    if (decision.rule != RemovalRule::kNearDuplicate) continue;
    ++bars[first + bands.band_of(decision.overlap.jaccard())].count;
  }
  return bars;
}

// By source where a field names it, else by file.
DocumentGroups groups_of(const DedupOptions& options, const ScannedCorpus& corpus) {
  if (!options.search.corpus.fields.source.empty()) {
    return {"source", [&](std::uint32_t document) { return corpus.sources[document]; },
            [&](std::uint32_t source) -> std::string_view {
              const std::string_view name = corpus.source_names[source];
              return name.empty() ? std::string_view("(no source)") : name;
            },
            corpus.source_names.size()};
  }
  return {"file",
          [&](std::uint32_t document) { return corpus.table.batch_of(document).source; },
          [&](std::uint32_t file) -> std::string_view { return corpus.table.inputs[file].path; },
          corpus.table.inputs.size()};
}

void count_sources(const DedupOptions& options, const ScannedCorpus& corpus,
                   const std::vector<Decision>& removed, std::uint32_t first_new, DedupPage& page) {
  const DocumentGroups groups = groups_of(options, corpus);
  if (groups.groups < 2) return;
  page.source_label = groups.label;
  std::vector<SourceCounts> counts(groups.groups);
  for (auto document = first_new; document < corpus.table.documents.size(); ++document) {
    ++counts[groups.group_of(document)].documents;
  }
  for (const Decision& decision : removed) {
    ++counts[groups.group_of(decision.document)].removed;
    ++counts[groups.group_of(decision.kept)].kept_for;
  }
  std::vector<std::uint32_t> order(groups.groups);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](std::uint32_t x, std::uint32_t y) {
    const auto weight = [&](std::uint32_t group) {
      return std::pair(counts[group].removed + counts[group].kept_for, counts[group].documents);
    };
    return weight(x) > weight(y);
  });
  const std::size_t named = std::min(kMostSources, order.size());
  std::vector<std::uint32_t> place(groups.groups, static_cast<std::uint32_t>(named));
  for (std::uint32_t i = 0; i < named; ++i) place[order[i]] = i;
  const std::size_t all = named + (order.size() > named ? 1 : 0);
  page.sources.resize(all);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const SourceCounts& found = counts[order[i]];
    SourceCounts& source = page.sources[std::min(i, all - 1)];
    if (i < named) source.name = groups.name_of(order[i]);
    source.documents += found.documents;
    source.removed += found.removed;
    source.kept_for += found.kept_for;
  }
  ChartMatrix& matrix = page.who_lost;
  matrix.caption = "Removed documents, by whose copy stayed";
  matrix.corner = "removed from (rows), in favor of (columns)";
  matrix.counts.resize(all * all);
  for (const SourceCounts& source : page.sources) {
    matrix.rows.emplace_back(cut_name(source.name));
  }
  matrix.columns = matrix.rows;
  for (const Decision& decision : removed) {
    ++matrix.counts[place[groups.group_of(decision.document)] * all +
                    place[groups.group_of(decision.kept)]];
  }
}

void describe_search(const DedupOptions& options, const SearchContext& context, DedupPage& page) {
  const NearDuplicateOptions& search = options.search;
  if (search.key) {
    page.rule = "Documents are copies if their keys are equal. Of each key one document stays.";
    return;
  }
  page.rule = fmt::format(
      "Documents are copies if the Jaccard similarity of their sets of shingles, each of {} {} in a row, "
      "is {:g} or more{}. Sketches propose pairs; each removal was compared exactly with the document that "
      "stays.",
      search.shingles.size, search.shingles.unit == ShingleUnit::kWord ? "words" : "characters",
      search.threshold,
      options.containment > 0.0
          ? fmt::format(", or if {:g} of one is found in the other", options.containment)
          : std::string());
  page.similarity_note =
      "Removals from the threshold on; below it, in the other color, pairs that the sketches proposed and "
      "the comparison refused. The sketches propose few of those.";
  if (context.scan.simhash || context.scan.banding.bands == 0) return;
  const Banding& banding = context.scan.banding;
  ChartCurve& curve = page.curve.emplace();
  curve.caption = "How likely a pair is to be found";
  curve.x_label = "Jaccard similarity";
  curve.y_label = "probability";
  curve.mark = search.threshold;
  for (int i = 0; i <= 100; ++i) {
    curve.points.emplace_back(i / 100.0, candidate_probability(banding, i / 100.0));
  }
  curve.note = fmt::format(
      "{} bands of {} rows: of pairs exactly at the threshold (the broken line), {:.1f} % are found.",
      banding.bands, banding.rows, 100.0 * candidate_probability(banding, search.threshold));
}

// --- What is shown.

// Pairs of a kind, by the numbers of their documents: a is the one removed, b the one kept.
struct ChosenPairs {
  std::string caption;
  std::uint64_t count = 0;
  std::vector<ScoredPair> pairs;
};

std::vector<ChosenPairs> choose_removals(const std::vector<Decision>& removed, double threshold) {
  // Bands as narrow as the bars of the histogram, or a few wider ones.
  const double width =
      kBar * std::ceil(std::max(1.0, (1.0 - threshold) / kBar / kMostBands) - 1e-9);
  const SimilarityBands bands(threshold, width);
  enum : std::size_t { kSameKey, kContained, kSameWords, kOthers };
  std::vector<PairSample> samples(kOthers + bands.count, PairSample(kShown));
  for (const Decision& decision : removed) {
    std::size_t kind = kOthers;
    switch (decision.rule) {
      case RemovalRule::kIdentical:
        continue;  // there is nothing to see
      case RemovalRule::kSameWords:
        kind = kSameWords;
        break;
      case RemovalRule::kSameKey:
        kind = kSameKey;
        break;
      case RemovalRule::kContained:
        kind = kContained;
        break;
      case RemovalRule::kNearDuplicate:
        kind += bands.band_of(decision.overlap.jaccard());
    }
    samples[kind].add({decision.document, decision.kept, decision.overlap});
  }
  std::vector<ChosenPairs> chosen;
  const auto take = [&](std::size_t kind, std::string caption) {
    chosen.push_back({std::move(caption), samples[kind].added(), samples[kind].pairs()});
  };
  for (std::size_t band = 0; band < bands.count; ++band) {
    const auto [low, high] = bands.bounds(band);
    take(kOthers + band, fmt::format("Similarity {:.2f} to {:.2f}", low, high));
  }
  take(kContained, "Contained in a longer text");
  take(kSameWords, "The same words");
  take(kSameKey, "The same key");
  return chosen;
}

// Of the near misses, pairs that both stay.
std::vector<ChosenPairs> choose_misses(const DedupVerdict& verdict) {
  std::vector<ChosenPairs> chosen;
  const std::vector<std::uint32_t>& kept_for = verdict.decisions.kept_for;
  for (std::size_t step = 0; verdict.misses && step + 1 < NearMisses::kSteps; ++step) {
    const PairSample& sample = verdict.misses->step(step);
    const auto [low, high] = verdict.misses->bounds(step);
    ChosenPairs& pairs = chosen.emplace_back();
    pairs.caption = fmt::format("Similarity {:.2f} to {:.2f}", low, high);
    pairs.count = sample.added();
    for (const ScoredPair& pair : sample.pairs()) {
      if (pairs.pairs.size() == kShown) break;
      if (kept_for[pair.a] == pair.a && kept_for[pair.b] == pair.b) pairs.pairs.push_back(pair);
    }
  }
  return chosen;
}

struct KeptDocument {
  std::uint32_t document = 0;
  ShownDocument shown;
  std::vector<std::uint32_t> tokens;  // low halves of their hashes
};

struct BatchDocuments {
  std::vector<KeptDocument> documents;

  void clear() { documents.clear(); }
};

class DocumentKeeper {
 public:
  explicit DocumentKeeper(const ShingleOptions& shingles)
      : shingles_(shingles), tokenizer_(shingles.fold) {}

  void operator()(const ReadDocument& read, BatchDocuments& out) {
    KeptDocument& kept = out.documents.emplace_back();
    kept.document = read.number;
    kept.shown.take(read.document);
    kept.shown.text = cut_between_characters(read.document.text, kMostRead);
    // Of the same length: what is masked is blank.
    tokenizer_.tokenize(read.text.substr(0, kept.shown.text.size()), token_kind(read.document.tokens, shingles_.tokens), tokens_, true);
    kept.shown.tokens = tokens_.spans;
    take_low_halves(tokens_.hashes, kept.tokens);
  }

 private:
  const ShingleOptions& shingles_;
  TextTokenizer tokenizer_;
  TokenList tokens_;
};

class PairMaker {
 public:
  PairMaker(std::map<std::uint32_t, KeptDocument> documents, StopFlag stop)
      : documents_(std::move(documents)), aligner_(options(stop)) {}

  [[nodiscard]] std::vector<ShownPairs> make(const std::vector<ChosenPairs>& chosen) {
    std::vector<ShownPairs> shown;
    for (const ChosenPairs& kind : chosen) {
      ShownPairs& pairs = shown.emplace_back();
      pairs.caption = kind.caption;
      pairs.count = kind.count;
      for (const ScoredPair& pair : kind.pairs) {
        const KeptDocument& a = documents_.at(pair.a);
        const KeptDocument& b = documents_.at(pair.b);
        aligner_.prepare(a.tokens);
        pairs.sample.push_back({a.shown, b.shown, pair.overlap, aligner_.align(b.tokens)});
      }
    }
    return shown;
  }

 private:
  static PassageOptions options(StopFlag stop) {
    PassageOptions options;
    options.seed_tokens = options.minimum_tokens = 3;
    options.stop = stop;
    return options;
  }

  std::map<std::uint32_t, KeptDocument> documents_;
  PassageAligner aligner_;
};

}  // namespace

void write_dedup_page(ByteSink& sink, const DedupOptions& options, NearDuplicateRun& run,
                      const DedupVerdict& verdict) {
  const ScannedCorpus& corpus = run.corpus();
  const std::vector<Decision>& removed = verdict.decisions.removed;
  DedupPage page;
  describe_search(options, run.context(), page);
  page.old_documents = run.first_new();
  page.documents = corpus.table.documents.size() - run.first_new();
  page.kept = page.documents - removed.size();
  page.bytes = corpus.bytes;
  page.clusters = verdict.clusters.size();
  page.rules = bars_by_rule(removed);
  if (!options.search.key) page.similarity = bars_by_similarity(verdict, options.search.threshold);
  for (std::size_t i = 0; i < verdict.clusters.size(); ++i) {
    page.cluster_sizes.add(verdict.clusters.cluster(i).size());
  }
  count_sources(options, corpus, removed, run.first_new(), page);

  const std::vector<ChosenPairs> removals = choose_removals(removed, options.search.threshold);
  const std::vector<ChosenPairs> misses = choose_misses(verdict);
  std::vector<bool> wanted(corpus.table.documents.size());
  for (const std::vector<ChosenPairs>* const chosen : {&removals, &misses}) {
    for (const ChosenPairs& kind : *chosen) {
      for (const ScoredPair& pair : kind.pairs) wanted[pair.a] = wanted[pair.b] = true;
    }
  }
  std::map<std::uint32_t, KeptDocument> documents;
  later_pass<BatchDocuments>(
      run.reader(), {corpus.table, &wanted}, "show",
      [&](std::size_t) { return DocumentKeeper(options.search.shingles); },
      [&](ReadBatch<BatchDocuments>& batch) {
        for (KeptDocument& kept : batch.found.documents) {
          kept.shown.name = corpus.table.name_of(kept.document);
          documents.emplace(kept.document, std::move(kept));
        }
      });
  PairMaker maker(std::move(documents), StopFlag(run.reader().control().stop));
  page.removed = maker.make(removals);
  page.missed = maker.make(misses);
  write_dedup_page(sink, page);
}

}  // namespace copydesk
