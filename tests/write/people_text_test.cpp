// SPDX-License-Identifier: Apache-2.0
//
// Text for people, on terminals and on pages: nothing in a text of a corpus acts.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "copydesk/write/markdown_text.h"
#include "copydesk/write/page/page_text.h"
#include "copydesk/write/plain_text.h"

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

BOOST_AUTO_TEST_CASE(markdown_text_is_text_only) {
  const auto markdown = [](std::string_view text) {
    std::string out;
    append_markdown_text(out, text);
    return out;
  };
  BOOST_TEST(markdown("Rain, 3.5 mm (a lot).") == "Rain, 3.5 mm (a lot).");
  BOOST_TEST(markdown("*a* _b_ `c` <i> [d](e) & #f |g| ~h~ \\") ==
             "\\*a\\* \\_b\\_ \\`c\\` \\<i\\> \\[d\\](e) \\& \\#f \\|g\\| \\~h\\~ \\\\");
  BOOST_TEST(markdown("- one\n12. two\n===\n    code\n+ b - c") ==
             "\\- one\n12\\. two\n\\===\ncode\n\\+ b - c");
  BOOST_TEST(markdown("\x1b[31m") == "\\\\u001b\\[31m");
  std::string line;
  append_markdown_line(line, "a\nb");
  BOOST_TEST(line == "a b");
  std::string link;
  append_markdown_link(link, "HTTPS://a.example/x y>(z)", "a]b");
  BOOST_TEST(link == "[a\\]b](<HTTPS://a.example/x%20y%3E(z)>)");
  link.clear();
  append_markdown_link(link, "javascript:alert(1)", "a");
  BOOST_TEST(link == "a");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
