// All pairs of a corpus at or above a Jaccard similarity, the plain way: every shingle of every
// document in one inverted index, every pair that shares any of them counted. No sketches, no bands,
// no candidates. Slow on purpose; what `copydesk pairs` finds is held against it. Of two texts of few
// distinct tokens, the windows are counted in maps (docs/text.md, section 6).
//
//   brute_force_pairs FILE.jsonl[.zst] THRESHOLD > truth.jsonl

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/shingle/telling_length.h"
#include "copydesk/write/json_text.h"

namespace {

using namespace copydesk;

constexpr std::size_t kSize = 5;

struct Text {
  std::string id;
  std::size_t shingles = 0;
  std::size_t telling = 0;            // see telling_length
  std::vector<std::uint64_t> tokens;
};

using Windows = std::map<std::vector<std::uint64_t>, std::uint64_t>;

Windows windows_of(const std::vector<std::uint64_t>& tokens, std::size_t length) {
  Windows windows;
  for (auto begin = tokens.begin(); tokens.end() - begin >= static_cast<std::ptrdiff_t>(length);
       ++begin) {
    ++windows[{begin, begin + static_cast<std::ptrdiff_t>(length)}];
  }
  return windows;
}

double counted_jaccard(const Windows& a, const Windows& b) {
  std::uint64_t shared = 0;
  std::uint64_t all = 0;
  for (const auto& [window, count] : a) {
    const auto other = b.find(window);
    shared += other == b.end() ? 0 : std::min(count, other->second);
    all += count;
  }
  for (const auto& [window, count] : b) all += count;
  return static_cast<double>(shared) / static_cast<double>(all - shared);
}

bool agree_in_number(const Text& a, const Text& b, double threshold) {
  if (a.telling == 0 && b.telling == 0) return true;
  if (counted_jaccard(windows_of(a.tokens, kSize), windows_of(b.tokens, kSize)) < threshold) {
    return false;
  }
  if (a.telling == 0 || b.telling == 0) return true;
  const std::size_t length = std::min(std::max(a.telling, b.telling),
                                      longest_shingle(std::min(a.tokens.size(), b.tokens.size())));
  if (length <= kSize) return true;
  const double spared = std::pow(2 * threshold / (1 + threshold),
                                 static_cast<double>(length) / static_cast<double>(kSize));
  const double least = std::max(spared / (2 - spared), std::min(threshold, 0.3));
  return counted_jaccard(windows_of(a.tokens, length), windows_of(b.tokens, length)) >= least;
}

int run(const std::string& path, double threshold) {
  std::vector<Text> texts;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> index;
  Shingler shingler({ShingleUnit::kWord, kSize});
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
                           Text& text = texts.emplace_back();
                           text.id = document.id;
                           text.shingles = set.size();
                           text.telling = telling_length(shingler.token_hashes(), kSize);
                           text.tokens.assign(shingler.token_hashes().begin(),
                                              shingler.token_hashes().end());
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
                             if (common / all >= threshold &&
                                 agree_in_number(texts[other], texts[number], threshold)) {
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
