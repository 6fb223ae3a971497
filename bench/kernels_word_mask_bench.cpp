// SPDX-License-Identifier: Apache-2.0
//
// The vector steps of the tokenizer on 4 KiB of text, what the tokenizer hands them at once: bytes
// are those of the text, also where only its mask is read; items of word_bounds are words.
#include "copydesk/kernels/word_mask.h"

#include <string>
#include <vector>

#include "per_target.h"
#include "random_text.h"

namespace {

using copydesk::kPieceBytes;

void set_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(copydesk::kPieces * kPieceBytes) *
                          state.iterations());
}

void word_mask(benchmark::State& state) {
  const std::string text = copydesk::random_words();
  std::vector<char> lower(kPieceBytes);
  std::vector<std::uint64_t> mask(copydesk::word_mask_size(kPieceBytes));
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += kPieceBytes) {
      copydesk::word_mask(text.data() + at, kPieceBytes, lower.data(), mask.data());
      benchmark::DoNotOptimize(lower.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
}

void ascii_word_mask(benchmark::State& state) {
  const std::string text = copydesk::random_words();
  std::vector<char> lower(kPieceBytes);
  std::vector<std::uint64_t> mask(copydesk::word_mask_size(kPieceBytes));
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += kPieceBytes) {
      benchmark::DoNotOptimize(
          copydesk::ascii_word_mask(text.data() + at, kPieceBytes, lower.data(), mask.data()));
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
}

void character_masks(benchmark::State& state) {
  const std::string text = copydesk::random_cyrillic();
  std::vector<std::uint64_t> starts(kPieceBytes / 64);
  std::vector<std::uint64_t> high(kPieceBytes / 64);
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += kPieceBytes) {
      copydesk::character_masks(text.data() + at, kPieceBytes, starts.data(), high.data());
      benchmark::DoNotOptimize(starts.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
}

void character_codes(benchmark::State& state) {
  const std::string text = copydesk::random_cyrillic();
  std::vector<std::uint16_t> codes(copydesk::codes_capacity(kPieceBytes));
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += kPieceBytes) {
      copydesk::character_codes(text.data() + at, kPieceBytes, kPieceBytes, codes.data());
      benchmark::DoNotOptimize(codes.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
}

// Of the first bytes of characters, what the folding of letters asks for.
void bit_positions(benchmark::State& state) {
  const std::string text = copydesk::random_cyrillic();
  constexpr std::size_t kWords = kPieceBytes / 64;
  std::vector<std::uint64_t> starts(text.size() / 64);
  std::vector<std::uint64_t> high(text.size() / 64);
  copydesk::character_masks(text.data(), text.size(), starts.data(), high.data());
  std::vector<std::uint16_t> positions(copydesk::positions_capacity(kWords));
  std::size_t found = 0;
  for (auto _ : state) {
    for (std::size_t word = 0; word < starts.size(); word += kWords) {
      found += copydesk::bit_positions(starts.data() + word, kWords, positions.data());
      benchmark::DoNotOptimize(positions.data());
      benchmark::ClobberMemory();
    }
  }
  set_bytes(state);
  state.SetItemsProcessed(static_cast<std::int64_t>(found));
}

void word_bounds(benchmark::State& state) {
  const std::string text = copydesk::random_words();
  std::string lower(text.size(), ' ');
  std::vector<std::uint64_t> mask(copydesk::word_mask_size(text.size()));
  copydesk::word_mask(text.data(), text.size(), lower.data(), mask.data());
  constexpr std::size_t kWords = kPieceBytes / 64;
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
  copydesk::register_per_target("ascii_word_mask", ascii_word_mask, no_sizes, targets);
  copydesk::register_per_target("character_masks", character_masks, no_sizes, targets);
  copydesk::register_per_target("character_codes", character_codes, no_sizes, targets);
  copydesk::register_per_target("bit_positions", bit_positions, no_sizes, targets);
  copydesk::register_per_target("word_bounds", word_bounds, no_sizes, targets);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
