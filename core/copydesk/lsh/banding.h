#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Banded locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman, Ullman, "Mining of Massive
// Datasets", 3.4): a sketch is cut into bands of rows, and two documents become candidates when
// they agree in all rows of at least one band.

#include <cstddef>

namespace copydesk {

struct Banding {
  std::size_t bands = 0;
  std::size_t rows = 0;
  friend bool operator==(const Banding&, const Banding&) = default;
};

// The S-curve: the probability that two documents of the given Jaccard similarity become
// candidates, 1 - (1 - jaccard^rows)^bands.
[[nodiscard]] double candidate_probability(const Banding& banding, double jaccard);

// The cheapest banding that makes a pair at exactly `threshold` a candidate with probability at
// least `recall`: the most rows (fewest false candidates) that `slots` slots allow, then the fewest
// bands. Pairs above the threshold are found more often.
// Throws Error{kInvalidOption} for values outside (0, 1], and when `slots` slots cannot give the
// recall asked for (the message says how many would).
[[nodiscard]] Banding choose_banding(double threshold, double recall, std::size_t slots);

}  // namespace copydesk
