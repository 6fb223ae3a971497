#include "copydesk/lsh/banding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "copydesk/error.h"

namespace copydesk {

namespace {

// The fewest bands of `rows` rows that reach `recall`; the floor keeps a threshold of 1 at one
// band. Not an integer: with many rows the number is far beyond any, or infinite.
double bands_needed(double threshold, double recall, std::size_t rows) {
  const double band_probability = std::pow(threshold, static_cast<double>(rows));
  if (band_probability >= 1.0) return 1.0;
  const double bands = std::log1p(-recall) / std::log1p(-band_probability);
  return std::max(1.0, std::ceil(bands - 1e-9));
}

}  // namespace

double candidate_probability(const Banding& banding, double jaccard) {
  const double band = std::pow(jaccard, static_cast<double>(banding.rows));
  return 1.0 - std::pow(1.0 - band, static_cast<double>(banding.bands));
}

Banding choose_banding(double threshold, double recall, std::size_t slots) {
  if (!(threshold > 0.0 && threshold <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "the threshold must be above 0 and at most 1",
                "--threshold");
  }
  if (!(recall > 0.0 && recall < 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "the recall must lie between 0 and 1, both excluded",
                "--recall");
  }
  Banding best;
  for (std::size_t rows = 1; rows <= slots; ++rows) {
    const double bands = bands_needed(threshold, recall, rows);
    if (bands * static_cast<double>(rows) > static_cast<double>(slots)) continue;
    best = {static_cast<std::size_t>(bands), rows};
  }
  if (best.rows == 0) {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("threshold {} with recall {} needs sketches of at least {} slots",
                            threshold, recall, bands_needed(threshold, recall, 1)),
                "--slots");
  }
  return best;
}

}  // namespace copydesk
