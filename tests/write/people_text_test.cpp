// SPDX-License-Identifier: Apache-2.0
//
// Text for people, on terminals and on pages: nothing in a text of a corpus acts.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "copydesk/write/page_text.h"
#include "copydesk/write/plain_text.h"
#include "copydesk/write/summary_lines.h"
#include "copydesk/write/summary_page_style.h"
#include "reference/sha256.h"

namespace copydesk {
namespace {

std::string plain(std::string_view text) {
  std::string out;
  append_plain_text(out, text);
  return out;
}

std::string page(std::string_view text) {
  std::string out;
  append_page_text(out, text);
  return out;
}

BOOST_AUTO_TEST_SUITE(people_text)

BOOST_AUTO_TEST_CASE(plain_text_shows_what_would_act) {
  BOOST_TEST(plain("caf\u00E9 \u4E2D\U0001F600\ta\nb") == "caf\u00E9 \u4E2D\U0001F600\ta\nb");
  BOOST_TEST(plain("\x1b[31mred\x1b[0m\a") == "\\u001b[31mred\\u001b[0m\\u0007");
  BOOST_TEST(plain("\u009B31m \u0085") == "\\u009b31m \\u0085");
  BOOST_TEST(plain("\u202Egnp.exe\u202C \u2066x\u2069") ==
             "\\u202egnp.exe\\u202c \\u2066x\\u2069");
  BOOST_TEST(plain("\x7F") == "\\u007f");
  BOOST_TEST(plain("a\r\nb\rc") == "a\nb\\u000dc");
  BOOST_TEST(plain("\x9B\xFFz\xE2\x80") == "\uFFFD\uFFFDz\uFFFD\uFFFD");
  // Right-to-left texts need these.
  BOOST_TEST(plain("\u05D0\u200F!") == "\u05D0\u200F!");
  std::string line;
  append_plain_line(line, "a\nb\r\nc\rd");
  BOOST_TEST(line == "a b c d");
}

BOOST_AUTO_TEST_CASE(page_text_is_text_only) {
  BOOST_TEST(page("<b a='1' c=\"2\">&") == "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
  BOOST_TEST(page("\x1b\a\u0085\u202E\u2069\x7F\x9B") ==
             "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  BOOST_TEST(page("\u05D0\u200F\n\t") == "\u05D0\u200F\n\t");
}

BOOST_AUTO_TEST_CASE(the_page_of_abstracts_has_a_policy_that_allows_its_style_only) {
  BOOST_TEST(reference::sha256_base64(kSummaryStyle) == kSummaryStyleDigest);
  std::string out;
  append_page_begin(out);
  append_page_end(out);
  BOOST_TEST(out.find("default-src 'none'; style-src 'sha256-" + std::string(kSummaryStyleDigest) +
                      "'; base-uri") != std::string::npos);
  BOOST_TEST(out.find("<style>" + std::string(kSummaryStyle) + "</style>") != std::string::npos);
  BOOST_TEST(out.find("<script") == std::string::npos);
  BOOST_TEST(out.find(" style=") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
