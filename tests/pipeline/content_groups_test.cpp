// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/content_groups.h"

#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk::tests {

BOOST_AUTO_TEST_SUITE(content_groups)

// Hashes from so few values that halves agree where the whole does not, in all combinations.
BOOST_AUTO_TEST_CASE(equal_documents_have_the_first_in_keep_order) {
  RandomValues random(4);
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = random.next() % 300;
    CorpusTable table;
    for (std::size_t i = 0; i < count; ++i) {
      DocumentRow row;
      row.exact_low = random.next() % 9 << 61 | random.next() % 3;
      row.exact_high = random.next() % 3;
      row.text_class = row.exact_high == 0 ? TextClass::kEmpty : TextClass::kRegular;
      table.documents.push_back(row);
    }
    std::vector<std::uint32_t> ranks(count);
    std::iota(ranks.begin(), ranks.end(), 0U);
    for (std::size_t i = count; i > 1; --i) std::swap(ranks[i - 1], ranks[random.next() % i]);

    std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> first;
    const auto key = [&](std::size_t i) {
      return std::pair(table.documents[i].exact_low, table.documents[i].exact_high);
    };
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto [known, is_new] = first.emplace(key(i), i);
      if (!is_new && ranks[i] < ranks[known->second]) known->second = i;
    }
    for (const std::size_t at_once : {std::size_t{1} << 22, std::size_t{40}, std::size_t{1}}) {
      const ContentGroups groups = group_by_content(table, ranks, at_once);
      BOOST_TEST_CONTEXT("round " << round << ", " << at_once << " at once") {
        BOOST_TEST_REQUIRE(groups.representatives.size() == count);
        std::vector<std::uint32_t> to_join;
        std::uint64_t repeats = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
          const std::uint32_t expected = first.at(key(i));
          BOOST_TEST_REQUIRE(groups.representatives[i] == expected);
          repeats += expected == i ? 0 : 1;
          if (expected == i && table.documents[i].text_class != TextClass::kEmpty) {
            to_join.push_back(i);
          }
        }
        BOOST_TEST(groups.repeats == repeats);
        BOOST_TEST(groups.to_join == to_join, boost::test_tools::per_element());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk::tests
