// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/gapped_extension.h"

#include <algorithm>
#include <array>
#include <bit>
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

// Whether the score falls `drop` below zero before it was ever above, whatever way is taken: what
// nearly all chance matches come to. No way to i tokens of a and j of b has more than their longest
// common subsequence in equal tokens, and it has max(i, j) tokens at least; so with n = max(i, j)
// the score is at most twice the longest of n and n tokens, less n. It is counted for all lengths
// of b at once in the bits of a word (Hyyro 2004). False also means: not known within the first
// tokens.
bool GappedExtender::leads_nowhere(std::span<const std::uint32_t> a,
                                   std::span<const std::uint32_t> b, std::int32_t drop) {
  constexpr std::size_t kLook = 24;
  const std::size_t columns = std::min(b.size(), kLook);
  const auto place_of = [&](std::uint32_t token) -> std::uint32_t& {
    return places_[token % places_.size()];
  };
  for (std::size_t j = 0; j < columns; ++j) place_of(b[j]) |= std::uint32_t{1} << j;
  bool is_dead = false;
  std::uint32_t others = ~std::uint32_t{0};  // a zero where a longer subsequence begins to be had
  for (std::size_t n = 1; n <= kLook; ++n) {
    if (n <= a.size()) {
      std::uint32_t equal = 0;
      for (std::uint32_t left = place_of(a[n - 1]); left != 0; left &= left - 1) {
        const auto j = static_cast<unsigned>(std::countr_zero(left));
        if (b[j] == a[n - 1]) equal |= std::uint32_t{1} << j;
      }
      others = (others + (others & equal)) | (others & ~equal);
    }
    const std::size_t width = std::min(n, columns);
    const std::uint32_t upto_n = (std::uint32_t{1} << width) - 1;
    const auto longest = static_cast<std::int32_t>(width) - std::popcount(others & upto_n);
    const std::int32_t most = 2 * longest - static_cast<std::int32_t>(n);
    if (most > 0) break;
    is_dead = most < -drop || n >= std::max(a.size(), b.size());
    if (is_dead) break;
  }
  for (std::size_t j = 0; j < columns; ++j) place_of(b[j]) = 0;
  return is_dead;
}

// X-drop (Zhang, Schwartz, Wagner & Miller 2000) within a band around the diagonal. Row i holds the
// scores for i tokens of a; its column c stands for i + c - kBand tokens of b. Only the columns
// that a living one of the row before leads to are looked at. Steps are written for living cells
// and read for those alone.
Extension GappedExtender::extend(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                                 std::int32_t drop, std::vector<SharedRun>& runs) {
  constexpr std::size_t kColumns = 2 * kBand + 1;
  using Row = std::array<std::int32_t, kColumns + 2>;  // with one on either side that is never alive
  if (leads_nowhere(a, b, drop)) return {0, 0, true};
  const std::size_t first_run = runs.size();
  Row row;
  Row next;
  row.fill(kImpossible);
  if (steps_.size() < (a.size() + 1) * kColumns) steps_.resize((a.size() + 1) * kColumns);
  std::int32_t best = 0;
  Extension end;
  // The living columns of the row.
  std::size_t low = kBand;
  std::size_t high = kBand;
  for (std::size_t c = kBand; c < kColumns && c - kBand <= b.size(); ++c) {
    const auto score = -static_cast<std::int32_t>(c - kBand);
    if (score < -drop) break;
    row[c + 1] = score;
    steps_[c] = c > kBand ? Step::kOnlyB : Step::kNone;
    high = c;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next.fill(kImpossible);
    Step* const steps = steps_.data() + i * kColumns;
    const std::size_t from = std::max(low > 0 ? low - 1 : 0, i < kBand ? kBand - i : 0);
    std::size_t new_low = kColumns;
    std::size_t new_high = 0;
    for (std::size_t c = from; c < kColumns; ++c) {
      const std::size_t j = i + c - kBand;
      if (j > b.size() || (c > high && next[c] == kImpossible)) break;
      std::int32_t score = kImpossible;
      Step step = Step::kNone;
      if (j > 0 && row[c + 1] > kImpossible) {
        const bool is_equal = a[i - 1] == b[j - 1];
        score = row[c + 1] + (is_equal ? 1 : -1);
        step = is_equal ? Step::kEqual : Step::kReplaced;
      }
      if (row[c + 2] > kImpossible && row[c + 2] - 1 > score) {
        score = row[c + 2] - 1;
        step = Step::kOnlyA;
      }
      if (j > 0 && next[c] > kImpossible && next[c] - 1 > score) {
        score = next[c] - 1;
        step = Step::kOnlyB;
      }
      if (step == Step::kNone || score < best - drop) continue;
      next[c + 1] = score;
      steps[c] = step;
      new_low = std::min(new_low, c);
      new_high = c;
      if (score > best) {
        best = score;
        end = {i, j, false};
      }
    }
    row = next;
    low = new_low;
    high = new_high;
    if (new_low == kColumns) {
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
