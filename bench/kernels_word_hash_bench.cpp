// SPDX-License-Identifier: Apache-2.0
//
// Hashes of the words of 4 KiB of text, with each guess at their lengths; items are words. The code
// is scalar and compiled for each instruction set, which makes little difference.
#include "copydesk/kernels/word_hash.h"

#include <vector>

#include "copydesk/kernels/word_mask.h"
#include "per_target.h"
#include "random_text.h"

namespace {

using copydesk::kPieceBytes;
using copydesk::WordLength;

struct Piece {
  const char* text;
  std::vector<std::uint16_t> bounds;
};

// The words of every piece, each piece beginning and ending outside of a word.
std::vector<Piece> pieces_of(const std::string& text) {
  std::vector<Piece> pieces;
  std::vector<char> lower(kPieceBytes);
  std::vector<std::uint64_t> mask(copydesk::word_mask_size(kPieceBytes));
  for (std::size_t at = 0; at < copydesk::kPieces * kPieceBytes; at += kPieceBytes) {
    copydesk::word_mask(text.data() + at, kPieceBytes, lower.data(), mask.data());
    Piece piece{text.data() + at, {}};
    piece.bounds.resize(copydesk::positions_capacity(kPieceBytes / 64));
    bool inside = false;
    std::size_t count =
        copydesk::word_bounds(mask.data(), kPieceBytes / 64, inside, piece.bounds.data());
    if (inside) --count;  // a word that the piece cuts
    piece.bounds.resize(count);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

template <WordLength kLength>
void hash_words(benchmark::State& state) {
  const std::string text = copydesk::random_words() + std::string(copydesk::kWordReach, ' ');
  const std::vector<Piece> pieces = pieces_of(text);
  std::vector<std::uint64_t> hashes(kPieceBytes);
  std::size_t words = 0;
  for (auto _ : state) {
    for (const Piece& piece : pieces) {
      const std::size_t count = piece.bounds.size() / 2;
      copydesk::hash_words(piece.text, piece.bounds.data(), count, kLength, hashes.data());
      benchmark::DoNotOptimize(hashes.data());
      benchmark::ClobberMemory();
      words += count;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(words));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(copydesk::kPieces * kPieceBytes));
}

}  // namespace

int main(int argc, char** argv) {
  const auto no_sizes = [](auto*) {};
  copydesk::register_per_target("mostly_tiny", hash_words<WordLength::kMostlyTiny>, no_sizes);
  copydesk::register_per_target("mostly_short", hash_words<WordLength::kMostlyShort>, no_sizes);
  copydesk::register_per_target("mostly_long", hash_words<WordLength::kMostlyLong>, no_sizes);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
