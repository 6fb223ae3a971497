#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a search for near-duplicates by SimHash can be told. The defaults are those of Manku, Jain
// and Das Sarma (WWW 2007): fingerprints of 64 bits, of which 3 may differ. docs/simhash.md says
// what each choice finds and costs.

#include <cstddef>
#include <cstdint>

namespace copydesk {

// How pairs that may be similar are found.
enum class CandidateMethod {
  kMinHash,  // bands of a sketch: finds pairs by Jaccard similarity, with a known recall
  kSimHash,  // fingerprints in few bits: less memory and time, no promise for a Jaccard similarity
};

enum class SimHashFeatures { kWords, kShingles };
enum class SimHashWeights {
  kPlain,  // every feature counts as often as it occurs
  kTfIdf,  // times how rare it is in the corpus, which takes a pass of its own
};

struct SimHashOptions {
  SimHashFeatures features = SimHashFeatures::kWords;
  SimHashWeights weights = SimHashWeights::kPlain;  // kTfIdf needs kWords
  std::size_t bits = 64;                            // 64 or 128
  std::size_t distance = 3;                         // bits that may differ, in [0, bits / 8]

  // A fingerprint in words of 64 bits.
  [[nodiscard]] std::size_t words() const { return bits / 64; }
};

}  // namespace copydesk
