// SPDX-License-Identifier: Apache-2.0
//
// The two costs of reuse search that grow with the corpus: comparing a pair, and joining
// fingerprints.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/reuse/passage_aligner.h"

namespace copydesk {
namespace {

using Tokens = std::vector<std::uint32_t>;

Tokens random_tokens(std::mt19937& random, std::size_t size) {
  Tokens tokens(size);
  for (std::uint32_t& token : tokens) token = static_cast<std::uint32_t>(random() % 30'000);
  return tokens;
}

// An article of range(0) tokens and its copy, in which range(1) % of the tokens are replaced.
void align_edited_copy(benchmark::State& state) {
  std::mt19937 random(1);
  const Tokens article = random_tokens(random, static_cast<std::size_t>(state.range(0)));
  Tokens copy = article;
  for (std::uint32_t& token : copy) {
    if (random() % 100 < static_cast<std::uint32_t>(state.range(1)))
      token = static_cast<std::uint32_t>(random() % 30'000);
  }
  PassageAligner aligner({});
  for (auto _ : state) {
    aligner.prepare(article);
    benchmark::DoNotOptimize(aligner.align(copy));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(align_edited_copy)->Args({300, 0})->Args({300, 10})->Args({300, 20})->Args({3000, 10});

// Fingerprints of range(0) articles of 350 tokens, every fourth a copy of one before, to pairs.
void join_fingerprints_of_articles(benchmark::State& state) {
  std::mt19937 random(2);
  std::vector<Tokens> articles;
  std::vector<JoinEntry> entries;
  std::vector<std::uint64_t> fingerprints;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(state.range(0)); ++i) {
    articles.push_back(i % 4 == 3 ? articles[random() % articles.size()]
                                  : random_tokens(random, 350));
    make_fingerprints(articles.back(), fingerprints);
    for (const std::uint64_t fingerprint : fingerprints) {
      entries.push_back(fingerprint_entry(fingerprint, i));
    }
  }
  std::vector<JoinEntry> sorted;
  for (auto _ : state) {
    sorted = entries;
    std::sort(sorted.begin(), sorted.end());
    FingerprintPairs found;
    pair_fingerprints(sorted, {}, found);
    std::sort(found.pairs.begin(), found.pairs.end());
    std::vector<ReuseCandidate> candidates;
    weigh_pairs(found.pairs, {}, candidates);
    benchmark::DoNotOptimize(candidates);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries.size()));
}
BENCHMARK(join_fingerprints_of_articles)->Arg(1000)->Arg(10'000);

}  // namespace
}  // namespace copydesk

BENCHMARK_MAIN();
