// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/address_key.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

namespace copydesk {

BOOST_AUTO_TEST_SUITE(address_keys)

BOOST_AUTO_TEST_CASE(ways_to_write_one_address_have_one_key) {
  for (const char* const address :
       {"http://example.org/b", "https://www.Example.org:443/a/../b/?utm_source=x#top",
        "HTTP://EXAMPLE.ORG:80/b/", " https://example.org./b?fbclid=1&utm_medium=m ",
        "example.org/b", "https://example.org/%62", "//example.org/b#"}) {
    BOOST_TEST_CONTEXT(address) {
      const std::string key = address_key(address);
      BOOST_TEST((key == "example.org/b" || key == "//example.org/b"));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_may_be_another_page_has_another_key) {
  const std::vector<std::pair<const char*, const char*>> keys = {
      {"http://example.org/A", "example.org/A"},
      {"http://example.org/a?id=1&page=2", "example.org/a?id=1&page=2"},
      {"http://example.org/a?page=2&id=1", "example.org/a?page=2&id=1"},
      {"http://example.org:8080/a", "example.org:8080/a"},
      {"http://a.example.org/", "a.example.org"},
      {"ftp://www.example.org:21/a", "ftp://www.example.org:21/a"},
      {"http://example.org/a%2Fb", "example.org/a%2Fb"},
      {"http://example.org/a%2fb", "example.org/a%2Fb"},
      {"http://example.org/é", "example.org/%C3%A9"},
      {"http://example.org/%C3%a9", "example.org/%C3%A9"},
      {"http://example.org/a//b", "example.org/a//b"},
      {"http://[::1]:80/a", "[::1]/a"},
      {"http://www.", "www"},
      {"not an address", "not%20an%20address"},
      {"100%", "100%"},
      {"", ""}};
  for (const auto& [address, key] : keys) {
    BOOST_TEST_CONTEXT(address) { BOOST_TEST(address_key(address) == key); }
  }
}

BOOST_AUTO_TEST_CASE(the_key_of_a_key_is_that_key) {
  std::mt19937 random(15);
  constexpr std::string_view kBytes = "abW.:/?#&=%[]@ 0129\xc3\xa9-";
  const std::vector<std::string> parts = {"http://", "https://", "www.",  "utm_a=b", "/../", "%2e",
                                          "%2E%2E",  ":80",      ":443/", "?",       "//",   "#"};
  for (int round = 0; round < 20'000; ++round) {
    std::string address;
    for (int i = static_cast<int>(random() % 12); i > 0; --i) {
      if (random() % 3 == 0) {
        address += parts[random() % parts.size()];
      } else {
        address += kBytes[random() % kBytes.size()];
      }
    }
    const std::string key = address_key(address);
    BOOST_TEST(address_key(key) == key, address << " has the key " << key);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
