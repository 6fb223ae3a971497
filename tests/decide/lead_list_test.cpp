// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/lead_list.h"

#include <algorithm>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(lead_list)

// Beside a sorted vector: what is added is handed over in order, and what stays comes again.
BOOST_AUTO_TEST_CASE(leads_come_in_order_and_stay_as_asked) {
  for (const std::size_t memory_bytes : {std::size_t{0}, std::size_t{500}, std::size_t{60'000},
                                         ~std::size_t{0}}) {
    RandomValues random(7);
    LeadList list({}, memory_bytes);
    std::vector<Lead> expected;
    for (std::uint32_t round = 0; round < 6; ++round) {
      // The third round adds nothing, and in the fourth nothing stays.
      for (std::size_t i = round == 2 ? 0 : random.next() % 6000; i > 0; --i) {
        const auto number = [&](std::uint32_t end) {
          return static_cast<PairGraph::Place>(random.next() % end);
        };
        expected.push_back({number(100), number(1000), number(5)});
        list.add(expected.back());
      }
      const auto stays = [&](const Lead& lead) {
        return round != 3 && (lead.kept + round) % 3 != 0;
      };
      std::sort(expected.begin(), expected.end());
      std::vector<Lead> seen;
      list.sift([&](const Lead& lead) {
        seen.push_back(lead);
        return stays(lead);
      });
      BOOST_TEST_CONTEXT(memory_bytes << " bytes, round " << round) {
        BOOST_TEST_REQUIRE((seen == expected));
      }
      std::erase_if(expected, [&](const Lead& lead) { return !stays(lead); });
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
