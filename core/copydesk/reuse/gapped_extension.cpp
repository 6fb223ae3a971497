// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/gapped_extension.h"

#include <algorithm>
#include <limits>

namespace copydesk {

namespace {

constexpr std::int32_t kImpossible = std::numeric_limits<std::int32_t>::min() / 2;

// Adds one equal token in front of the run added last, or as a run of its own.
void add_equal(std::size_t a, std::size_t b, std::size_t first, std::vector<SharedRun>& runs) {
  if (runs.size() > first && runs.back().begin_a == a + 1 && runs.back().begin_b == b + 1) {
    runs.back() = {a, b, runs.back().length + 1};
  } else {
    runs.push_back({a, b, 1});
  }
}

}  // namespace

// X-drop (Zhang, Schwartz, Wagner & Miller 2000) within a band around the diagonal. Row i holds the
// scores for i tokens of a; its column c stands for i + c - kBand tokens of b.
Extension GappedExtender::extend(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                                 std::int32_t drop, std::vector<SharedRun>& runs) {
  constexpr std::size_t kColumns = 2 * kBand + 1;
  const std::size_t first_run = runs.size();
  row_.assign(kColumns, kImpossible);
  steps_.assign(kColumns, Step::kNone);
  std::int32_t best = 0;
  Extension end;
  for (std::size_t c = kBand; c < kColumns && c - kBand <= b.size(); ++c) {
    const auto score = -static_cast<std::int32_t>(c - kBand);
    if (score < -drop) break;
    row_[c] = score;
    if (c > kBand) steps_[c] = Step::kOnlyB;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next_row_.assign(kColumns, kImpossible);
    steps_.resize((i + 1) * kColumns, Step::kNone);
    Step* const steps = steps_.data() + i * kColumns;
    bool is_alive = false;
    for (std::size_t c = 0; c < kColumns; ++c) {
      if (i + c < kBand) continue;
      const std::size_t j = i + c - kBand;
      if (j > b.size()) break;
      std::int32_t score = kImpossible;
      Step step = Step::kNone;
      if (j > 0 && row_[c] > kImpossible) {
        const bool is_equal = a[i - 1] == b[j - 1];
        score = row_[c] + (is_equal ? 1 : -1);
        step = is_equal ? Step::kEqual : Step::kReplaced;
      }
      if (c + 1 < kColumns && row_[c + 1] > kImpossible && row_[c + 1] - 1 > score) {
        score = row_[c + 1] - 1;
        step = Step::kOnlyA;
      }
      if (c > 0 && j > 0 && next_row_[c - 1] > kImpossible && next_row_[c - 1] - 1 > score) {
        score = next_row_[c - 1] - 1;
        step = Step::kOnlyB;
      }
      if (step == Step::kNone || score < best - drop) continue;
      next_row_[c] = score;
      steps[c] = step;
      is_alive = true;
      if (score > best) {
        best = score;
        end = {i, j, false};
      }
    }
    row_.swap(next_row_);
    if (!is_alive) {
      end.is_final = i + kBand <= b.size();
      break;
    }
  }

  for (std::size_t i = end.length_a, j = end.length_b; i > 0 || j > 0;) {
    switch (steps_[i * kColumns + (j + kBand - i)]) {
      case Step::kEqual:
        add_equal(--i, --j, first_run, runs);
        break;
      case Step::kReplaced:
        --i, --j;
        break;
      case Step::kOnlyA:
        --i;
        break;
      case Step::kOnlyB:
      case Step::kNone:
        --j;
        break;
    }
  }
  return end;
}

void GappedExtender::fill(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                          std::vector<SharedRun>& runs) {
  if (a.empty() || b.empty()) return;
  const std::size_t first_run = runs.size();
  const std::size_t columns = b.size() + 1;
  row_.assign((a.size() + 1) * columns, 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row_[i * columns + j] =
          a[i - 1] == b[j - 1] ? row_[(i - 1) * columns + j - 1] + 1
                               : std::max(row_[(i - 1) * columns + j], row_[i * columns + j - 1]);
    }
  }
  for (std::size_t i = a.size(), j = b.size(); i > 0 && j > 0;) {
    if (a[i - 1] == b[j - 1]) {
      add_equal(--i, --j, first_run, runs);
    } else if (row_[(i - 1) * columns + j] >= row_[i * columns + j - 1]) {
      --i;
    } else {
      --j;
    }
  }
}

}  // namespace copydesk
