// SPDX-License-Identifier: Apache-2.0
//
// What SimHash finds: of the pairs in TRUTH (lines of brute_force_pairs), by Jaccard band, the
// share whose fingerprints differ in at most so many bits; and how many pairs of documents do. For
// words and for shingles, plain and weighted, 64 and 128 bits.
//
//   simhash_recall FILE.jsonl[.zst] TRUTH.jsonl

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <simdjson.h>

#include "copydesk/error.h"
#include "copydesk/lsh/hamming_join.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/simhash.h"
#include "copydesk/text/tokenizer.h"

namespace {

using namespace copydesk;

constexpr std::array<double, 7> kBands{0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01};

struct Truth {
  std::uint32_t a, b;
  double jaccard;
};

struct Corpus {
  std::vector<std::vector<std::uint64_t>> words, shingles;
  std::unordered_map<std::string, std::uint32_t> numbers;
};

Corpus read(const std::string& path) {
  Corpus corpus;
  Shingler shingler({ShingleUnit::kWord, 5});
  Tokenizer tokenizer;
  ShingledText shingled;
  TokenList tokens;
  BatchReader reader({Input{path, InputFormat::kAuto, nullptr}}, {});
  RecordParser parser{FieldNames{}};
  RecordBatch batch;
  while (reader.next(batch)) {
    parser.parse(batch, {[&](const Document& document) {
                           shingler.shingle(document.text, shingled);
                           tokenizer.tokenize(document.text, tokens);
                           corpus.numbers.emplace(document.id, corpus.words.size());
                           corpus.words.push_back(tokens.hashes);
                           corpus.shingles.push_back(shingled.shingles);
                         },
                         [](RecordFault&&) {}});
  }
  return corpus;
}

std::vector<Truth> read_truth(const std::string& path, const Corpus& corpus) {
  std::vector<Truth> truth;
  simdjson::ondemand::parser parser;
  const simdjson::padded_string bytes = simdjson::padded_string::load(path);
  simdjson::ondemand::document_stream lines = parser.iterate_many(bytes);
  for (auto line : lines) {
    const std::string a{std::string_view(line["a"].get_string())};
    const std::string b{std::string_view(line["b"].get_string())};
    truth.push_back({corpus.numbers.at(a), corpus.numbers.at(b), line["jaccard"].get_double()});
  }
  return truth;
}

using Weights = std::unordered_map<std::uint64_t, std::uint32_t>;

Weights idf(const std::vector<std::vector<std::uint64_t>>& features) {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (const auto& document : features) {
    for (const std::uint64_t feature : std::unordered_set(document.begin(), document.end())) {
      ++counts[feature];
    }
  }
  for (auto& [feature, count] : counts) {
    count = static_cast<std::uint32_t>(std::lround(
        16.0 * std::log2((static_cast<double>(features.size()) + 1.0) / (count + 0.5))));
  }
  return counts;
}

int distance_of(std::uint64_t x, std::uint64_t y) {
  return std::popcount(x ^ y);
}
int distance_of(const Fingerprint128& x, const Fingerprint128& y) {
  return distance_of(x.low, y.low) + distance_of(x.high, y.high);
}

template <class Fingerprint>
void report(const std::string& name, const std::vector<Fingerprint>& fingerprints,
            const std::vector<Truth>& truth, std::initializer_list<int> distances) {
  std::vector<std::uint32_t> documents(fingerprints.size());
  std::iota(documents.begin(), documents.end(), 0U);
  const std::vector<std::uint64_t> content_keys(fingerprints.size());
  for (const int distance : distances) {
    const HammingPlan plan = choose_hamming_plan(
        sizeof(Fingerprint) * 8, static_cast<std::size_t>(distance), fingerprints.size());
    const auto found = join_by_hamming_distance(
        fingerprints, documents, content_keys, plan,
        {.pairwise_limit = 100'000, .pairs_per_member = 2000, .equal_limit = 2000}, 1,
        [](std::size_t, std::size_t) {});
    fmt::print("| {} | {} |", name, distance);
    for (std::size_t band = 0; band + 1 < kBands.size(); ++band) {
      std::size_t all = 0, near = 0;
      for (const Truth& pair : truth) {
        if (pair.jaccard < kBands[band] || pair.jaccard >= kBands[band + 1]) continue;
        ++all;
        near += distance_of(fingerprints[pair.a], fingerprints[pair.b]) <= distance ? 1 : 0;
      }
      fmt::print(" {:.3f} |",
                 all == 0 ? 1.0 : static_cast<double>(near) / static_cast<double>(all));
    }
    fmt::print(" {} |{}\n", found.pairs.size(),
               found.statistics.walked_groups > 0 ? " groups walked" : "");
  }
}

void run(const std::string& path, const std::string& truth_path) {
  const Corpus corpus = read(path);
  const std::vector<Truth> truth = read_truth(truth_path, corpus);
  fmt::print("{} documents, pairs by band:", corpus.words.size());
  for (std::size_t band = 0; band + 1 < kBands.size(); ++band) {
    fmt::print(" {}", std::count_if(truth.begin(), truth.end(), [&](const Truth& pair) {
                 return pair.jaccard >= kBands[band] && pair.jaccard < kBands[band + 1];
               }));
  }
  fmt::print("\n| features | distance | .3-.5 | .5-.6 | .6-.7 | .7-.8 | .8-.9 | .9-1 | pairs |\n");
  for (const bool by_words : {true, false}) {
    const auto& features = by_words ? corpus.words : corpus.shingles;
    const Weights weights = idf(features);
    for (const bool weighted : {false, true}) {
      std::vector<std::uint64_t> short_ones;
      std::vector<Fingerprint128> long_ones;
      std::vector<std::uint32_t> own;
      for (const auto& document : features) {
        own.clear();
        for (const std::uint64_t feature : document) {
          own.push_back(weighted ? weights.at(feature) : 1);
        }
        short_ones.push_back(simhash_64(document, own));
        long_ones.push_back(simhash_128(document, own));
      }
      const std::string name =
          fmt::format("{} {}", by_words ? "words" : "shingles", weighted ? "tfidf" : "plain");
      report(name + " 64", short_ones, truth, {3, 4, 6, 8});
      report(name + " 128", long_ones, truth, {6, 8, 12, 16});
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: simhash_recall FILE TRUTH\n");
    return 2;
  }
  try {
    run(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "simhash_recall: {}\n", error.what());
    return 1;
  }
}
