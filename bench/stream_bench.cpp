// SPDX-License-Identifier: Apache-2.0
//
// Bytes to documents: reading, decompressing and parsing 200 MB of generated JSON Lines with
// records of 2 to 4 KB. Rates are of decompressed bytes. Ratios to look at: ISA-L against zlib, and
// parsing against reading.
#include <benchmark/benchmark.h>
#include <simdjson.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {
namespace {

constexpr std::size_t kCorpusBytes = 200'000'000;

// Words of Zipfian frequency with the escapes and the few letters beyond ASCII of news text.
std::string generate_corpus() {
  std::mt19937_64 random(7);
  std::vector<std::string> words(30'000);
  for (std::string& word : words) {
    const std::size_t length = 2 + random() % 9;
    for (std::size_t i = 0; i < length; ++i) word.push_back(static_cast<char>('a' + random() % 26));
  }
  for (std::size_t i = 0; i < words.size(); i += 97) words[i] += "\xe2\x80\x99s";
  std::string corpus;
  corpus.reserve(kCorpusBytes + 10'000);
  for (std::uint64_t id = 0; corpus.size() < kCorpusBytes; ++id) {
    corpus += "{\"id\":\"story-" + std::to_string(id) + "\",\"url\":\"http://example.org/" +
              std::to_string(id) +
              "\",\"title\":\"A title of some words\",\"date\":\"2020-01-02\",\"text\":\"";
    const std::size_t end = corpus.size() + 2000 + random() % 2000;
    for (int word = 1; corpus.size() < end; ++word) {
      const double uniform = static_cast<double>(random() >> 11) * 0x1p-53;
      const double skewed = uniform * uniform * uniform;
      corpus += words[static_cast<std::size_t>(skewed * static_cast<double>(words.size()))];
      corpus += word % 90 == 0 ? ".\\n" : word % 60 == 0 ? ", \\\"" : " ";
    }
    corpus += "\"}\n";
  }
  return corpus;
}

struct Corpus {
  Corpus() {
    std::string pattern = "/tmp/copydesk-bench-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    const std::string bytes = generate_corpus();
    for (const std::string& name : {path(".jsonl"), path(".jsonl.gz"), path(".jsonl.zst")}) {
      const auto sink = open_byte_sink(name);
      sink->write(bytes);
      sink->commit();
    }
    size = bytes.size();
  }
  ~Corpus() {
    for (const std::string& name : {path(".jsonl"), path(".jsonl.gz"), path(".jsonl.zst")}) {
      ::unlink(name.c_str());
    }
    ::rmdir(folder.c_str());
  }
  Corpus(const Corpus&) = delete;
  Corpus& operator=(const Corpus&) = delete;

  [[nodiscard]] std::string path(std::string_view suffix) const {
    return folder + "/corpus" + std::string(suffix);
  }

  std::string folder;
  std::size_t size = 0;
};

const Corpus& corpus() {
  static const Corpus instance;
  return instance;
}

void set_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(corpus().size) *
                          static_cast<std::int64_t>(state.iterations()));
}

void read_source(benchmark::State& state, std::string_view suffix, GzipEngine engine) {
  if (!is_available(engine)) {
    state.SkipWithError("not built in");
    return;
  }
  ByteSourceOptions options;
  options.gzip_engine = engine;
  const std::string path = corpus().path(suffix);  // generates it at the first call
  std::vector<char> buffer(512 * 1024);
  for (auto _ : state) {
    const auto source = open_byte_source(path, options);
    while (const std::size_t count = source->read(buffer)) benchmark::DoNotOptimize(count);
  }
  set_bytes(state);
}
BENCHMARK_CAPTURE(read_source, plain, ".jsonl", GzipEngine::kFastest);
BENCHMARK_CAPTURE(read_source, gzip_isal, ".jsonl.gz", GzipEngine::kIsal);
BENCHMARK_CAPTURE(read_source, gzip_zlib, ".jsonl.gz", GzipEngine::kZlib);
BENCHMARK_CAPTURE(read_source, zstd, ".jsonl.zst", GzipEngine::kFastest);

double seconds_of_reading(std::string_view suffix, GzipEngine engine) {
  ByteSourceOptions options;
  options.gzip_engine = engine;
  std::vector<char> buffer(512 * 1024);
  const auto source = open_byte_source(corpus().path(suffix), options);
  timespec begin, end;
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
  while (const std::size_t count = source->read(buffer)) benchmark::DoNotOptimize(count);
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  return static_cast<double>(end.tv_sec - begin.tv_sec) +
         static_cast<double>(end.tv_nsec - begin.tv_nsec) * 1e-9;
}

// Both engines by turns, so that what else the machine does meets both: `isal_over_zlib` is how
// many times as fast the first is.
void compare_gzip_engines(benchmark::State& state) {
  if (!is_available(GzipEngine::kIsal)) {
    state.SkipWithError("not built in");
    return;
  }
  double isal = 0, zlib = 0;
  for (auto _ : state) {
    isal += seconds_of_reading(".jsonl.gz", GzipEngine::kIsal);
    zlib += seconds_of_reading(".jsonl.gz", GzipEngine::kZlib);
  }
  state.counters["isal_over_zlib"] = zlib / isal;
}
BENCHMARK(compare_gzip_engines);

void read_batches(benchmark::State& state) {
  RecordBatch batch;
  for (auto _ : state) {
    BatchReader reader({{corpus().path(".jsonl")}}, {});
    while (reader.next(batch)) benchmark::DoNotOptimize(batch.bytes.data());
  }
  set_bytes(state);
}
BENCHMARK(read_batches);

// The batches are in memory: what one worker thread does.
void parse_batches(benchmark::State& state) {
  std::vector<RecordBatch> batches;
  BatchReader reader({{corpus().path(".jsonl")}}, {});
  for (RecordBatch batch; reader.next(batch); batch = {}) batches.push_back(std::move(batch));
  for (RecordBatch& batch : batches) batch.pad();
  RecordParser parser(FieldNames{});
  std::size_t documents = 0, text_bytes = 0;
  const RecordVisitor visitor{[&](const Document& document) { text_bytes += document.text.size(); },
                              [](RecordFault&&) {}};
  for (auto _ : state) {
    for (const RecordBatch& batch : batches) documents += parser.parse(batch, visitor).documents;
  }
  set_bytes(state);
  state.SetItemsProcessed(static_cast<std::int64_t>(documents));
  benchmark::DoNotOptimize(text_bytes);
}
BENCHMARK(parse_batches);

// The parser underneath alone, without looking at what it found: the bound for parse_batches.
void parse_lines_simdjson(benchmark::State& state) {
  RecordBatch batch;
  std::vector<RecordBatch> batches;
  BatchReader reader({{corpus().path(".jsonl")}}, {});
  for (; reader.next(batch); batch = {}) batches.push_back(std::move(batch));
  simdjson::dom::parser parser;
  for (auto _ : state) {
    for (const RecordBatch& one : batches) {
      const std::string_view bytes = one.bytes;
      for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t end = bytes.find('\n', begin);
        benchmark::DoNotOptimize(parser.parse(bytes.data() + begin, end - begin, false).error());
        begin = end + 1;
      }
    }
  }
  set_bytes(state);
}
BENCHMARK(parse_lines_simdjson);

void read_and_parse(benchmark::State& state) {
  RecordParser parser(FieldNames{});
  std::size_t text_bytes = 0;
  const RecordVisitor visitor{[&](const Document& document) { text_bytes += document.text.size(); },
                              [](RecordFault&&) {}};
  RecordBatch batch;
  for (auto _ : state) {
    BatchReader reader({{corpus().path(".jsonl")}}, {});
    while (reader.next(batch)) parser.parse(batch, visitor);
  }
  set_bytes(state);
  benchmark::DoNotOptimize(text_bytes);
}
BENCHMARK(read_and_parse);

}  // namespace
}  // namespace copydesk

BENCHMARK_MAIN();
