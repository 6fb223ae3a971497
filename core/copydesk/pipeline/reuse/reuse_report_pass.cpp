// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_report_pass.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/reuse_report.h"

namespace copydesk {

namespace {

// Versions of a family that are shown beside the fullest one, and bytes of text the report may
// hold: what a browser opens without trouble.
constexpr std::size_t kMostCompared = 6;
constexpr std::uint64_t kMostBytes = std::uint64_t{48} << 20;

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

}  // namespace

void write_reuse_report(ByteSink& sink, CorpusReader& reader, const FingerprintedCorpus& corpus,
                        const CollectedTexts& collected, const StoryFamilies& families,
                        const PassageOptions& passages) {
  std::vector<bool> wanted(corpus.representatives.size());
  std::uint64_t bytes = 0;
  std::size_t with_texts = 0;
  for (; with_texts < families.families.size(); ++with_texts) {
    const PlacedFamily& family = families.families[with_texts];
    const std::vector<std::size_t> compared = compared_versions(family);
    if (compared.empty()) continue;
    const std::uint32_t fullest = family.versions[family.fullest].document;
    // The fullest text is shown once for each other.
    bytes += compared.size() * corpus.table.documents[fullest].size;
    for (const std::size_t i : compared) {
      bytes += corpus.table.documents[family.versions[i].document].size;
    }
    if (bytes > kMostBytes) break;
    wanted[fullest] = true;
    for (const std::size_t i : compared) wanted[family.versions[i].document] = true;
  }
  const TextsByDocument texts = read_texts(reader, corpus.table, wanted);

  ReuseReport report(sink, corpus.table.documents.size(), families.families.size());
  Tokenizer tokenizer;
  PassageOptions options = passages;
  options.stop = StopFlag(reader.control().stop);
  PassageAligner aligner(options);
  for (std::size_t f = 0; f < families.families.size(); ++f) {
    if (f % 256 == 0) reader.control().check_stop();
    const PlacedFamily& family = families.families[f];
    std::vector<ShownComparison> comparisons;
    if (f < with_texts) {
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
    }
    report.add_family(f, describe(family, corpus.table, collected), comparisons);
  }
  report.finish();
}

}  // namespace copydesk
