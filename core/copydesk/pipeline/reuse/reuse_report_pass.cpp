// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_report_pass.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/corpus/record_selection.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/reuse_tokenizer.h"
#include "copydesk/write/reuse_report.h"

namespace copydesk {

namespace {

// Versions of a family that are shown beside the fullest one, and bytes of text the report may
// hold: what a browser opens without trouble.
constexpr std::size_t kMostCompared = 6;
constexpr std::uint64_t kMostBytes = std::uint64_t{48} << 20;

struct KeptText {
  std::string text, site, url;
};

struct BatchTexts {
  std::vector<std::uint32_t> documents;
  std::vector<KeptText> texts;
};

using TextsByDocument = std::unordered_map<std::uint32_t, KeptText>;

// The versions to be compared with the fullest one: those whose text differs, best ranked first.
std::vector<std::size_t> compared_versions(const StoryFamily& family) {
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

TextsByDocument read_texts(CorpusReader& reader, const FingerprintedCorpus& corpus,
                           const std::vector<bool>& wanted, const CorpusOptions& options,
                           const RunControl& control) {
  TextsByDocument texts;
  reader.restart(corpus.table);
  run_ordered_stage<RecordBatch, BatchTexts>(
      options.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next_again(batch);
      },
      [&](std::size_t) {
        return [&, parser = RecordParser(options.fields), selected = RecordBatch()](
                   RecordBatch& batch, BatchTexts& out) mutable {
          out.documents.clear();
          out.texts.clear();
          select_records(batch, corpus.table, wanted, selected, out.documents);
          parser.parse(selected, {[&](const Document& document) {
                                    out.texts.push_back({std::string(document.text),
                                                         std::string(document.site),
                                                         std::string(document.url)});
                                  },
                                  [](RecordFault&&) {}});
          if (out.texts.size() != out.documents.size()) fail_changed(batch.source_name);
        };
      },
      [&](RecordBatch&, BatchTexts& found) {
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          texts.emplace(found.documents[i], std::move(found.texts[i]));
        }
      });
  return texts;
}

// Tokens of a text as the report shows it.
std::vector<std::uint32_t> read_tokens(const KeptText& kept, ReuseTokenizer& tokenizer,
                                       ShownText& shown) {
  Document document;
  document.text = kept.text;
  document.site = kept.site;
  document.url = kept.url;
  TokenList tokens;
  tokenizer.tokenize(document, true, tokens);
  shown = {kept.text, std::move(tokens.spans)};
  std::vector<std::uint32_t> low;
  for (const std::uint64_t hash : tokens.hashes) low.push_back(static_cast<std::uint32_t>(hash));
  return low;
}

}  // namespace

void write_reuse_report(ByteSink& sink, CorpusReader& reader, const FingerprintedCorpus& corpus,
                        const StoryFamilies& families, const CorpusOptions& options,
                        const PassageOptions& passages, const TextMask* mask,
                        const RunControl& control) {
  std::vector<bool> wanted(corpus.representatives.size());
  std::uint64_t bytes = 0;
  std::size_t with_texts = 0;
  for (; with_texts < families.families.size(); ++with_texts) {
    const StoryFamily& family = families.families[with_texts];
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
  const TextsByDocument texts = read_texts(reader, corpus, wanted, options, control);

  ReuseReport report(sink, corpus.table.documents.size(), families.families.size());
  ReuseTokenizer tokenizer(mask);
  PassageAligner aligner(passages);
  for (std::size_t f = 0; f < families.families.size(); ++f) {
    if (f % 256 == 0) control.check_stop();
    const StoryFamily& family = families.families[f];
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
    report.add_family(f, family, comparisons);
  }
  report.finish();
}

}  // namespace copydesk
