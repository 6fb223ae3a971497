// SPDX-License-Identifier: Apache-2.0
//
// All pairs of n fingerprints within a distance: random ones, a quarter of them copies of others
// with up to 8 bits flipped. Items are fingerprints. The counters: comparisons made a fingerprint,
// pairs found, and `naive`, the time of the plain popcount loop over all pairs (its rate measured
// in the same run on 8,192 of them) as a multiple of the join's: processor time of all threads,
// both.
#include "copydesk/lsh/hamming_join.h"

#include <bit>
#include <ctime>
#include <numeric>

#include <benchmark/benchmark.h>

#include "random_sets.h"

namespace {

using copydesk::Fingerprint128;

void flip(std::uint64_t& fingerprint, std::uint64_t bit) {
  fingerprint ^= std::uint64_t{1} << bit % 64;
}
void flip(Fingerprint128& fingerprint, std::uint64_t bit) {
  flip(bit % 128 < 64 ? fingerprint.low : fingerprint.high, bit);
}

void fill(std::uint64_t& fingerprint, copydesk::RandomValues& random) {
  fingerprint = random.next();
}
void fill(Fingerprint128& fingerprint, copydesk::RandomValues& random) {
  fingerprint = {random.next(), random.next()};
}

int distance_of(std::uint64_t x, std::uint64_t y) {
  return std::popcount(x ^ y);
}
int distance_of(const Fingerprint128& x, const Fingerprint128& y) {
  return distance_of(x.low, y.low) + distance_of(x.high, y.high);
}

template <typename Fingerprint>
std::vector<Fingerprint> fingerprints_of(std::size_t count) {
  copydesk::RandomValues random(1);
  std::vector<Fingerprint> fingerprints(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && i % 4 == 0) {
      fingerprints[i] = fingerprints[random.next() % i];
      for (std::uint64_t flips = random.next() % 9; flips > 0; --flips) {
        flip(fingerprints[i], random.next());
      }
    } else {
      fill(fingerprints[i], random);
    }
  }
  return fingerprints;
}

double seconds_since(std::clock_t begin) {
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// Of one comparison in the plain loop.
template <typename Fingerprint>
double naive_seconds(const std::vector<Fingerprint>& fingerprints, int distance) {
  constexpr std::size_t kSample = 8192;
  const std::clock_t begin = std::clock();
  std::size_t found = 0;
  for (std::size_t i = 0; i < kSample; ++i) {
    for (std::size_t j = i + 1; j < kSample; ++j) {
      found += distance_of(fingerprints[i], fingerprints[j]) <= distance ? 1 : 0;
    }
  }
  benchmark::DoNotOptimize(found);
  return seconds_since(begin) / (kSample * (kSample - 1) / 2.0);
}

template <typename Fingerprint>
void join(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto distance = static_cast<std::size_t>(state.range(1));
  const auto threads = static_cast<std::size_t>(state.range(2));
  const auto fingerprints = fingerprints_of<Fingerprint>(count);
  std::vector<std::uint32_t> documents(count);
  std::iota(documents.begin(), documents.end(), 0U);
  const std::vector<std::uint64_t> content_keys(count);
  const copydesk::HammingLimits limits;
  const copydesk::HammingPlan plan =
      copydesk::choose_hamming_plan(sizeof(Fingerprint) * 8, distance, count);
  double seconds = 0.0;
  copydesk::HammingCandidates candidates;
  for (auto _ : state) {
    const std::clock_t begin = std::clock();
    candidates =
        copydesk::join_by_hamming_distance(fingerprints, documents, content_keys, plan, limits,
                                           threads, [](std::size_t, std::size_t) {});
    seconds += seconds_since(begin);
  }
  const auto n = static_cast<double>(count);
  const auto runs = static_cast<double>(state.iterations());
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["tables"] = static_cast<double>(plan.tables.size());
  state.counters["compared"] = static_cast<double>(candidates.statistics.comparisons) / n;
  state.counters["pairs"] = static_cast<double>(candidates.pairs.size());
  state.counters["naive"] = naive_seconds(fingerprints, static_cast<int>(distance)) * n * (n - 1) /
                            2.0 / (seconds / runs);
}

void arguments(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"n", "distance", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const std::int64_t count : {1'000'000, 10'000'000}) {
    for (const std::int64_t distance : {3, 6}) {
      for (const std::int64_t threads : {1, 2}) benchmark->Args({count, distance, threads});
    }
  }
}

BENCHMARK(join<std::uint64_t>)->Apply(arguments);
BENCHMARK(join<Fingerprint128>)->Apply(arguments);

}  // namespace

BENCHMARK_MAIN();
