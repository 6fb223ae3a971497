// SPDX-License-Identifier: Apache-2.0
//
// Hashes of all windows of a text's tokens, by number of tokens and size of the window; items are
// windows, bytes the hashes of the tokens.
#include "copydesk/kernels/shingle_hash.h"

#include <vector>

#include "per_target.h"
#include "random_sets.h"

namespace {

void hash_shingles(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto size = static_cast<std::size_t>(state.range(1));
  const auto tokens = copydesk::RandomValues(1).take(count);
  std::vector<std::uint64_t> shingles(count - size + 1);
  for (auto _ : state) {
    copydesk::hash_shingles(tokens.data(), count, size, shingles.data());
    benchmark::DoNotOptimize(shingles.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(shingles.size()));
  state.SetBytesProcessed(state.iterations() * state.range(0) * 8);
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::register_per_target("hash_shingles", hash_shingles, [](auto* benchmark) {
    benchmark->ArgNames({"tokens", "size"});
    benchmark->ArgsProduct({{20, 500, 5000}, {5}});
    benchmark->ArgsProduct({{500}, {1, 2, 3, 9, 13}});
  });
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
