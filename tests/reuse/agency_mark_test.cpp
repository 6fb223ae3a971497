// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "copydesk/reuse/agency_mark.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(agency_mark)

BOOST_AUTO_TEST_CASE(datelines_and_credits_name_the_agency) {
  BOOST_TEST(find_agency_mark("LONDON (AP) -- The pound rose on Monday.") == "AP");
  BOOST_TEST(find_agency_mark("PARIS, Oct 3 (Reuters) - Shares fell.") == "REUTERS");
  BOOST_TEST(find_agency_mark("Paris (AFP) \u2013 Die Kurse fielen.") == "AFP");
  BOOST_TEST(find_agency_mark("Berlin (dpa) - Der Bundestag tagt.") == "DPA");
  BOOST_TEST(find_agency_mark("МОСКВА, 3 окт - РИА Новости. Рубль вырос.").empty());
  BOOST_TEST(find_agency_mark("МОСКВА, 3 октября. ТАСС \u2014 Рубль вырос.") == "TASS");
  BOOST_TEST(find_agency_mark("新华社北京电 港务局表示").empty());
  BOOST_TEST(find_agency_mark("北京（新华社电）港务局表示") == "XINHUA");
  BOOST_TEST(find_agency_mark("Shares fell on Monday.\nThe index lost two points.\n Reuter\n") ==
             "REUTERS");
  BOOST_TEST(find_agency_mark("Shares fell on Monday.\n(Associated Press)") == "AP");
}

BOOST_AUTO_TEST_CASE(an_agency_that_is_written_about_is_no_mark) {
  BOOST_TEST(
      find_agency_mark("Reuters said its profit rose. The news agency employs many.").empty());
  BOOST_TEST(find_agency_mark("The AP reported a loss of circulation among its members in spring.")
                 .empty());
  BOOST_TEST(find_agency_mark("A map (mapping) - the rest").empty());
  BOOST_TEST(find_agency_mark("").empty());
  BOOST_TEST(find_agency_mark(std::string(500, 'x') + " (AP) - late").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
