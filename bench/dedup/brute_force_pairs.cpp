// All pairs of a corpus at or above a Jaccard similarity, the plain way: every shingle of every
// document in one inverted index, every pair that shares any of them counted. No sketches, no bands,
// no candidates. Slow on purpose; what `copydesk pairs` finds is held against it.
//
//   brute_force_pairs FILE.jsonl[.zst] THRESHOLD > truth.jsonl

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/write/json_text.h"

namespace {

using namespace copydesk;

struct Text {
  std::string id;
  std::size_t shingles = 0;
  bool has_tokens = false;
};

int run(const std::string& path, double threshold) {
  std::vector<Text> texts;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> index;
  Shingler shingler({ShingleUnit::kWord, 5});
  ShingledText shingled;
  BatchReader reader({Input{path, InputFormat::kAuto, nullptr}}, {});
  RecordParser parser{FieldNames{}};
  RecordBatch batch;
  std::vector<std::uint32_t> shared;
  std::vector<std::uint32_t> touched;
  while (reader.next(batch)) {
    parser.parse(batch, {[&](const Document& document) {
                           shingler.shingle(document.text, shingled);
                           std::vector<std::uint64_t> set = shingled.shingles;
                           std::sort(set.begin(), set.end());
                           set.erase(std::unique(set.begin(), set.end()), set.end());
                           const auto number = static_cast<std::uint32_t>(texts.size());
                           texts.push_back({std::string(document.id), set.size(), !set.empty()});
                           shared.push_back(0);
                           for (const std::uint64_t shingle : set) {
                             std::vector<std::uint32_t>& holders = index[shingle];
                             for (const std::uint32_t other : holders) {
                               if (shared[other]++ == 0) touched.push_back(other);
                             }
                             holders.push_back(number);
                           }
                           std::sort(touched.begin(), touched.end());
                           for (const std::uint32_t other : touched) {
                             const double common = shared[other];
                             const double all = static_cast<double>(texts[other].shingles) +
                                                static_cast<double>(set.size()) - common;
                             if (common / all >= threshold) {
                               std::string line = "{\"a\":";
                               append_json_string(line, texts[other].id);
                               line += ",\"b\":";
                               append_json_string(line, texts[number].id);
                               fmt::print("{},\"jaccard\":{:.6f}}}\n", line, common / all);
                             }
                             shared[other] = 0;
                           }
                           touched.clear();
                         },
                         [](RecordFault&&) {}});
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: brute_force_pairs FILE THRESHOLD\n");
    return 2;
  }
  try {
    return run(argv[1], std::strtod(argv[2], nullptr));
  } catch (const Error& error) {
    fmt::print(stderr, "brute_force_pairs: {}\n", error.what());
    return 1;
  }
}
