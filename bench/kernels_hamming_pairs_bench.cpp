// SPDX-License-Identifier: Apache-2.0
//
// All pairs of n fingerprints, by distance at most 3; items are pairs. `population_count` is the
// plain loop.
#include "copydesk/kernels/hamming_pairs.h"

#include <bit>

#include "per_target.h"
#include "random_sets.h"

namespace {

std::size_t distance_of(std::uint64_t x, std::uint64_t y) {
  return static_cast<std::size_t>(std::popcount(x ^ y));
}
std::size_t distance_of(const copydesk::Fingerprint128& x, const copydesk::Fingerprint128& y) {
  return distance_of(x.low, y.low) + distance_of(x.high, y.high);
}

template <typename Fingerprint>
std::vector<Fingerprint> random_fingerprints(std::size_t count) {
  copydesk::RandomValues random(1);
  std::vector<Fingerprint> fingerprints(count);
  for (Fingerprint& fingerprint : fingerprints) {
    if constexpr (sizeof(Fingerprint) == 8) {
      fingerprint = random.next();
    } else {
      fingerprint = {random.next(), random.next()};
    }
  }
  return fingerprints;
}

void count_pairs(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * state.range(0) * (state.range(0) - 1) / 2);
}

template <typename Fingerprint>
void tile(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto many = random_fingerprints<Fingerprint>(count + 32);
  std::vector<copydesk::IndexPair> pairs;
  for (auto _ : state) {
    pairs.clear();
    copydesk::append_pairs_within_distance(many, {0, count, count}, 3, pairs);
    benchmark::DoNotOptimize(pairs.data());
    benchmark::ClobberMemory();
  }
  count_pairs(state);
}

template <typename Fingerprint>
void population_count(benchmark::State& state) {
  const auto many = random_fingerprints<Fingerprint>(static_cast<std::size_t>(state.range(0)));
  std::vector<copydesk::IndexPair> pairs;
  for (auto _ : state) {
    pairs.clear();
    for (std::uint32_t i = 0; i < many.size(); ++i) {
      for (std::uint32_t j = i + 1; j < many.size(); ++j) {
        if (distance_of(many[i], many[j]) <= 3) pairs.push_back({i, j});
      }
    }
    benchmark::DoNotOptimize(pairs.data());
    benchmark::ClobberMemory();
  }
  count_pairs(state);
}

}  // namespace

int main(int argc, char** argv) {
  using copydesk::Fingerprint128;
  const auto sizes = [](auto* benchmark) { benchmark->ArgName("n")->Arg(16)->Arg(150)->Arg(4096); };
  const auto targets = copydesk::supported_targets_of_wider_kernels();
  copydesk::register_per_target("pairs_64", tile<std::uint64_t>, sizes, targets);
  copydesk::register_per_target("pairs_128", tile<Fingerprint128>, sizes, targets);
  sizes(benchmark::RegisterBenchmark("population_count_64", population_count<std::uint64_t>));
  sizes(benchmark::RegisterBenchmark("population_count_128", population_count<Fingerprint128>));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
