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
      {"Thu Feb 26 15:01:01 +0000 1987", kDay + kClock},
      {"Thu Feb 26 15:01:01 +0100 1987", kDay + kClock - 3600},
      {"Thu Feb 26 15:01:01 1987", kDay + kClock},
      {"19870226T150101Z", kDay + kClock},
      {"19870226T150101+0100", kDay + kClock - 3600},
      {"19870226T1501Z", kDay + kClock - 1},
      {"19870226150101", kDay + kClock},
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
                                 "1900-02-29", "26-FOO-1987", "1987-02-26 25:00", "12", "nan",
                                 "19871326T150101Z", "19870226T250101Z", "19870226T15010Z"}) {
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!parse_time(text).has_value());
  }
}

BOOST_AUTO_TEST_CASE(dates_in_numbers_need_an_order) {
  constexpr double kDay = 541296000;  // 1987-02-26
  const auto is = [](const char* text, DateOrder order, double seconds) {
    BOOST_TEST_CONTEXT(text) BOOST_TEST(parse_time(text, order).value() == seconds);
  };
  is("26.02.1987", DateOrder::kDayFirst, kDay);
  is("26/2/87 15:01", DateOrder::kDayFirst, kDay + 15 * 3600 + 60);
  is("26-02-1987", DateOrder::kDayFirst, kDay);
  is("02/26/1987", DateOrder::kMonthFirst, kDay);
  is("2/26/1987, 3:01 pm", DateOrder::kMonthFirst, kDay + 15 * 3600 + 60);
  is("3/4/2026", DateOrder::kDayFirst, 1775174400);
  is("3/4/2026", DateOrder::kMonthFirst, 1772582400);
  is("1/1/69", DateOrder::kDayFirst, 3124224000);
  is("1987-02-26", DateOrder::kDayFirst, kDay);
  is("Feb 26, 1987", DateOrder::kMonthFirst, kDay);
  for (const char* const text : {"26.02.1987", "3/4/2026"}) {
    BOOST_TEST(!parse_time(text).has_value());
  }
  BOOST_TEST(!parse_time("26/02/1987", DateOrder::kMonthFirst).has_value());
  BOOST_TEST(!parse_time("26.02/1987", DateOrder::kDayFirst).has_value());
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
