// SPDX-License-Identifier: Apache-2.0
//
// The vector step of finding notices, on pieces of 4 KiB; bytes are those of the text.
#include "copydesk/kernels/page_signs.h"

#include <cstdint>
#include <vector>

#include "per_target.h"
#include "random_text.h"

namespace {

void page_signs(benchmark::State& state) {
  const std::string text = copydesk::random_words();
  std::vector<std::uint8_t> stretches(copydesk::kPieceBytes / copydesk::kPageStretch);
  for (auto _ : state) {
    for (std::size_t at = 0; at < text.size(); at += copydesk::kPieceBytes) {
      copydesk::page_signs(text.data() + at, copydesk::kPieceBytes, stretches.data());
      benchmark::DoNotOptimize(stretches.data());
      benchmark::ClobberMemory();
    }
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

}  // namespace

int main(int argc, char** argv) {
  copydesk::register_per_target("page_signs", page_signs, [](auto*) {});
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
