// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/time_value.h"

#include <cmath>

#include <boost/test/unit_test.hpp>

namespace copydesk {

BOOST_AUTO_TEST_SUITE(time_value)

BOOST_AUTO_TEST_CASE(forms_that_are_understood) {
  constexpr double kDay = 541296000;  // 1987-02-26
  constexpr double kClock = 15 * 3600 + 61;
  const std::pair<const char*, double> cases[] = {
      {"1987-02-26", kDay},
      {" 1987-02-26\t", kDay},
      {"19870226", kDay},
      {"1987-02", kDay - 25 * 86400.0},
      {"1987-02-26T15:01:01.79Z", kDay + kClock + 0.79},
      {"1987-02-26 15:01+01:00", kDay + kClock - 1 - 3600},
      {"Thu, 26 Feb 1987 15:01:01 +0100", kDay + kClock - 3600},
      {"Thu, 26 Feb 1987 15:01:01 -0530", kDay + kClock + 5.5 * 3600},
      {"26-FEB-1987 15:01:01.79", kDay + kClock + 0.79},
      {"Feb 26, 1987", kDay},
      {"26 February 1987 3:01 pm", kDay + kClock - 1},
      {"26 February 1987 12:00 am", kDay},
      {"541350061", 541350061},
      {"541350061790", 541350061.79},
      {"1970-01-01", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"2000-02-29", 951782400}};
  for (const auto& [text, seconds] : cases) {
    BOOST_TEST_CONTEXT(text) {
      const std::optional<double> time = parse_time(text);
      BOOST_TEST_REQUIRE(time.has_value());
      BOOST_TEST(std::abs(*time - seconds) < 1e-6);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_time_gives_nothing) {
  for (const char* const text : {"", "soon", "yesterday at 5", "1987-13-01", "1987-02-29",
                                 "1900-02-29", "26-FOO-1987", "1987-02-26 25:00", "12", "nan"}) {
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!parse_time(text).has_value());
  }
}

BOOST_AUTO_TEST_CASE(plain_numbers_mean_themselves) {
  BOOST_TEST(parse_number_or_time("12").value() == 12.0);
  BOOST_TEST(parse_number_or_time(" -2.5e3 ").value() == -2500.0);
  BOOST_TEST(parse_number_or_time("19870226").value() == 19870226.0);
  BOOST_TEST(parse_number_or_time("1987-02-26").value() == 541296000.0);
  BOOST_TEST(!parse_number_or_time("inf").has_value());
  BOOST_TEST(!parse_number_or_time("many").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
