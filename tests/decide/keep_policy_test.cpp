// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/keep_policy.h"

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(keep_policy)

BOOST_AUTO_TEST_CASE(names_read_back) {
  for (const char* const name :
       {"first", "longest", "newest", "oldest", "max:score", "min:meta.rank", "max:max:x"}) {
    const KeepPolicy policy = parse_keep_policy(name);
    BOOST_TEST(to_string(policy) == name);
    BOOST_TEST(policy.needs_field() == (name != std::string("first") && name != std::string("longest")));
  }
  BOOST_TEST(parse_keep_policy("min:meta.rank").field == "meta.rank");
  for (const char* const name : {"", "First", "max", "max:", "min:", "newest ", "best"}) {
    BOOST_CHECK_THROW(static_cast<void>(parse_keep_policy(name)), Error);
  }
}

BOOST_AUTO_TEST_CASE(values_put_the_preferred_first) {
  BOOST_TEST(keep_value({KeepRule::kLongest, {}}, 7, 1.0) == 7.0);
  BOOST_TEST(keep_value({KeepRule::kNewest, {}}, 7, 5.0) == 5.0);
  BOOST_TEST(keep_value({KeepRule::kOldest, {}}, 7, 5.0) == -5.0);
  BOOST_TEST(keep_value({KeepRule::kMinimum, "x"}, 7, -5.0) == 5.0);
  for (const KeepRule rule :
       {KeepRule::kNewest, KeepRule::kOldest, KeepRule::kMaximum, KeepRule::kMinimum}) {
    BOOST_TEST(keep_value({rule, "x"}, 7, kNoKeepValue) == kNoKeepValue);
  }
}

BOOST_AUTO_TEST_CASE(ranks_fall_by_value_with_ties_in_input_order) {
  const std::vector<std::uint32_t> in_order{0, 1, 2, 3};
  BOOST_TEST(keep_ranks({}, 4) == in_order, boost::test_tools::per_element());
  const std::vector<double> values{kNoKeepValue, 2.0, -1.0, 2.0, kNoKeepValue, 9.0};
  const std::vector<std::uint32_t> expected{4, 1, 3, 2, 5, 0};
  BOOST_TEST(keep_ranks(values, 6) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
