// SPDX-License-Identifier: Apache-2.0
//
// Time of a Fast Similarity Sketch by number of elements; items are elements, bytes their hashes.
#include "copydesk/kernels/fast_similarity_sketch.h"
#include "per_target.h"
#include "random_sets.h"

namespace {

constexpr std::size_t kElementsInAll = 400'000;

// Walks through many sets of the size, as over the documents of a corpus: on one set alone the
// branch predictor would learn the sketch by heart.
void sketch_sets(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto elements = copydesk::RandomValues(1).take(kElementsInAll);
  std::vector<std::uint32_t> slots(static_cast<std::size_t>(state.range(1)));
  std::size_t at = 0;
  for (auto _ : state) {
    if (at + size > elements.size()) at = 0;
    copydesk::fast_similarity_sketch(std::span(elements).subspan(at, size), 0, slots);
    benchmark::DoNotOptimize(slots.data());
    benchmark::ClobberMemory();
    at += size;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0) * 8);
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::register_per_target("fast_similarity_sketch", sketch_sets, [](auto* benchmark) {
    benchmark->ArgNames({"n", "k"});
    benchmark->ArgsProduct({{1, 20, 50, 200, 500, 1000, 5000, 50000}, {128}});
    benchmark->ArgsProduct({{20, 500, 5000}, {256, 1024}});
  });
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
