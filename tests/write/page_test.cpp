// SPDX-License-Identifier: Apache-2.0
//
// What all HTML pages have in common. How they look, and that a browser agrees, is tested in
// tests/browser.
#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/page/charts.h"
#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_script.h"
#include "copydesk/write/page/page_style.h"
#include "copydesk/write/page/side_by_side.h"
#include "copydesk/write/summary_page.h"
#include "reference/sha256.h"

namespace copydesk {
namespace {

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

ShownText shown(std::string_view text, TokenList& tokens) {
  Tokenizer tokenizer;
  tokenizer.tokenize_with_spans(text, tokens);
  return {text, tokens.spans};
}

std::string beside(std::string_view left, std::string_view right, std::size_t ends_shown,
                   bool marks_all) {
  TokenList a, b;
  SideBySide compared;
  compared.left = shown(left, a);
  compared.right = shown(right, b);
  PassageOptions options;
  options.minimum_tokens = 5;
  const std::vector<Passage> passages = align(a, b, options);
  compared.passages = passages;
  compared.left_name = "left";
  compared.right_name = "right";
  compared.ends_shown = ends_shown;
  compared.marks_all = marks_all;
  std::string out;
  append_side_by_side(out, compared);
  return out;
}

BOOST_AUTO_TEST_SUITE(page)

BOOST_AUTO_TEST_CASE(the_policy_allows_exactly_the_style_and_the_script) {
  BOOST_TEST(reference::sha256_base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  BOOST_TEST(reference::sha256_base64(kPageStyle) == kPageStyleDigest);
  BOOST_TEST(reference::sha256_base64(kPageScript) == kPageScriptDigest);
  std::string out;
  append_page_begin(out, "Title");
  append_page_end(out);
  const std::string policy = "default-src 'none'; style-src 'sha256-" +
                             std::string(kPageStyleDigest) + "'; script-src 'sha256-" +
                             std::string(kPageScriptDigest) + "'; base-uri 'none'";
  BOOST_TEST(count_of(out, policy) == 1u);
  BOOST_TEST(count_of(out, "<style>" + std::string(kPageStyle) + "</style>") == 1u);
  BOOST_TEST(count_of(out, "<script>" + std::string(kPageScript) + "</script>") == 1u);
  BOOST_TEST(count_of(out, "<h1>Title</h1>") == 1u);
  BOOST_TEST(count_of(out, "url(") + count_of(out, "@import") == 0u);
}

BOOST_AUTO_TEST_CASE(numbers_are_written_for_people) {
  BOOST_TEST(with_commas(0) == "0");
  BOOST_TEST(with_commas(999) == "999");
  BOOST_TEST(with_commas(1'234'567) == "1,234,567");
  BOOST_TEST(counted_noun(1, "text") == "1 text");
  BOOST_TEST(counted_noun(1200, "text") == "1,200 texts");
  BOOST_TEST(counted_noun(2, "copy", "copies") == "2 copies");
  BOOST_TEST(rounded_percent(1, 3) == "33 %");
  BOOST_TEST(rounded_percent(0, 0) == "0 %");
  BOOST_TEST(share_in_percent(1, 3) == "33.3");
  BOOST_TEST(share_in_percent(0, 0) == "0.0");
  BOOST_TEST(with_byte_unit(999) == "999 B");
  BOOST_TEST(with_byte_unit(1400) == "1.4 kB");
  BOOST_TEST(with_byte_unit(999'999) == "1.0 MB");
  BOOST_TEST(span_of_time(0) == "at once");
  BOOST_TEST(span_of_time(5400) == "90 minutes");
}

BOOST_AUTO_TEST_CASE(only_addresses_of_the_web_are_links) {
  std::string out;
  append_page_link(out, "https://a.example/?x=1&y=\"2\"", "<b>");
  BOOST_TEST(out ==
             "<a rel=\"noreferrer noopener\" "
             "href=\"https://a.example/?x=1&amp;y=&quot;2&quot;\">&lt;b&gt;</a>");
  for (const std::string_view address :
       {"javascript:alert(1)", "data:text/html,x", "//a.example", "a", "", "http://"}) {
    out.clear();
    append_page_link(out, address, "words");
    BOOST_TEST(out == "words");
  }
}

BOOST_AUTO_TEST_CASE(sizes_are_counted_in_classes) {
  SizeClasses sizes;
  for (const std::uint64_t size : {2, 2, 3, 5, 7, 8, 15, 16, 1000}) sizes.add(size);
  const std::vector<ChartBar> bars = sizes.bars();
  const std::array<std::pair<const char*, std::uint64_t>, 10> expected = {{{"2", 2},
                                                                           {"3", 1},
                                                                           {"4", 0},
                                                                           {"5-7", 2},
                                                                           {"8-15", 2},
                                                                           {"16-31", 1},
                                                                           {"32-63", 0},
                                                                           {"64-127", 0},
                                                                           {"128-255", 0},
                                                                           {"256-511", 0}}};
  BOOST_REQUIRE_EQUAL(bars.size(), expected.size() + 1);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(bars[i].label == expected[i].first);
    BOOST_TEST(bars[i].count == expected[i].second);
  }
  BOOST_TEST(bars.back().label == "512-1,023");
}

BOOST_AUTO_TEST_CASE(names_in_a_matrix_are_escaped) {
  std::string out;
  append_matrix(out, {"Caption", "corner", {"<a>"}, {"b\"", ""}, {7, 0}, "note"});
  BOOST_TEST(count_of(out, "<bdi>&lt;a&gt;</bdi>") == 1u);
  BOOST_TEST(count_of(out, "<bdi>b&quot;</bdi>") == 1u);
  BOOST_TEST(count_of(out, "<bdi>all others</bdi>") == 1u);
  BOOST_TEST(count_of(out, "<td class=\"h5\">7</td><td></td>") == 1u);
}

BOOST_AUTO_TEST_CASE(long_equal_stretches_are_left_out) {
  std::string equal;
  for (int i = 0; i < 60; ++i) equal += "w" + std::to_string(i) + " ";
  const std::string html = beside("Old " + equal + "end", "New " + equal + "end", 5, true);
  BOOST_TEST(count_of(html, "<del>Old</del>") == 1u);
  BOOST_TEST(count_of(html, "<ins>New</ins>") == 1u);
  BOOST_TEST(count_of(html, "w4 <span class=\"skip\">[51 equal words]</span> w56") == 2u);
  BOOST_TEST(count_of(html, "w30") == 0u);
  BOOST_TEST(count_of(beside("Old " + equal, "New " + equal, 0, false), "w30") == 2u);
}

BOOST_AUTO_TEST_CASE(an_index_stands_before_the_articles) {
  AbstractPage pages("");
  for (int i = 0; i < 2; ++i) {
    PageArticle article;
    AbstractSource source{"<id>", 0, i == 0 ? "A & B" : "", "text"};
    source.url = "https://a.example/1";
    append_newsletter_article(article, source, "Abstract <b>.");
    pages.add(article);
  }
  std::string out;
  pages.write("Abstracts", [&](std::string_view part) { out += part; });
  BOOST_TEST(count_of(out, "<a href=\"#a0\">A &amp; B</a>") == 1u);
  BOOST_TEST(count_of(out, "<a href=\"#a1\">Abstract &lt;b&gt;.</a>") == 1u);
  BOOST_TEST(count_of(out, "<article id=\"a0\">") == 1u);
  BOOST_TEST(out.find("href=\"#a1\"") < out.find("<article id=\"a0\">"));
  BOOST_TEST(count_of(out, "<id>") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
