// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/shared_run.h"

#include <algorithm>
#include <numeric>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {
namespace {

using Tokens = std::vector<std::uint32_t>;

// Every start in a with every start in b. Runs below 4 tokens count only for texts that short.
SharedRun longest_by_trying(const Tokens& a, const Tokens& b) {
  SharedRun longest;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t length = 0;
      while (i + length < a.size() && j + length < b.size() && a[i + length] == b[j + length]) {
        ++length;
      }
      if (length > longest.length) longest = {i, j, length};
    }
  }
  return longest.length >= std::min({std::size_t{4}, a.size(), b.size()}) ? longest : SharedRun{};
}

std::vector<Tokens> all_strings(std::size_t most) {
  std::vector<Tokens> strings{{}};
  for (std::size_t begin = 0, size = 1; size <= most; ++size) {
    const std::size_t end = strings.size();
    for (; begin < end; ++begin) {
      for (std::uint32_t letter = 0; letter < 3; ++letter) {
        strings.push_back(strings[begin]);
        strings.back().push_back(letter);
      }
    }
  }
  return strings;
}

Tokens random_tokens(RandomValues& random, std::size_t size, std::uint32_t letters) {
  Tokens tokens(size);
  for (std::uint32_t& token : tokens) token = static_cast<std::uint32_t>(random.next() % letters);
  return tokens;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shared_run)

BOOST_AUTO_TEST_CASE(all_strings_over_three_letters) {
  const std::vector<Tokens> strings = all_strings(5);
  BOOST_TEST(strings.size() == 364U);
  for (const Tokens& a : strings) {
    for (const Tokens& b : strings) {
      BOOST_TEST_REQUIRE((longest_shared_run(a, b) == longest_by_trying(a, b)));
    }
  }
}

BOOST_AUTO_TEST_CASE(random_strings) {
  RandomValues random(2);
  for (int i = 0; i < 1500; ++i) {
    const auto letters = static_cast<std::uint32_t>(2 + random.next() % 20);
    const Tokens a = random_tokens(random, random.next() % 60, letters);
    Tokens b = random_tokens(random, random.next() % 60, letters);
    if (i % 2 == 0) b.insert(b.end(), a.begin(), a.end());
    BOOST_TEST_REQUIRE((longest_shared_run(a, b) == longest_by_trying(a, b)));
  }
}

// A passage whose first window stands in b far more often than it is tried there.
BOOST_AUTO_TEST_CASE(a_passage_behind_a_common_opening_is_found) {
  Tokens passage(500);
  std::iota(passage.begin(), passage.end(), 100U);
  const Tokens opening{1, 2, 3, 4};
  Tokens a = opening, b;
  a.insert(a.end(), passage.begin(), passage.end());
  for (std::uint32_t i = 0; i < 200; ++i) {
    b.insert(b.end(), opening.begin(), opening.end());
    b.push_back(1000 + i);
  }
  b.insert(b.end(), a.begin(), a.end());
  BOOST_TEST((longest_shared_run(a, b) == SharedRun{0, 1000, 504}));
}

// Every diagonal is equal from end to end; going along each of them took minutes.
BOOST_AUTO_TEST_CASE(texts_of_one_word_cost_no_square) {
  const std::vector<std::uint32_t> text(200'000, 7);
  BOOST_TEST((longest_shared_run(text, text) == SharedRun{0, 0, 200'000}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
