// SPDX-License-Identifier: Apache-2.0
//
// XXH3 of inputs from a line to a document and beyond, beside the same function compiled for the
// oldest processor. xxHash chooses its instruction set by itself and cannot be asked for another.
#include "copydesk/kernels/content_hash.h"

#include <benchmark/benchmark.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <vector>

#include "random_sets.h"

namespace {

template <typename Hash>
void hash_inputs(benchmark::State& state, Hash hash, const char* label) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto words = copydesk::RandomValues(1).take((size + 7) / 8 + 64);
  const auto* const bytes = reinterpret_cast<const char*>(words.data());
  std::size_t offset = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(hash(bytes + offset, size));
    offset = (offset + 8) % 512;
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.SetLabel(label);
}

void content_hash_64(benchmark::State& state) {
  hash_inputs(state, copydesk::content_hash_64, "best of xxHash");
}
void content_hash_128(benchmark::State& state) {
  hash_inputs(state, copydesk::content_hash_128, "best of xxHash");
}
void compiled_in_64(benchmark::State& state) {
  hash_inputs(
      state, [](const char* bytes, std::size_t size) { return XXH3_64bits(bytes, size); },
      "SSE2 or what the build allows");
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes")->Arg(20)->Arg(100)->Arg(300)->Arg(3000)->Arg(100'000);
}

BENCHMARK(content_hash_64)->Apply(sizes);
BENCHMARK(content_hash_128)->Apply(sizes);
BENCHMARK(compiled_in_64)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
