// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/word_hash.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "only_target.h"
#include "reference/tokenizer.h"

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(word_hash)

// Lengths around 16 and 32, where another function takes over, at any place in the text.
BOOST_AUTO_TEST_CASE(every_target_agrees_with_the_reference) {
  std::mt19937 random(9);
  for (const std::size_t longest : {1, 8, 9, 16, 17, 32, 33, 300}) {
    std::string text;
    std::vector<std::uint16_t> bounds;
    std::vector<std::uint64_t> expected;
    while (text.size() < 20'000) {
      text.append(1 + random() % 3, '#');
      const std::size_t size = longest - random() % std::min<std::size_t>(longest, 4);
      std::string word;
      for (std::size_t i = 0; i < size; ++i) word += static_cast<char>(random() % 256);
      bounds.push_back(static_cast<std::uint16_t>(text.size()));
      text += word;
      bounds.push_back(static_cast<std::uint16_t>(text.size()));
      expected.push_back(reference::hash_token(word));
    }
    text.append(kWordReach, '#');
    for (const std::int64_t target : supported_targets()) {
      const OnlyTarget only(target);
      BOOST_REQUIRE_EQUAL(hwy::SupportedTargets(), target);
      for (const WordLength length :
           {WordLength::kMostlyTiny, WordLength::kMostlyShort, WordLength::kMostlyLong}) {
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, expected.size()}) {
          BOOST_TEST_CONTEXT("target " << hwy::TargetName(target) << " longest " << longest) {
            std::vector<std::uint64_t> out(count + 1, 42);
            hash_words(text.data(), bounds.data(), count, length, out.data());
            BOOST_TEST(out.back() == 42u);
            out.pop_back();
            const std::vector<std::uint64_t> first(expected.begin(), expected.begin() + count);
            BOOST_TEST(out == first, boost::test_tools::per_element());
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
