// SPDX-License-Identifier: Apache-2.0
//
// One fingerprint against 4,096 that stay in the cache and 2^22 that do not; items are pairs.
#include "copydesk/kernels/hamming.h"

#include "per_target.h"
#include "random_sets.h"

namespace {

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

void count_processed(benchmark::State& state, std::size_t fingerprint_bytes) {
  const std::int64_t items = state.iterations() * state.range(0);
  state.SetItemsProcessed(items);
  state.SetBytesProcessed(items * static_cast<std::int64_t>(fingerprint_bytes));
}

template <typename Fingerprint>
void distances(benchmark::State& state) {
  const auto many = random_fingerprints<Fingerprint>(static_cast<std::size_t>(state.range(0)));
  std::vector<std::uint8_t> out(many.size());
  for (auto _ : state) {
    copydesk::hamming_distances(many[0], many, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count_processed(state, sizeof(Fingerprint));
}

template <typename Fingerprint>
void within(benchmark::State& state) {
  const auto many = random_fingerprints<Fingerprint>(static_cast<std::size_t>(state.range(0)));
  std::vector<std::uint32_t> out(many.size());
  for (auto _ : state) {
    benchmark::DoNotOptimize(copydesk::find_within_distance(many[0], many, 3, out));
    benchmark::ClobberMemory();
  }
  count_processed(state, sizeof(Fingerprint));
}

}  // namespace

int main(int argc, char** argv) {
  const auto sizes = [](auto* benchmark) { benchmark->ArgName("n")->Arg(4096)->Arg(1 << 22); };
  const auto targets = copydesk::supported_targets_of_wider_kernels();
  copydesk::register_per_target("distances_64", distances<std::uint64_t>, sizes, targets);
  copydesk::register_per_target("distances_128", distances<copydesk::Fingerprint128>, sizes,
                                targets);
  copydesk::register_per_target("within_64", within<std::uint64_t>, sizes, targets);
  copydesk::register_per_target("within_128", within<copydesk::Fingerprint128>, sizes, targets);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
