// SPDX-License-Identifier: Apache-2.0
//
// Time of a classic MinHash sketch by number of elements; items are elements, bytes their hashes.
#include "copydesk/kernels/minhash_update.h"

#include <algorithm>

#include "per_target.h"
#include "random_sets.h"

namespace {

void sketch_sets(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto k = static_cast<std::size_t>(state.range(1));
  copydesk::RandomValues random(1);
  const auto elements = random.take(std::max<std::size_t>(size, 100'000));
  std::vector<std::uint32_t> masks(k), multipliers(k), slots(k);
  for (auto& mask : masks) mask = static_cast<std::uint32_t>(random.next());
  for (auto& multiplier : multipliers) multiplier = static_cast<std::uint32_t>(random.next()) | 1;
  std::size_t at = 0;
  for (auto _ : state) {
    if (at + size > elements.size()) at = 0;
    std::fill(slots.begin(), slots.end(), 0xFFFFFFFF);
    copydesk::minhash_update(std::span(elements).subspan(at, size), {masks, multipliers}, slots);
    benchmark::DoNotOptimize(slots.data());
    benchmark::ClobberMemory();
    at += size;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0) * 8);
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::register_per_target("minhash_update", sketch_sets, [](auto* benchmark) {
    benchmark->ArgNames({"n", "k"});
    benchmark->ArgsProduct({{1, 20, 50, 200, 500, 1000, 5000, 50000}, {128}});
    benchmark->ArgsProduct({{500}, {256, 1024}});
  });
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
