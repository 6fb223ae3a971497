// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <vector>

#include "copydesk/stories/prose_splitter.h"

namespace copydesk {
namespace {

struct Text {
  std::vector<std::uint64_t> terms;
  std::vector<std::uint32_t> ends;
};

// Each topic has words of its own besides those of all.
Text make_text(std::mt19937& random, const std::vector<std::size_t>& segments) {
  Text text;
  for (std::size_t topic = 0; topic < segments.size(); ++topic) {
    for (std::size_t sentence = 0; sentence < segments[topic]; ++sentence) {
      for (std::size_t word = 0, words = 6 + random() % 12; word < words; ++word) {
        const bool common = random() % 2 == 0;
        text.terms.push_back(common ? random() % 30 : 1000 * (topic + 1) + random() % 25);
      }
      text.ends.push_back(static_cast<std::uint32_t>(text.terms.size()));
    }
  }
  return text;
}

// The cost of one segmentation, by its definition.
double cost_of(const Text& text, const std::vector<std::size_t>& begins) {
  std::map<std::uint64_t, int> vocabulary;
  for (const std::uint64_t term : text.terms) ++vocabulary[term];
  double cost = 0.0;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t end_sentence = i + 1 < begins.size() ? begins[i + 1] : text.ends.size();
    const std::size_t first = begins[i] == 0 ? 0 : text.ends[begins[i] - 1];
    std::map<std::uint64_t, int> counts;
    for (std::size_t t = first; t < text.ends[end_sentence - 1]; ++t) ++counts[text.terms[t]];
    const auto words = static_cast<double>(text.ends[end_sentence - 1] - first);
    cost += std::log(static_cast<double>(text.terms.size()));
    cost += words * std::log(words + static_cast<double>(vocabulary.size()) + 1.0);
    for (const auto& [term, count] : counts) cost -= count * std::log(count + 1.0);
  }
  return cost;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prose)

BOOST_AUTO_TEST_CASE(the_cheapest_of_all_segmentations_is_found) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    const Text text = make_text(random, {1 + random() % 4, 1 + random() % 4, 1 + random() % 3});
    const std::vector<std::size_t> found = split_prose(text.terms, text.ends, {}, {});
    double best = std::numeric_limits<double>::infinity();
    const std::size_t sentences = text.ends.size();
    for (std::size_t mask = 0; mask < std::size_t{1} << (sentences - 1); ++mask) {
      std::vector<std::size_t> begins{0};
      for (std::size_t i = 1; i < sentences; ++i) {
        if ((mask >> (i - 1) & 1) != 0) begins.push_back(i);
      }
      best = std::min(best, cost_of(text, begins));
    }
    BOOST_TEST(cost_of(text, found) == best, boost::test_tools::tolerance(1e-9));
  }
}

BOOST_AUTO_TEST_CASE(topics_are_told_apart) {
  std::size_t right = 0, found = 0, wanted = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::size_t> segments, begins;
    std::size_t sentences = 0;
    for (int i = 0; i < 8; ++i) {
      begins.push_back(sentences);
      segments.push_back(6 + random() % 10);
      sentences += segments.back();
    }
    const Text text = make_text(random, segments);
    std::vector<std::uint64_t> stop;
    for (std::uint64_t term = 0; term < 30; ++term) stop.push_back(term);
    const auto split = split_prose(text.terms, text.ends, stop, {});
    wanted += begins.size();
    found += split.size();
    for (const std::size_t begin : split) {
      right += std::find(begins.begin(), begins.end(), begin) != begins.end();
    }
  }
  BOOST_TEST(static_cast<double>(right) > 0.97 * static_cast<double>(found));
  BOOST_TEST(static_cast<double>(right) > 0.97 * static_cast<double>(wanted));
}

BOOST_AUTO_TEST_CASE(small_texts_and_limits) {
  BOOST_TEST(split_prose({}, {}, {}, {}).empty());
  const std::vector<std::uint32_t> empty_sentences{0, 0, 0};
  BOOST_TEST(split_prose({}, empty_sentences, {}, {}).size() >= 1u);
  std::mt19937 random(9);
  const Text text = make_text(random, {40});
  ProseSplitterOptions options;
  options.cut_cost = 100.0;
  BOOST_TEST(split_prose(text.terms, text.ends, {}, options).size() == 1u);
  options.most_sentences = 10;
  BOOST_TEST(split_prose(text.terms, text.ends, {}, options).size() == 4u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
