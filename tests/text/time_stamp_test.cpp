// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string_view>

#include "copydesk/text/line_label.h"
#include "copydesk/text/time_stamp.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(time_stamp)

BOOST_AUTO_TEST_CASE(stamps_in_front_of_lines) {
  const auto rest = [](std::string_view line) { return line.substr(size_of_stamp(line)); };
  BOOST_TEST(rest("[14:02:11] <ann> yes") == "<ann> yes");
  BOOST_TEST(rest("12/03/24, 9:04 - Ann: yes") == "Ann: yes");
  BOOST_TEST(rest("[12.03.24, 09:04:11] Ann: yes") == "Ann: yes");
  BOOST_TEST(rest("2024-03-12T09:04:11Z yes") == "yes");
  BOOST_TEST(rest("2024-03-12 09:04:11,123 yes") == "yes");
  BOOST_TEST(rest("(1:02:03) yes") == "yes");
  BOOST_TEST(rest("9:14 AM \u2013 yes") == "yes");
  BOOST_TEST(rest("0:07") == "");
  BOOST_TEST(rest("18:40 40 people were hurt") == "40 people were hurt");
  for (const std::string_view line : {"12 were hurt", "2024 was dry", "3.5 million", "12:345",
                                      "10:75 x", "[note 3:12", "1:2", "", "[", "12/03/24 Ann"}) {
    BOOST_TEST_CONTEXT(line) {
      BOOST_TEST(rest(line) == line);
    }
  }
}

BOOST_AUTO_TEST_CASE(stamps_at_the_ends_of_lines) {
  BOOST_TEST(find_stamp_at_end("Ann Lee  9:14 AM") == 9u);
  BOOST_TEST(find_stamp_at_end("Ann, [05.11.2023 20:14]") == 5u);
  BOOST_TEST(find_stamp_at_end("Ann \u2014 03/12/2024 9:14 AM") == 8u);
  BOOST_TEST(find_stamp_at_end("Ann came at 9:14 and left") == std::string_view::npos);
  BOOST_TEST(find_stamp_at_end("9:14") == std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(time_codes_of_cues) {
  BOOST_TEST(is_time_code("00:00:01,000 --> 00:00:04,200"));
  BOOST_TEST(is_time_code("00:01.000 --> 00:04.200 align:start position:0%"));
  BOOST_TEST(is_time_code("0:00:01.000,0:00:04.200"));
  BOOST_TEST(!is_time_code("0:00:01.000, and so on"));
  BOOST_TEST(!is_time_code("0:00:01.000"));
  BOOST_TEST(!is_time_code("1 --> 2"));
  BOOST_TEST(!is_time_code("00:01.000 -> 00:04.200"));
}

BOOST_AUTO_TEST_CASE(labels) {
  const auto name = [](std::string_view line) { return find_line_label(line, 3).name; };
  BOOST_TEST(name("Price: 89 EUR") == "Price");
  BOOST_TEST(name("Price:") == "Price");
  BOOST_TEST(name("MS. DELANEY: It was not.") == "MS. DELANEY");
  BOOST_TEST(name("\u8BB0\u8005\uFF1A\u4F60\u597D") == "\u8BB0\u8005");
  BOOST_TEST(name("**Price:** 89 EUR") == "Price");
  BOOST_TEST(name("**Price**: 89 EUR") == "Price");
  BOOST_TEST(name("**Price: 89 EUR**") == "");
  BOOST_TEST(name("**:** 89 EUR") == "");
  BOOST_TEST(name("HOST [00:12]: yes") == "HOST [00:12]");
  BOOST_TEST(name("at 9:14 we left") == "");
  BOOST_TEST(name("see http://example.org") == "");
  BOOST_TEST(name("one two three four: five") == "");
  BOOST_TEST(find_line_label("A:  b", 3).end == 4u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
