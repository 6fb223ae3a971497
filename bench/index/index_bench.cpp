// SPDX-License-Identifier: Apache-2.0
//
// How long one query takes, and what an index of ten million costs.
//   index_bench latency INDEX TEXTS.jsonl [QUERIES]   one text after the other: percentiles
//   index_bench limits INDEX TEXTS.jsonl [QUERIES]    the same by how many documents a text is compared with at
//                                                     most, and how many matches that loses
//   index_bench made INDEX DOCUMENTS                  an index with made-up keys (--verify none)
//   index_bench keys INDEX [QUERIES]                  random keys, single and in one batch
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document_index.h"
#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/index/index_searcher.h"

using namespace copydesk;

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Of this thread: where others use the machine, too, a query of a millisecond is often interrupted.
double processor_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// SplitMix64.
std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

void print_percentiles(const char* what, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  fmt::print("{}: {} queries, p50 {:.3f} ms, p90 {:.3f} ms, p99 {:.3f} ms, most {:.3f} ms\n", what,
             times.size(), at(0.5), at(0.9), at(0.99), times.back());
}

std::vector<std::string> read_texts(const std::string& path, std::size_t most) {
  simdjson::dom::parser parser;
  std::vector<std::string> texts;
  for (auto record : parser.load_many(path)) {
    if (texts.size() == most) break;
    texts.emplace_back(std::string_view(record["text"]));
  }
  return texts;
}

void measure_limits(const std::string& path, const std::string& texts_path, std::size_t most) {
  const IndexReader index(path);
  const RunControl control;
  const IndexSearcher searcher(index, control);
  TextPreparer preparer(index.parameters());
  std::vector<SearchedText> texts;
  for (const std::string& text : read_texts(texts_path, most)) {
    preparer.prepare(text, TokenKind::kWords, texts.emplace_back());
  }
  std::vector<std::size_t> all(texts.size());
  for (const std::size_t compared : {0, 256, 128, 64, 32, 16}) {
    std::vector<double> processor;
    std::size_t matches = 0, texts_with_any = 0, lost = 0, texts_that_lost_all = 0, left_out = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const double before = processor_milliseconds();
      const IndexAnswer answer = searcher.search({&texts[i], 1}, {0, compared}, 1)[0];
      processor.push_back(processor_milliseconds() - before);
      const std::size_t found = answer.matches.size();
      if (compared == 0) all[i] = found;
      matches += found;
      texts_with_any += all[i] > 0 ? 1 : 0;
      lost += all[i] - found;
      texts_that_lost_all += all[i] > 0 && found == 0 ? 1 : 0;
      left_out += answer.not_compared;
    }
    fmt::print("at most {}: {} matches, {} lost; of {} texts with any {} lost all; {} not compared\n",
               compared, matches, lost, texts_with_any, texts_that_lost_all, left_out);
    print_percentiles("  processor time", std::move(processor));
  }
}

void measure_latency(const std::string& path, const std::string& texts_path, std::size_t most) {
  const Clock::time_point start = Clock::now();
  const Index index(path);
  fmt::print("opened in {:.1f} ms, {} documents\n", milliseconds_since(start), index.size());
  const std::vector<std::string> texts = read_texts(texts_path, most);
  for (int round = 1; round <= 3; ++round) {
    std::vector<double> times, processor;
    std::size_t matches = 0;
    for (const std::string& text : texts) {
      const Clock::time_point begin = Clock::now();
      const double before = processor_milliseconds();
      matches += index.query_text(text).size();
      processor.push_back(processor_milliseconds() - before);
      times.push_back(milliseconds_since(begin));
    }
    print_percentiles(fmt::format("round {}, {} matches", round, matches).c_str(), std::move(times));
    print_percentiles("  processor time", std::move(processor));
  }
}

void make_index(const std::string& path, std::uint32_t documents) {
  IndexParameters parameters;
  parameters.verify = IndexVerify::kNone;
  create_index(path, parameters);
  const Clock::time_point start = Clock::now();
  IndexWriter writer(path);
  IndexManifest next = writer.manifest();
  // As ten adds would leave it.
  constexpr std::uint32_t kSegments = 10;
  const std::size_t bands = parameters.banding().bands;  // takes a while to choose
  for (std::uint32_t i = 0; i < kSegments; ++i) {
    const std::uint32_t first = next.next_document;
    const std::uint32_t count = documents / kSegments;
    const std::uint64_t number = next.next_segment++;
    SegmentWriter segment(writer.make_segment_folder(number), number, parameters);
    for (std::uint32_t document = 0; document < count; ++document) {
      IndexedDocument one;
      one.number = first + document;
      one.exact_low = mixed(one.number);
      one.text_class = TextClass::kRegular;
      one.id = fmt::format("made-{:08}", one.number);
      one.file = "made.jsonl";
      one.line = document + 1;
      segment.add(one, SegmentWriter::Content{});
    }
    next.segments.push_back(segment.finish([&](std::size_t column, const auto& take) {
      for (std::uint32_t document = 0; document < count; ++document) {
        const std::uint64_t number_of_key = std::uint64_t{first + document} * 64 + column;
        take(column == bands ? mixed(first + document) : mixed(number_of_key << 8),
             document);
      }
    }));
    next.next_document += count;
    writer.name_segment(number);
  }
  writer.publish(next);
  fmt::print("made in {:.1f} s\n", milliseconds_since(start) / 1000);
  const IndexReader::Counts counts = IndexReader(path).count();
  fmt::print("{} documents, {:.1f} bytes a document, {:.1f} MB in memory\n", counts.documents,
             static_cast<double>(counts.disk_bytes) / static_cast<double>(counts.documents),
             static_cast<double>(counts.memory_bytes) / 1e6);
}

void measure_keys(const std::string& path, std::uint32_t queries) {
  const Clock::time_point start = Clock::now();
  const IndexReader index(path);
  fmt::print("opened in {:.1f} ms\n", milliseconds_since(start));
  const std::size_t columns = index.bands() + 1;
  const std::uint64_t documents = index.manifest().next_document;
  std::vector<SearchedText> texts(queries);
  for (std::uint32_t i = 0; i < queries; ++i) {
    texts[i].text_class = TextClass::kRegular;
    const std::uint64_t number = mixed(std::uint64_t{i} << 32) % documents;  // one that is there
    for (std::size_t column = 0; column < columns; ++column) {
      const bool is_there = column % 2 == 0 && i % 2 == 0;
      const std::uint64_t key = !is_there ? mixed(~(std::uint64_t{i} * 64 + column))
                                : column + 1 == columns ? mixed(number)
                                                        : mixed((number * 64 + column) << 8);
      texts[i].keys.push_back(key & ((std::uint64_t{1} << kIndexKeyBits) - 1));
    }
  }
  const RunControl control;
  const IndexSearcher searcher(index, control);
  for (int round = 1; round <= 2; ++round) {
    const Clock::time_point begin = Clock::now();
    std::size_t matches = 0;
    for (const IndexAnswer& found : searcher.search(texts, {100}, 2)) matches += found.matches.size();
    fmt::print("round {}, one batch of {}: {:.2f} s, {} matches\n", round, queries,
               milliseconds_since(begin) / 1000, matches);
    std::vector<double> times, processor;
    for (const SearchedText& text : texts) {
      const Clock::time_point one = Clock::now();
      const double before = processor_milliseconds();
      static_cast<void>(searcher.search({&text, 1}, {100}, 1));
      processor.push_back(processor_milliseconds() - before);
      times.push_back(milliseconds_since(one));
    }
    print_percentiles("single", std::move(times));
    print_percentiles("  processor time", std::move(processor));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 2 ? argv[1] : "";
  const auto number = [&](int at, std::size_t otherwise) {
    return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
  };
  if (what == "latency" && argc > 3) {
    measure_latency(argv[2], argv[3], number(4, 10'000));
  } else if (what == "limits" && argc > 3) {
    measure_limits(argv[2], argv[3], number(4, 10'000));
  } else if (what == "made" && argc > 3) {
    make_index(argv[2], static_cast<std::uint32_t>(number(3, 0)));
  } else if (what == "keys") {
    measure_keys(argv[2], static_cast<std::uint32_t>(number(3, 10'000)));
  } else {
    fmt::print(stderr, "index_bench latency|limits INDEX TEXTS | made INDEX DOCUMENTS | keys INDEX\n");
    return 2;
  }
  return 0;
}
