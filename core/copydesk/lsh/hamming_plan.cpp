// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/hamming_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "copydesk/error.h"

// Manku, Jain, Das Sarma ("Detecting Near-Duplicates for Web Crawling", WWW 2007) cut a fingerprint
// into d + c blocks. At most d of them hold a differing bit, so c blocks agree whole, and a table
// for every choice of c blocks finds every pair. Their tables come to binomial(d + c, c).
//
// Here the fingerprint is first cut into parts with a budget of differing bits each, the budgets
// d_1, ..., d_p with (d_1 + 1) + ... + (d_p + 1) = d + 1. If every part went over its budget there
// would be d + 1 differing bits; so one part keeps within d_i, and tables for every choice of c out
// of its own d_i + c blocks suffice. This is Turan's construction (1941, the fewest edges that meet
// every large set of vertices) for c = 2: for d = 6 one part gives 28 tables with keys of 16 bits,
// two parts 16 tables with 14, three 12 with 12. With a compare of a tenth of a nanosecond fewer
// tables with larger groups often win, against the advice of 2007.
namespace copydesk {

namespace {

constexpr std::size_t kMostTables = 256;
constexpr std::size_t kMostKeyBlocks = 6;

// Putting a fingerprint into its place in a table costs about as much as this many comparisons (20
// ns beside 0.08 with AVX-512 and 0.28 with AVX2), and where keys are too long to be counted,
// sorting the groups as much again. The same for all instruction sets: plans must not depend on the
// machine.
constexpr double kPlacementCost = 160.0;
constexpr std::size_t kCountedBits = 20;

// Adds a table for every choice of `choose` of the blocks.
void add_tables(const std::vector<BitBlock>& blocks, std::size_t choose, HammingPlan& plan) {
  std::vector<bool> chosen(blocks.size());
  std::fill_n(chosen.begin(), choose, true);
  do {
    HammingTable table;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (!chosen[i]) continue;
      table.key.push_back(blocks[i]);
      table.key_bits += blocks[i].width;
    }
    plan.tables.push_back(std::move(table));
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
}

double table_count(std::size_t distance, std::size_t choose) {
  double count = 1.0;
  for (std::size_t i = 1; i <= choose; ++i) {
    count = count * static_cast<double>(distance + i) / static_cast<double>(i);
  }
  return count;
}

// The plan of `parts` parts and keys of `choose` blocks; without tables if it would have too many.
HammingPlan make_plan(std::size_t bits, std::size_t distance, std::size_t parts,
                      std::size_t choose) {
  HammingPlan plan;
  plan.distance = distance;
  std::vector<std::size_t> part_distances(parts);
  double tables = 0.0;
  for (std::size_t part = 0; part < parts; ++part) {
    // The share of d + 1, and one of what is left over.
    part_distances[part] = (distance + 1) / parts + (part < (distance + 1) % parts ? 1 : 0) - 1;
    tables += table_count(part_distances[part], choose);
  }
  const std::size_t all_blocks = distance + 1 - parts + parts * choose;
  if (tables > static_cast<double>(kMostTables) || all_blocks > bits) return plan;

  std::size_t block_number = 0;
  for (const std::size_t part_distance : part_distances) {
    std::vector<BitBlock> blocks(part_distance + choose);
    for (BitBlock& block : blocks) {
      const std::size_t begin = block_number * bits / all_blocks;
      const std::size_t end = ++block_number * bits / all_blocks;
      block = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(end - begin)};
    }
    add_tables(blocks, choose, plan);
  }
  return plan;
}

}  // namespace

std::vector<HammingPlan> hamming_plans(std::size_t bits, std::size_t distance) {
  std::vector<HammingPlan> plans(1);
  plans.front().distance = distance;
  if (distance == 0) return plans;  // equal ones are brought together before any table
  plans.front().tables.resize(1);   // all pairs
  for (std::size_t parts = 1; parts <= distance + 1; ++parts) {
    for (std::size_t choose = 1; choose <= kMostKeyBlocks; ++choose) {
      HammingPlan plan = make_plan(bits, distance, parts, choose);
      // A block is read as a number of at most 32 bits, a key of at most 64.
      const bool readable =
          std::all_of(plan.tables.begin(), plan.tables.end(), [](const HammingTable& table) {
            return table.key_bits <= 64 &&
                   std::all_of(table.key.begin(), table.key.end(),
                               [](const BitBlock& block) { return block.width <= 32; });
          });
      if (!plan.tables.empty() && readable) plans.push_back(std::move(plan));
    }
  }
  return plans;
}

double hamming_cost(const HammingPlan& plan, std::size_t count) {
  const auto n = static_cast<double>(count);
  double cost = 0.0;
  for (const HammingTable& table : plan.tables) {
    const bool counted = table.key_bits <= kCountedBits;
    cost += n * kPlacementCost * (table.key_bits == 0 ? 0.0 : counted ? 1.0 : 2.0);
    cost += n * n / 2.0 * std::exp2(-static_cast<double>(table.key_bits));
  }
  return cost;
}

HammingPlan choose_hamming_plan(std::size_t bits, std::size_t distance, std::size_t count) {
  if (distance > largest_hamming_distance(bits)) {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("must be at most {} with fingerprints of {} bits",
                            largest_hamming_distance(bits), bits),
                "--distance");
  }
  std::vector<HammingPlan> plans = hamming_plans(bits, distance);
  return *std::min_element(plans.begin(), plans.end(),
                           [count](const HammingPlan& x, const HammingPlan& y) {
                             return hamming_cost(x, count) < hamming_cost(y, count);
                           });
}

}  // namespace copydesk
