#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How far a mean over documents can be trusted: intervals from resampling the documents, and the
// same for the difference between two systems on the same documents. Seeded, with its own
// generator: the same values give the same figures on every machine.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace copydesk {

struct BootstrapOptions {
  std::size_t resamples = 1000;  // at least 1
  double confidence = 0.95;      // in (0, 1)
  std::uint64_t seed = 1;
};

struct BootstrapInterval {
  double mean = 0;                       // of the values themselves
  double low = 0, middle = 0, high = 0;  // percentiles of the resampled means; middle is the median
};

// `values` is a table in rows of `columns`, one row per document; the columns are measures.
// One interval per column; every column sees the same resamples. All zero without rows.
// Throws Error{kInvalidOption} for options out of range. REQUIRES: values.size() % columns == 0.
// Time: resamples x values.
[[nodiscard]] std::vector<BootstrapInterval> bootstrap_means(std::span<const double> values,
                                                             std::size_t columns,
                                                             const BootstrapOptions& options = {});

struct BootstrapComparison {
  BootstrapInterval difference;  // first minus second
  double share_below_zero = 0;   // of the resamples, [0, 1]: how often the second comes out ahead
  double share_above_zero = 0;   // the rest are exact ties
};

// Paired: a resample takes the same documents from both tables. REQUIRES: tables of equal size.
[[nodiscard]] std::vector<BootstrapComparison> bootstrap_compare(
    std::span<const double> first, std::span<const double> second, std::size_t columns,
    const BootstrapOptions& options = {});

}  // namespace copydesk
