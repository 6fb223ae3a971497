// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/pairs_run.h"

#include <map>
#include <set>

#include <boost/test/unit_test.hpp>

#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

struct PairsOutput {
  std::vector<std::string> lines;
  PairsResult result;
};

PairsOutput pairs(const std::string& corpus, PairsOptions options) {
  const TemporaryFolder folder;
  options.search.corpus.inputs = {folder.write("in.jsonl", corpus)};
  options.pairs_path = folder.path("pairs.out");
  PairsOutput output;
  output.result = run_pairs(options, {});
  output.lines = lines_of(folder.read("pairs.out"));
  return output;
}

// Shingles as lists of words; a short text is one shingle.
std::set<std::vector<std::string>> shingles_of(const std::vector<std::string>& text) {
  std::set<std::vector<std::string>> set;
  if (!text.empty() && text.size() < 5) set.insert(text);
  for (auto first = text.begin(); text.end() - first >= 5; ++first) set.insert({first, first + 5});
  return set;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pairs_runs)

BOOST_AUTO_TEST_CASE(agrees_with_brute_force) {
  constexpr std::size_t kDocuments = 300;
  for (const double threshold : {0.5, 0.8}) {
    RandomValues random(9);
    std::vector<std::vector<std::string>> texts;
    std::string corpus;
    for (std::size_t i = 0; i < kDocuments; ++i) {
      std::vector<std::string> text;
      if (i > 0 && random.next() % 2 == 0) text = texts[random.next() % i];
      if (text.empty()) {
        for (std::size_t left = random.next() % 60; left > 0; --left) {
          text.push_back(fmt::format("t{}", random.next() % 40));
        }
      } else if (random.next() % 4 != 0) {
        text[random.next() % text.size()] = fmt::format("n{}", i);
      }
      texts.push_back(text);
      corpus += record(fmt::format("{}", i), fmt::format("{}", fmt::join(text, " ")));
    }
    std::map<std::pair<std::size_t, std::size_t>, double> expected;
    for (std::size_t a = 0; a < kDocuments; ++a) {
      const auto left = shingles_of(texts[a]);
      for (std::size_t b = a + 1; b < kDocuments; ++b) {
        const auto right = shingles_of(texts[b]);
        std::size_t shared = 0;
        for (const auto& shingle : left) shared += right.count(shingle);
        const std::size_t all = left.size() + right.size() - shared;
        const double jaccard =
            texts[a] == texts[b] ? 1.0
            : all == 0           ? 0.0
                                 : static_cast<double>(shared) / static_cast<double>(all);
        if (jaccard >= threshold) expected[{a, b}] = jaccard;
      }
    }
    PairsOptions options;
    options.search.threshold = threshold;
    options.search.recall = 0.99999;
    options.search.sketch.slots = 512;
    const PairsOutput output = pairs(corpus, options);
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (const std::string& line : output.lines) {
      const std::pair pair{std::stoul(value_of(line, "a")), std::stoul(value_of(line, "b"))};
      order.push_back(pair);
      BOOST_TEST_CONTEXT(line) {
        BOOST_TEST_REQUIRE(expected.contains(pair));
        const double jaccard = std::stod(line.substr(line.find("\"jaccard\":") + 10));
        BOOST_TEST(std::abs(jaccard - expected[pair]) <= 5e-7);
      }
    }
    BOOST_TEST(order.size() == expected.size());
    BOOST_TEST(order.size() > 50U);
    BOOST_TEST(std::is_sorted(order.begin(), order.end()));
    BOOST_TEST((std::adjacent_find(order.begin(), order.end()) == order.end()));
    BOOST_TEST(output.result.summary.pairs == output.lines.size());
  }
}

BOOST_AUTO_TEST_CASE(large_groups_of_equal_texts_are_not_expanded) {
  std::string corpus = record("near", words(0, 59));
  for (int i = 0; i < 6; ++i) corpus += record(fmt::format("c{}", i), words(0, 60));
  PairsOptions options;
  options.most_expanded = 6;
  BOOST_TEST(pairs(corpus, options).lines.size() == 6U + 15U);
  BOOST_TEST(pairs(corpus, options).result.summary.groups_not_expanded == 0U);
  options.most_expanded = 5;
  const PairsOutput output = pairs(corpus, options);
  BOOST_TEST(output.result.summary.groups_not_expanded == 1U);
  std::vector<std::string> found;
  for (const std::string& line : output.lines) {
    found.push_back(value_of(line, "a") + value_of(line, "b"));
  }
  const std::vector<std::string> expected{"nearc0", "c0c1", "c0c2", "c0c3", "c0c4", "c0c5"};
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
