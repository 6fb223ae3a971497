// SPDX-License-Identifier: Apache-2.0
//
// What a repeated block costs to find, in bytes of text per second on one core: paragraphs, the
// site rule, and exact repeated spans beside the suffix array that other tools build for them.

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "copydesk/blocks/block_finder.h"
#include "copydesk/blocks/document_records.h"
#include "copydesk/blocks/paragraphs.h"
#include "copydesk/blocks/repeat_candidates.h"
#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/blocks/repeated_passages.h"
#ifdef COPYDESK_HAS_DIVSUFSORT
#include <divsufsort.h>
#endif

namespace copydesk {
namespace {

// Documents of words under Zipf's law; a quarter of the text are paragraphs printed before.
std::vector<std::string> make_documents(std::size_t bytes) {
  std::mt19937_64 random(1);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < 30'000; ++i) {
    std::string word;
    for (std::size_t left = 2 + random() % 5 + random() % 5; left > 0; --left) {
      word += static_cast<char>('a' + random() % 26);
    }
    words.push_back(word);
  }
  std::vector<std::string> documents, paragraphs;
  std::size_t size = 0;
  while (size < bytes) {
    std::string& document = documents.emplace_back();
    for (std::size_t left = 3 + random() % 12; left > 0; --left) {
      if (!paragraphs.empty() && random() % 4 == 0) {
        document += paragraphs[random() % paragraphs.size()];
      } else {
        std::string paragraph;
        for (std::size_t count = 20 + random() % 80; count > 0; --count) {
          const std::size_t limit = 1 + random() % words.size();
          paragraph += words[random() % limit];
          paragraph += random() % 12 == 0 ? ". " : random() % 30 == 0 ? " 1987 " : " ";
        }
        paragraph.back() = '\n';
        paragraphs.push_back(paragraph);
        document += paragraph;
      }
    }
    size += document.size();
  }
  // One after the other in memory, as a reader hands them out.
  return std::vector<std::string>(documents.begin(), documents.end());
}

const std::vector<std::string>& documents() {
  static const std::vector<std::string> made = make_documents(std::size_t{32} << 20);
  return made;
}

std::int64_t bytes_of(const std::vector<std::string>& texts) {
  std::int64_t bytes = 0;
  for (const std::string& text : texts) bytes += static_cast<std::int64_t>(text.size());
  return bytes;
}

void paragraphs(benchmark::State& state) {
  ParagraphScanner scanner(state.range(0) == 1);
  std::vector<Paragraph> found;
  for (auto _ : state) {
    RepeatedPassages passages("", std::size_t{1} << 30);
    std::uint32_t number = 0;
    for (const std::string& text : documents()) {
      scanner.scan(text, 100, found);
      for (const Paragraph& paragraph : found) {
        passages.add(paragraph.key, number, static_cast<std::uint32_t>(paragraph.span.begin),
                     static_cast<std::uint32_t>(paragraph.span.end), 0);
      }
      ++number;
    }
    benchmark::DoNotOptimize(passages.find_copies(number, 2, 1, 1).size());
  }
  state.SetBytesProcessed(state.iterations() * bytes_of(documents()));
  state.SetLabel(state.range(0) == 1 ? "numbers masked" : "exact");
}
BENCHMARK(paragraphs)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void site_counts(benchmark::State& state) {
  LineScanner scanner;
  std::vector<Line> lines;
  for (auto _ : state) {
    SiteModel model;
    for (const std::string& text : documents()) {
      scanner.scan(text, lines);
      model.add_page(7, lines);
    }
    benchmark::DoNotOptimize(model.size());
  }
  state.SetBytesProcessed(state.iterations() * bytes_of(documents()));
}
BENCHMARK(site_counts)->Unit(benchmark::kMillisecond);

void site_rule(benchmark::State& state) {
  LineScanner scanner;
  std::vector<Line> lines;
  SiteModel model;
  for (const std::string& text : documents()) {
    scanner.scan(text, lines);
    model.add_page(7, lines);
  }
  BlockFinderOptions options;
  options.page = false;
  BlockFinder finder(options);
  std::vector<BlockSpan> spans;
  for (auto _ : state) {
    for (const std::string& text : documents()) {
      finder.find(text, 7, &model, spans);
      benchmark::DoNotOptimize(spans.data());
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes_of(documents()));
}
BENCHMARK(site_rule)->Unit(benchmark::kMillisecond);

void repeated_spans(benchmark::State& state) {
  const std::size_t least = 50;
  RepeatWinnower winnower(least);
  Tokenizer tokenizer;
  TokenList tokens;
  std::vector<RepeatFingerprint> fingerprints;
  std::vector<RepeatPlace> found;
  std::vector<RepeatedSpan> spans;
  const std::size_t memory = std::size_t{1} << 30;
  for (auto _ : state) {
    RepeatJoin join("", memory);
    std::uint32_t number = 0;
    for (const std::string& text : documents()) {
      tokenizer.tokenize(text, tokens);
      winnower.winnow(tokens.hashes, fingerprints);
      join.add(number++, fingerprints);
    }
    DocumentRecords<RepeatPlace> places("", memory, number);
    for (std::size_t i = 0; i < RepeatJoin::kPartitions; ++i) {
      join.match(i, found);
      for (const RepeatPlace& place : found) places.add(place);
    }
    RepeatResolver resolver(least, 1, "", memory);
    RepeatCandidates candidates;
    number = 0;
    for (const std::string& text : documents()) {
      found.clear();
      places.take(number, found);
      if (!found.empty()) {
        tokenizer.tokenize_with_spans(text, tokens);
        collect_candidates(least, tokens, found, candidates);
        resolver.add(number, candidates);
      }
      ++number;
    }
    std::vector<RepeatRun> runs;
    for (std::size_t i = 0; i < RepeatResolver::kPartitions; ++i) {
      runs.clear();
      resolver.resolve(i, runs);
      resolver.take(runs);
    }
    spans.clear();
    for (std::uint32_t document = 0; document < number; ++document) {
      resolver.spans_of(document, spans);
    }
    benchmark::DoNotOptimize(spans.data());
  }
  state.SetBytesProcessed(state.iterations() * bytes_of(documents()));
  state.counters["spans"] = static_cast<double>(spans.size());
}
BENCHMARK(repeated_spans)->Unit(benchmark::kMillisecond);

#ifdef COPYDESK_HAS_DIVSUFSORT
void suffix_array(benchmark::State& state) {
  std::string text;
  for (const std::string& document : documents()) text += document;
  std::vector<saidx_t> order(text.size());
  for (auto _ : state) {
    divsufsort(reinterpret_cast<const sauchar_t*>(text.data()), order.data(),
               static_cast<saidx_t>(text.size()));
    benchmark::DoNotOptimize(order.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(suffix_array)->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace copydesk

BENCHMARK_MAIN();
