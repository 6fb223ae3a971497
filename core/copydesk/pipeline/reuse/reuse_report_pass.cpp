// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_report_pass.h"

#include <algorithm>
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
constexpr std::size_t kMostVersions = 200;                        // of a family, in its table
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
  // Calls `each` with a function for every family, twice: first to find the outlets.
  template <class ForEachFamily>
  ChartMatrix make(ForEachFamily&& for_each_family) {
    for_each_family([&](const StoryFamily& family) { count(family); });
    const std::vector<std::uint32_t> rows = choose(printed_);
    const std::vector<std::uint32_t> columns = choose(sources_);
    ChartMatrix matrix{"Who printed whose stories",
                       "printed by (rows), taken from (columns)",
                       {},
                       {},
                       std::vector<std::uint64_t>((rows.size() + 1) * (columns.size() + 1)),
                       "Of families with a likely source: versions that others printed, by outlet."};
    if (rows.empty()) return matrix;
    for (const std::uint32_t outlet : rows) matrix.rows.emplace_back(outlets_[outlet]);
    for (const std::uint32_t outlet : columns) matrix.columns.emplace_back(outlets_[outlet]);
    matrix.rows.emplace_back();
    matrix.columns.emplace_back();
    const auto place_in = [](const std::vector<std::uint32_t>& chosen, std::uint32_t outlet) {
      return static_cast<std::size_t>(std::find(chosen.begin(), chosen.end(), outlet) -
                                      chosen.begin());
    };
    for_each_family([&](const StoryFamily& family) {
      for_each_copy(family, [&](std::uint32_t copy, std::uint32_t source) {
        ++matrix.counts[place_in(rows, copy) * matrix.columns.size() + place_in(columns, source)];
      });
    });
    drop_empty_others(matrix);
    return matrix;
  }

 private:
  template <class Take>
  void for_each_copy(const StoryFamily& family, Take&& take) {
    const std::string& source = family.versions.front().site;
    if (!family.has_source() || source.empty()) return;
    for (std::size_t i = 1; i < family.versions.size(); ++i) {
      const std::string& copy = family.versions[i].site;
      if (!copy.empty() && copy != source) take(outlets_.add(copy), outlets_.add(source));
    }
  }

  void count(const StoryFamily& family) {
    for_each_copy(family, [&](std::uint32_t copy, std::uint32_t source) {
      printed_.resize(outlets_.size());
      sources_.resize(outlets_.size());
      ++printed_[copy];
      ++sources_[source];
    });
  }

  static std::vector<std::uint32_t> choose(const std::vector<std::uint64_t>& counts) {
    std::vector<std::uint32_t> chosen(counts.size());
    std::iota(chosen.begin(), chosen.end(), 0U);
    std::erase_if(chosen, [&](std::uint32_t outlet) { return counts[outlet] == 0; });
    std::ranges::stable_sort(chosen, [&](std::uint32_t x, std::uint32_t y) {
      return counts[x] > counts[y];
    });
    if (chosen.size() > kMostOutlets) chosen.resize(kMostOutlets);
    return chosen;
  }

  static void drop_empty_others(ChartMatrix& matrix) {
    const std::size_t width = matrix.columns.size();
    std::uint64_t in_row = 0, in_column = 0;
    for (std::size_t i = 0; i < width; ++i) in_row += matrix.counts[(matrix.rows.size() - 1) * width + i];
    for (std::size_t i = 0; i < matrix.rows.size(); ++i) in_column += matrix.counts[i * width + width - 1];
    if (in_row == 0) {
      matrix.rows.pop_back();
      matrix.counts.resize(matrix.rows.size() * width);
    }
    if (in_column != 0) return;
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < matrix.counts.size(); ++i) {
      if (i % width != width - 1) counts.push_back(matrix.counts[i]);
    }
    matrix.counts = std::move(counts);
    matrix.columns.pop_back();
  }

  NameTable outlets_;
  std::vector<std::uint64_t> printed_, sources_;  // by outlet
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
    shown_bytes += kFamilyBytes + std::min(kMostVersions, family.versions.size()) * kVersionBytes +
                   (has_texts ? text_bytes : 0);
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
  overview.printers = PrinterMatrix().make([&](const auto& take) {
    for_each_family([&](std::size_t, const StoryFamily& family) { take(family); },
                    families.families.size());
  });
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
    for (const std::size_t i : compared_versions(family)) {
      ShownComparison comparison;
      comparison.version = i;
      const std::vector<std::uint32_t> a = read_tokens(
          texts.at(family.versions[family.fullest].document), tokenizer, comparison.fullest);
      const std::vector<std::uint32_t> b =
          read_tokens(texts.at(family.versions[i].document), tokenizer, comparison.own);
      aligner.prepare(a);
      comparison.passages = aligner.align(b);
      comparisons.push_back(std::move(comparison));
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
