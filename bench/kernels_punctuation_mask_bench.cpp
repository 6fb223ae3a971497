// SPDX-License-Identifier: Apache-2.0
//
// The vector step of the sentence splitter, on pieces of 4 KiB; bytes are those of the text.
#include "copydesk/kernels/punctuation_mask.h"

#include <vector>

#include "per_target.h"
#include "random_text.h"

namespace {

void punctuation_mask(benchmark::State& state) {
  const std::string text = copydesk::random_words();
  std::vector<copydesk::PunctuationMask> masks(copydesk::kPieceBytes / 64);
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += copydesk::kPieceBytes) {
      copydesk::punctuation_mask(text.data() + at, copydesk::kPieceBytes, masks.data());
      benchmark::DoNotOptimize(masks.data());
      benchmark::ClobberMemory();
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::register_per_target("punctuation_mask", punctuation_mask, [](auto*) {});
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
