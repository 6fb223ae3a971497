// SPDX-License-Identifier: Apache-2.0
//
// One sketch of 128 slots against many; items are pairs, bytes those of the rows. 64 rows stay in
// the first-level cache; 2^20 come from memory, in order or listed at random.
#include "copydesk/kernels/slot_agreement.h"

#include "per_target.h"
#include "random_sets.h"

namespace {

constexpr std::size_t kSlots = 128;

template <typename Slot>
std::vector<Slot> random_slots(std::size_t count) {
  copydesk::RandomValues random(1);
  std::vector<Slot> slots(count);
  for (Slot& slot : slots) slot = static_cast<Slot>(random.next());
  return slots;
}

template <typename Slot>
void count_processed(benchmark::State& state, std::size_t pairs) {
  const auto items = state.iterations() * static_cast<std::int64_t>(pairs);
  state.SetItemsProcessed(items);
  state.SetBytesProcessed(items * static_cast<std::int64_t>(kSlots * sizeof(Slot)));
}

template <typename Slot>
void compare_rows(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const auto matrix = random_slots<Slot>(rows * kSlots);
  std::vector<std::uint16_t> counts(rows);
  for (auto _ : state) {
    copydesk::count_equal_slots(std::span(matrix).first(kSlots), matrix.data(), counts);
    benchmark::DoNotOptimize(counts.data());
    benchmark::ClobberMemory();
  }
  count_processed<Slot>(state, rows);
}

template <typename Slot>
void compare_listed(benchmark::State& state) {
  constexpr std::size_t kListed = 4096;
  const auto rows = static_cast<std::size_t>(state.range(0));
  const auto matrix = random_slots<Slot>(rows * kSlots);
  copydesk::RandomValues random(2);
  std::vector<std::uint32_t> indices(64 * kListed);
  for (auto& index : indices) index = static_cast<std::uint32_t>(random.next() % rows);
  std::vector<std::uint16_t> counts(kListed);
  std::size_t at = 0;
  for (auto _ : state) {
    copydesk::count_equal_slots(std::span(matrix).first(kSlots), matrix.data(),
                                std::span(indices).subspan(at, kListed), counts);
    benchmark::DoNotOptimize(counts.data());
    benchmark::ClobberMemory();
    at = (at + kListed) % indices.size();
  }
  count_processed<Slot>(state, kListed);
}

}  // namespace

int main(int argc, char** argv) {
  const auto rows = [](auto* benchmark) { benchmark->ArgName("rows")->Arg(64)->Arg(1 << 20); };
  const auto many_rows = [](auto* benchmark) { benchmark->ArgName("rows")->Arg(1 << 20); };
  copydesk::register_per_target("slots_8", compare_rows<std::uint8_t>, rows);
  copydesk::register_per_target("slots_16", compare_rows<std::uint16_t>, rows);
  copydesk::register_per_target("slots_32", compare_rows<std::uint32_t>, rows);
  copydesk::register_per_target("listed_8", compare_listed<std::uint8_t>, many_rows);
  copydesk::register_per_target("listed_16", compare_listed<std::uint16_t>, many_rows);
  copydesk::register_per_target("listed_32", compare_listed<std::uint32_t>, many_rows);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
