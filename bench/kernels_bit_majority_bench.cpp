// SPDX-License-Identifier: Apache-2.0
//
// The votes of SimHash by number of features, plain and weighted; items are features.
#include "copydesk/kernels/bit_majority.h"

#include "per_target.h"
#include "random_sets.h"

namespace {

void count_processed(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0) * 8);
}

void plain(benchmark::State& state) {
  const auto words = copydesk::RandomValues(1).take(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(copydesk::bit_majority(words));
  count_processed(state);
}

void weighted(benchmark::State& state) {
  const auto words = copydesk::RandomValues(1).take(static_cast<std::size_t>(state.range(0)));
  std::vector<std::uint32_t> weights(words.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<std::uint32_t>(i % 99);
  for (auto _ : state) benchmark::DoNotOptimize(copydesk::bit_majority(words, weights));
  count_processed(state);
}

}  // namespace

int main(int argc, char** argv) {
  const auto sizes = [](auto* benchmark) {
    benchmark->ArgName("n")->Arg(20)->Arg(100)->Arg(500)->Arg(5000);
  };
  copydesk::register_per_target("bit_majority", plain, sizes);
  copydesk::register_per_target("bit_majority_weighted", weighted, sizes);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
