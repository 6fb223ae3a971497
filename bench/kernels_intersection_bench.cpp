// SPDX-License-Identifier: Apache-2.0
//
// Intersection of two sets of which half is common, beside std::set_intersection; items are the
// elements of both. The kernel is plain C++ and the same on every instruction set.
#include "copydesk/kernels/intersection.h"

#include <algorithm>
#include <vector>

#include <benchmark/benchmark.h>

#include "random_sets.h"

namespace {

using Set = std::vector<std::uint64_t>;

// Many pairs, so that branch predictors cannot learn one by heart.
struct Pairs {
  std::vector<Set> a, b;

  explicit Pairs(const benchmark::State& state) {
    const auto a_size = static_cast<std::size_t>(state.range(0));
    const auto b_size = static_cast<std::size_t>(state.range(1));
    copydesk::RandomValues random(1);
    for (std::size_t i = 0; i < std::max<std::size_t>(2, 100'000 / (a_size + b_size)); ++i) {
      a.push_back(random.take(a_size));
      b.push_back(random.take(b_size));
      std::copy_n(a.back().begin(), std::min(a_size, b_size) / 2, b.back().begin());
      std::sort(a.back().begin(), a.back().end());
      std::sort(b.back().begin(), b.back().end());
    }
  }
};

void count_processed(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * (state.range(0) + state.range(1)));
  state.SetBytesProcessed(state.iterations() * (state.range(0) + state.range(1)) * 8);
  state.SetLabel("all instruction sets");
}

void kernel(benchmark::State& state) {
  const Pairs pairs(state);
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(copydesk::intersection_size(pairs.a[at], pairs.b[at]));
    at = (at + 1) % pairs.a.size();
  }
  count_processed(state);
}

void standard_library(benchmark::State& state) {
  const Pairs pairs(state);
  Set common(pairs.a[0].size());
  std::size_t at = 0;
  for (auto _ : state) {
    const Set &a = pairs.a[at], &b = pairs.b[at];
    benchmark::DoNotOptimize(
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), common.begin()));
    at = (at + 1) % pairs.a.size();
  }
  count_processed(state);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"a", "b"});
  for (const auto& [a, b] : {std::pair{20, 20},
                             {100, 100},
                             {500, 500},
                             {500, 1000},
                             {5000, 5000},
                             {500, 7000},
                             {500, 9000},
                             {50, 5000}}) {
    benchmark->Args({a, b});
  }
}

BENCHMARK(kernel)->Apply(sizes);
BENCHMARK(standard_library)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
