// SPDX-License-Identifier: Apache-2.0
#include "copydesk/sketch/sketcher.h"

#include <cmath>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "only_target.h"
#include "random_sets.h"

namespace copydesk {
namespace {

// Sanitized builds do a fifth of the trials, with the tolerances that go with them.
#ifdef NDEBUG
constexpr std::size_t kEffort = 5;
#else
constexpr std::size_t kEffort = 1;
#endif

constexpr SketchKind kKinds[] = {SketchKind::kFastSimilarity, SketchKind::kMinHash};
constexpr std::size_t kSetSizes[] = {1, 2, 5, 20, 50, 200, 1000, 5000};

const char* name_of(SketchKind kind) {
  return kind == SketchKind::kMinHash ? "minhash" : "fast_similarity";
}

std::vector<std::uint32_t> sketch_of(std::span<const std::uint64_t> shingles,
                                     const SketchOptions& options) {
  std::vector<std::uint32_t> slots(options.slots);
  Sketcher(options).sketch(shingles, slots);
  return slots;
}

double agreement(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) equal += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(a.size());
}

struct ErrorOfEstimate {
  double bias = 0.0;
  double rmse = 0.0;
  double theory = 0.0;          // RMSE of k independent slots, sqrt(J (1 - J) / k)
  double standard_error = 0.0;  // of the bias
};

// Pairs of sets of `size` elements that share `shared` of them.
ErrorOfEstimate measure(SketchKind kind, std::size_t size, std::size_t shared, std::size_t trials) {
  const SketchOptions options{.kind = kind, .slots = 128, .seed = size};
  Sketcher sketcher(options);
  RandomValues random(size * 1000 + shared);
  std::vector<std::uint32_t> a(options.slots), b(options.slots);
  const double jaccard = static_cast<double>(shared) / static_cast<double>(2 * size - shared);
  double sum = 0.0, sum_of_squares = 0.0;
  for (std::size_t t = 0; t < trials; ++t) {
    const auto both = random.take(2 * size - shared);
    sketcher.sketch(std::span(both).first(size), a);
    sketcher.sketch(std::span(both).last(size), b);
    const double error = agreement(a, b) - jaccard;
    sum += error;
    sum_of_squares += error * error;
  }
  const auto n = static_cast<double>(trials);
  ErrorOfEstimate result;
  result.bias = sum / n;
  result.rmse = std::sqrt(sum_of_squares / n);
  result.theory = std::sqrt(jaccard * (1.0 - jaccard) / static_cast<double>(options.slots));
  result.standard_error = result.rmse / std::sqrt(n);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sketcher)

BOOST_AUTO_TEST_CASE(refuses_options_out_of_range) {
  for (const SketchKind kind : kKinds) {
    for (const std::size_t slots : {0, 8, 15, 17, 100, 1025, 1032}) {
      BOOST_CHECK_EXCEPTION(
          Sketcher({.kind = kind, .slots = slots}), Error,
          [](const Error& error) { return error.code() == ErrorCode::kInvalidOption; });
    }
    for (const std::size_t slots : {16, 24, 104, 1024}) Sketcher({.kind = kind, .slots = slots});
  }
}

BOOST_AUTO_TEST_CASE(an_empty_set_gives_empty_slots_and_no_other_set_does) {
  for (const SketchKind kind : kKinds) {
    const SketchOptions options{.kind = kind};
    BOOST_TEST(sketch_of({}, options) == std::vector<std::uint32_t>(128, 0xFFFFFFFF));
    for (std::uint64_t shingle = 0; shingle < 100; ++shingle) {
      const std::vector<std::uint32_t> slots = sketch_of({{shingle}}, options);
      BOOST_TEST(std::count(slots.begin(), slots.end(), 0xFFFFFFFF) == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(order_repeats_and_earlier_calls_do_not_matter) {
  for (const SketchKind kind : kKinds) {
    const SketchOptions options{.kind = kind, .seed = 3};
    Sketcher sketcher(options);
    for (const std::size_t size : kSetSizes) {
      const auto set = RandomValues(size).take(size);
      auto bag = set;
      bag.insert(bag.end(), set.rbegin(), set.rend());
      std::vector<std::uint32_t> slots(options.slots);
      sketcher.sketch(bag, slots);
      BOOST_TEST(slots == sketch_of(set, options));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_sketch_of_a_union_is_the_minimum) {
  for (const SketchKind kind : kKinds) {
    for (const std::size_t size : kSetSizes) {
      const SketchOptions options{.kind = kind, .slots = 72, .seed = size};
      const auto both = RandomValues(size + 9).take(3 * size);
      const std::span all(both);
      auto smaller = sketch_of(all.first(2 * size), options);
      const auto other = sketch_of(all.last(2 * size), options);
      for (std::size_t i = 0; i < smaller.size(); ++i) smaller[i] = std::min(smaller[i], other[i]);
      BOOST_TEST(sketch_of(all, options) == smaller);
    }
  }
}

// 5,000 pairs (500 of the larger sets) of each size and similarity. Bias within 4 standard errors.
// A measured RMSE of n pairs has a standard error of 1 / sqrt(2 n), 1 % or 3.2 %: MinHash within 4
// of them around theory. The fast similarity sketch is at most 1.03 times theory, and at most .74
// for sets of up to 50, where its slots are filled without replacement (theory: .71).
BOOST_AUTO_TEST_CASE(agreement_estimates_jaccard_as_well_as_theory_says) {
  for (const SketchKind kind : kKinds) {
    for (const std::size_t size : kSetSizes) {
      double total_ratio = 0.0;
      int ratios = 0;
      for (const double jaccard : {.2, .5, .7, .8, .9}) {
        const auto shared = static_cast<std::size_t>(
            std::lround(2.0 * static_cast<double>(size) * jaccard / (1.0 + jaccard)));
        const std::size_t trials = kEffort * (size >= 1000 ? 100 : 1000);
        const ErrorOfEstimate error = measure(kind, size, shared, trials);
        BOOST_TEST_CONTEXT(name_of(kind)
                           << " size " << size << " shared " << shared << " bias " << error.bias
                           << " rmse " << error.rmse << " theory " << error.theory) {
          if (shared == 0 || shared == size) {
            BOOST_TEST(error.rmse == 0.0);
            continue;
          }
          BOOST_TEST(std::abs(error.bias) <= 4.0 * error.standard_error);
          const double ratio = error.rmse / error.theory;
          const double tolerance = 4.0 / std::sqrt(2.0 * static_cast<double>(trials));
          total_ratio += ratio;
          ++ratios;
          if (kind == SketchKind::kMinHash) {
            BOOST_TEST(std::abs(ratio - 1.0) <= tolerance);
          } else {
            BOOST_TEST(ratio <= (size <= 50 ? 0.7072 : 1.0) * (1.0 + tolerance));
          }
        }
      }
      if (ratios != 0 && kind == SketchKind::kFastSimilarity && kEffort > 1) {
        BOOST_TEST_CONTEXT("size " << size) {
          BOOST_TEST(total_ratio / ratios <= 1.03);
        }
      }
    }
  }
}

// The mean estimate of many seeds for one pair of sets is as near to J as independent estimates
// would be; and no slot of one seed says anything about the same slot of another.
BOOST_AUTO_TEST_CASE(seeds_are_independent) {
  constexpr std::size_t kSeeds = 400 * kEffort;
  for (const SketchKind kind : kKinds) {
    for (const std::size_t size : {3, 20, 300}) {
      const std::size_t shared = size * 2 / 3;
      const double jaccard = static_cast<double>(shared) / static_cast<double>(2 * size - shared);
      const auto both = RandomValues(size).take(2 * size - shared);
      double sum = 0.0, sum_of_squares = 0.0, sum_of_neighbors = 0.0, previous = 0.0;
      std::size_t equal_to_first = 0;
      std::vector<std::uint32_t> first;
      for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        const SketchOptions options{.kind = kind, .slots = 128, .seed = seed};
        const auto a = sketch_of(std::span(both).first(size), options);
        const auto b = sketch_of(std::span(both).last(size), options);
        if (seed == 0) first = a;
        if (seed != 0) equal_to_first += agreement(a, first) != 0.0 ? 1 : 0;
        const double error = agreement(a, b) - jaccard;
        sum += error;
        sum_of_squares += error * error;
        sum_of_neighbors += error * previous;
        previous = error;
      }
      const double n = kSeeds;
      BOOST_TEST_CONTEXT(name_of(kind) << " size " << size) {
        BOOST_TEST(std::abs(sum / n) <= 4.0 * std::sqrt(sum_of_squares / n) / std::sqrt(n));
        BOOST_TEST(std::abs(sum_of_neighbors / sum_of_squares) <= 4.0 / std::sqrt(n));
        BOOST_TEST(equal_to_first <= 2U);
      }
    }
  }
}

// Sketches are data: those in tests/golden/sketches.txt must never change. A line holds kind,
// slots, seed, set size and the slots of the set RandomValues(size).take(size).
BOOST_AUTO_TEST_CASE(golden_sketches_on_every_target) {
  std::ifstream golden(std::string(COPYDESK_SOURCE_DIR) + "/tests/golden/sketches.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(golden, line);) lines.push_back(line);
  for (const std::int64_t target : supported_targets()) {
    const OnlyTarget only(target);
    std::size_t line = 0;
    for (const SketchKind kind : kKinds) {
      for (const std::size_t slots : {16, 40, 128}) {
        for (const std::uint64_t seed : {std::uint64_t{0}, ~std::uint64_t{0}}) {
          for (const std::size_t size : {0, 1, 20, 500}) {
            const auto sketch = sketch_of(RandomValues(size).take(size),
                                          {.kind = kind, .slots = slots, .seed = seed});
            std::string expected = fmt::format("{} {} {} {}", name_of(kind), slots, seed, size);
            for (const std::uint32_t slot : sketch) expected += fmt::format(" {:08x}", slot);
            BOOST_TEST_CONTEXT(hwy::TargetName(target)) {
              BOOST_REQUIRE_LT(line, lines.size());
              BOOST_TEST(lines[line++] == expected);
            }
          }
        }
      }
    }
    BOOST_TEST(line == lines.size());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
