// SPDX-License-Identifier: Apache-2.0
//
// The vector steps of the tokenizer on 4 KiB of text, what the tokenizer hands them at once: bytes
// are those of the text, also where only its mask is read; items of word_bounds are words.
#include "copydesk/kernels/word_mask.h"

#include <string>
#include <vector>

#include "per_target.h"
#include "random_sets.h"

namespace {

constexpr std::size_t kTexts = 64;
constexpr std::size_t kTextBytes = 4096;

// Words of 1 to 10 letters. Many different texts, so that no branch predictor learns them by heart.
std::string make_text() {
  copydesk::RandomValues random(1);
  std::string text;
  while (text.size() < kTexts * kTextBytes) {
    const std::size_t length = 1 + (random.next() % 10 + random.next() % 10) / 2;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('a' + random.next() % 26);
    text += random.next() % 8 == 0 ? ", " : " ";
  }
  text.resize(kTexts * kTextBytes);
  return text;
}

void set_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(kTexts * kTextBytes) * state.iterations());
}

void word_mask(benchmark::State& state) {
  const std::string text = make_text();
  std::vector<char> lower(kTextBytes);
  std::vector<std::uint64_t> mask(copydesk::word_mask_size(kTextBytes));
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += kTextBytes) {
      copydesk::word_mask(text.data() + at, kTextBytes, lower.data(), mask.data());
      benchmark::DoNotOptimize(lower.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
}

void character_masks(benchmark::State& state) {
  const std::string text = make_text();
  std::vector<std::uint64_t> starts(kTextBytes / 64);
  std::vector<std::uint64_t> high(kTextBytes / 64);
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += kTextBytes) {
      copydesk::character_masks(text.data() + at, kTextBytes, starts.data(), high.data());
      benchmark::DoNotOptimize(starts.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
}

void word_bounds(benchmark::State& state) {
  const std::string text = make_text();
  std::string lower(text.size(), ' ');
  std::vector<std::uint64_t> mask(copydesk::word_mask_size(text.size()));
  copydesk::word_mask(text.data(), text.size(), lower.data(), mask.data());
  constexpr std::size_t kWords = kTextBytes / 64;
  std::vector<std::uint16_t> bounds(copydesk::positions_capacity(kWords));
  std::size_t found = 0;
  for (auto _ : state) {
    bool inside = false;
    for (std::size_t word = 0; word < text.size() / 64; word += kWords) {
      found += copydesk::word_bounds(mask.data() + word, kWords, inside, bounds.data());
      benchmark::DoNotOptimize(bounds.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
  state.SetItemsProcessed(static_cast<std::int64_t>(found / 2));
}

}  // namespace

int main(int argc, char** argv) {
  const auto no_sizes = [](auto*) {};
  const auto targets = copydesk::supported_targets_of_wider_kernels();
  copydesk::register_per_target("word_mask", word_mask, no_sizes, targets);
  copydesk::register_per_target("character_masks", character_masks, no_sizes, targets);
  copydesk::register_per_target("word_bounds", word_bounds, no_sizes, targets);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
