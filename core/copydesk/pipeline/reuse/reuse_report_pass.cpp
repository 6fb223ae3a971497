// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_report_pass.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/read/name_table.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/reuse_report.h"

namespace copydesk {

namespace {

// Versions of a family that are shown beside the fullest one, and bytes of text the report may
// hold: what a browser opens without trouble.
constexpr std::size_t kMostCompared = 6;
constexpr std::uint64_t kMostBytes = std::uint64_t{6} << 20;
// Families in the table, and bytes of those that are shown with their versions, which a browser takes
// longer for than for texts.
constexpr std::size_t kMostFamilies = 20'000;
constexpr std::uint64_t kMostShownBytes = std::uint64_t{12} << 20;
constexpr std::uint64_t kFamilyBytes = 700, kVersionBytes = 900;  // about
constexpr std::size_t kMostOutlets = 12;  // of either side of the matrix

struct KeptText {
  std::string text;
  std::string masked;  // of the same size; empty where nothing is masked
};

struct BatchTexts {
  std::vector<std::pair<std::uint32_t, KeptText>> texts;  // by document

  void clear() { texts.clear(); }
};

using TextsByDocument = std::unordered_map<std::uint32_t, KeptText>;

// The versions to be compared with the fullest one: those whose text differs, best ranked first.
std::vector<std::size_t> compared_versions(const PlacedFamily& family) {
  std::vector<std::size_t> compared;
  std::vector<std::uint32_t> seen{family.versions[family.fullest].text};
  for (std::size_t i = 0; i < family.versions.size() && compared.size() < kMostCompared; ++i) {
    const std::uint32_t text = family.versions[i].text;
    if (std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
    seen.push_back(text);
    compared.push_back(i);
  }
  return compared;
}

void keep_text(const ReadDocument& read, BatchTexts& out) {
  KeptText kept{std::string(read.document.text), {}};
  if (!read.left_out.empty()) kept.masked = read.text;
  out.texts.emplace_back(read.number, std::move(kept));
}

TextsByDocument read_texts(CorpusReader& reader, const CorpusTable& table,
                           const std::vector<bool>& wanted) {
  TextsByDocument texts;
  later_pass<BatchTexts>(
      reader, {table, &wanted}, "show", [](std::size_t) { return keep_text; },
      [&](ReadBatch<BatchTexts>& batch) {
        for (auto& [document, text] : batch.found.texts) texts.emplace(document, std::move(text));
      });
  return texts;
}

// Tokens of a text as the report shows it, which refers to `kept`.
std::vector<std::uint32_t> read_tokens(const KeptText& kept, Tokenizer& tokenizer,
                                       ShownText& shown) {
  TokenList tokens;
  tokenizer.tokenize_with_spans(kept.masked.empty() ? kept.text : kept.masked, tokens);
  shown = {kept.text, std::move(tokens.spans)};
  std::vector<std::uint32_t> low;
  take_low_halves(tokens.hashes, low);
  return low;
}

// Who printed what of whom, of the outlets with most of that.
class PrinterMatrix {
 public:
  void add(const StoryFamily& family) {
    const std::string& source = family.versions.front().site;
    if (!family.has_source() || source.empty()) return;
    for (std::size_t i = 1; i < family.versions.size(); ++i) {
      const std::string& copy = family.versions[i].site;
      if (copy.empty() || copy == source) continue;
      // The source first: of outlets with equal counts the lower number comes first.
      const std::uint32_t from = outlets_.add(source);
      const std::uint32_t by = outlets_.add(copy);
      ++copies_[{by, from}];
    }
  }

  [[nodiscard]] ChartMatrix make() const {
    std::vector<std::uint64_t> printed(outlets_.size()), sources(outlets_.size());
    for (const auto& [outlets, count] : copies_) {
      printed[outlets.first] += count;
      sources[outlets.second] += count;
    }
    ChartMatrix matrix{"Who printed whose stories",
                       "printed by (rows), taken from (columns)",
                       {},
                       {},
                       {},
                       "Of families with a likely source: versions that others printed, by outlet."};
    const std::vector<std::uint32_t> rows = choose(printed, matrix.rows);
    const std::vector<std::uint32_t> columns = choose(sources, matrix.columns);
    matrix.counts.resize(matrix.rows.size() * matrix.columns.size());
    const auto place_in = [](const std::vector<std::uint32_t>& chosen, std::uint32_t outlet) {
      return static_cast<std::size_t>(std::find(chosen.begin(), chosen.end(), outlet) -
                                      chosen.begin());
    };
    for (const auto& [outlets, count] : copies_) {
      matrix.counts[place_in(rows, outlets.first) * matrix.columns.size() +
                    place_in(columns, outlets.second)] += count;
    }
    return matrix;
  }

 private:
  // The outlets with most, of which `names` takes the names; the last of those is empty, for all
  // others, if there are any.
  std::vector<std::uint32_t> choose(const std::vector<std::uint64_t>& counts,
                                    std::vector<std::string>& names) const {
    std::vector<std::uint32_t> chosen(counts.size());
    std::iota(chosen.begin(), chosen.end(), 0U);
    std::erase_if(chosen, [&](std::uint32_t outlet) { return counts[outlet] == 0; });
    std::ranges::stable_sort(chosen, [&](std::uint32_t x, std::uint32_t y) {
      return counts[x] > counts[y];
    });
    const bool has_others = chosen.size() > kMostOutlets;
    if (has_others) chosen.resize(kMostOutlets);
    for (const std::uint32_t outlet : chosen) names.emplace_back(outlets_[outlet]);
    if (has_others) names.emplace_back();
    return chosen;
  }

  NameTable outlets_;
  // Versions, by the outlet that printed them and the one they were taken from.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> copies_;
};

}  // namespace

void write_reuse_report(ByteSink& sink, CorpusReader& reader, const FingerprintedCorpus& corpus,
                        const CollectedTexts& collected, const StoryFamilies& families,
                        const PassageOptions& passages) {
  std::vector<bool> wanted(corpus.representatives.size());
  std::uint64_t bytes = 0;
  const std::size_t listed = std::min(kMostFamilies, families.families.size());
  std::size_t with_texts = 0, shown = 0;
  for (std::uint64_t shown_bytes = 0; shown < listed; ++shown) {
    const PlacedFamily& family = families.families[shown];
    const std::vector<std::size_t> compared = compared_versions(family);
    const std::uint32_t fullest = family.versions[family.fullest].document;
    // The fullest text is shown once for each other.
    std::uint64_t text_bytes = compared.size() * corpus.table.documents[fullest].size;
    for (const std::size_t i : compared) {
      text_bytes += corpus.table.documents[family.versions[i].document].size;
    }
    const bool has_texts = with_texts == shown && bytes + text_bytes <= kMostBytes;
    const std::size_t versions = std::min(ReuseReport::kMostVersions, family.versions.size());
    shown_bytes += kFamilyBytes + versions * kVersionBytes + (has_texts ? text_bytes : 0);
    if (shown > 0 && shown_bytes > kMostShownBytes) break;
    if (!has_texts) continue;
    ++with_texts;
    bytes += text_bytes;
    if (compared.empty()) continue;
    wanted[fullest] = true;
    for (const std::size_t i : compared) wanted[family.versions[i].document] = true;
  }
  const TextsByDocument texts = read_texts(reader, corpus.table, wanted);

  const auto for_each_family = [&](const auto& take, std::size_t end) {
    for (std::size_t f = 0; f < end; ++f) {
      if (f % 256 == 0) reader.control().check_stop();
      take(f, describe(families.families[f], corpus.table, collected));
    }
  };
  ReuseOverview overview;
  overview.documents = corpus.table.documents.size();
  overview.families = families.families.size();
  overview.round_ups = families.round_ups;
  overview.listed = listed;
  overview.shown = shown;
  for (const PlacedFamily& family : families.families) {
    overview.versions += family.versions.size();
    overview.known_sources += family.has_source() ? 1 : 0;
    overview.sizes.add(family.versions.size());
  }
  PrinterMatrix printers;
  for (std::size_t f = 0; f < families.families.size(); ++f) {
    if (f % 256 == 0) reader.control().check_stop();
    const PlacedFamily& family = families.families[f];
    if (family.has_source()) printers.add(describe(family, corpus.table, collected));
  }
  overview.printers = printers.make();
  ReuseReport report(sink, overview);
  for_each_family(
      [&](std::size_t f, const StoryFamily& family) {
        report.add_row(f, family, f < shown);
      },
      listed);
  Tokenizer tokenizer;
  PassageOptions options = passages;
  options.stop = StopFlag(reader.control().stop);
  PassageAligner aligner(options);
  const auto compare = [&](const PlacedFamily& family) {
    std::vector<ShownComparison> comparisons;
    const std::vector<std::size_t> compared = compared_versions(family);
    if (compared.empty()) return comparisons;
    ShownText fullest;
    const std::vector<std::uint32_t> a =
        read_tokens(texts.at(family.versions[family.fullest].document), tokenizer, fullest);
    aligner.prepare(a);
    for (const std::size_t i : compared) {
      ShownComparison& comparison = comparisons.emplace_back();
      comparison.version = i;
      comparison.fullest = fullest;
      const std::vector<std::uint32_t> b =
          read_tokens(texts.at(family.versions[i].document), tokenizer, comparison.own);
      comparison.passages = aligner.align(b);
    }
    return comparisons;
  };
  for_each_family(
      [&](std::size_t f, const StoryFamily& family) {
        report.add_family(f, family,
                          f < with_texts ? compare(families.families[f])
                                         : std::vector<ShownComparison>());
      },
      shown);
  report.finish();
}

}  // namespace copydesk
