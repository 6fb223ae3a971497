// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/html_page.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/read/html/html_entities.h"
#include "read/html/parsed.h"

using namespace copydesk;
using copydesk::tests::blocks_of;

namespace {

using Blocks = std::vector<std::string>;

void check(std::string_view html, const Blocks& expected) {
  BOOST_TEST_CONTEXT(html) {
    BOOST_TEST(blocks_of(html) == expected, boost::test_tools::per_element());
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(html_pages)

BOOST_AUTO_TEST_CASE(block_level_tags_part_blocks) {
  check("<div><p>One <b>two</b><p>Three</div>four", {"One two", "Three", "four"});
  check("<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>", {"a", "b", "c", "d", "e"});
  check("<dl><dt>a<dd>b<dt>c</dl><my-box>d</my-box>e", {"a", "b", "c", "d", "e"});
  check("a<br>b<br/><br>c", {"a\nb", "c"});
  check("<h1>a<br>b</h1>", {"a b"});
  check("<a>a</a><a>b</a> <span>c</span><span>d</span>", {"a b cd"});
  check(" a \n b&nbsp;&#160;c\u00a0d ", {"a b c d"});
  check("<pre> a\n  b\n</pre>", {"a\n  b"});
  check("", {});
}

BOOST_AUTO_TEST_CASE(what_is_no_text) {
  check("<title>t</title>a<script>if (a<b) '</p>'</script>b<style>p{}</style>c", {"abc"});
  check("a<select><option>x</select><textarea><p>y</textarea><svg><title>z</title></svg>b", {"ab"});
  check("a<!-- <p>x --><!-->b<!--->c<!doctype html><?php x ?>d", {"abcd"});
  check("a<![CDATA[x]]>b<svg><![CDATA[<p>]]></svg>c", {"abc"});
  check("a<script>x</scripts></script >b", {"ab"});
  check("<p>a<svg><title>Created</title></svg>b", {"ab"});  // a drawing within a paragraph
  check("a<script>never ended <p>b", {"a"});
  check("a<!-- never ended <p>b", {"a"});
  check("a<!-- ended otherwise --!>b", {"ab"});
}

BOOST_AUTO_TEST_CASE(markup_that_is_none) {
  check("a < b << c <3 </ d>e", {"a < b << c <3 e"});
  check("a<b x='>' y=\">\" z=a>b c=d/>e", {"ab c=d/>e"});
  check("<p class=a<b>c", {"c"});
  check("a<", {"a<"});
  check("a<p", {"a"});
  check("a</p", {"a"});
  check("<p>a</q>b</div>c", {"abc"});
  check("a<B>b</B>c</bR>d", {"abc\nd"});
}

BOOST_AUTO_TEST_CASE(references) {
  check("&lt;p&gt; &amp;amp; &eacute;&Eacute; &notit; &notin; &nothing",
        {"<p> &amp; éÉ ¬it; ∉ ¬hing"});
  check("&#8364; &#x20ac; &#128; &#0; &#xD800; &#x110000; &#99999999999;",
        {"€ € € \ufffd \ufffd \ufffd \ufffd"});
  check("a&shy;b&#8203;c &bne; & &; &#; &#x; &unknown;", {"abc =\u20e5 & &; &#; &#x; &unknown;"});
  check("AT&T R&D&copy2020", {"AT&T R&D©2020"});
  BOOST_TEST(plain_value("?a=1&copy=2&amp;b  &lt;\n c&copy; ") == "?a=1&copy=2&b < c©");
}

BOOST_AUTO_TEST_CASE(every_name_is_known) {
  const auto text = [](std::string_view name) {
    std::string out;
    const std::string reference = "&" + std::string(name);
    const CharacterReference found = find_character_reference(reference, 0, false);
    BOOST_TEST(found.length == reference.size());
    append_code_point(out, found.first);
    if (found.second != 0) append_code_point(out, found.second);
    return out;
  };
  BOOST_TEST(text("CounterClockwiseContourIntegral;") == "∳");
  BOOST_TEST(text("NotEqualTilde;") == "≂̸");
  BOOST_TEST(text("zwnj;") == "\u200c");
  BOOST_TEST(text("AElig") == "Æ");
  BOOST_TEST(text("yuml") == "ÿ");
  BOOST_TEST(text("fjlig;") == "fj");
}

BOOST_AUTO_TEST_CASE(blocks_know_where_they_stand) {
  const std::string html =
      "<body><h2>A &amp; B</h2><ul><li><a href=x>link</a> rest, of it.</ul><table><tr><td>c</table>"
      "<pre>d</pre>";
  HtmlPage page;
  parse_html(html, page);
  BOOST_REQUIRE_EQUAL(page.blocks.size(), 4U);
  const auto source = [&](std::size_t i) {
    return html.substr(page.blocks[i].source_begin,
                       page.blocks[i].source_end - page.blocks[i].source_begin);
  };
  BOOST_TEST(source(0) == "A &amp; B");
  BOOST_TEST(source(1) == "link</a> rest, of it.");
  BOOST_TEST(page.blocks[0].heading == 2);
  BOOST_TEST(page.blocks[1].in_list);
  BOOST_TEST(page.blocks[1].link == 5U);
  BOOST_TEST(page.blocks[1].punctuated == 2U);
  BOOST_TEST(page.blocks[1].words == 4U);
  BOOST_TEST(page.blocks[2].in_cell);
  BOOST_TEST(page.blocks[3].preformatted);
  for (std::size_t i = 1; i < page.nodes.size(); ++i) {
    BOOST_TEST(page.nodes[i].parent < i);
    BOOST_TEST(page.nodes[i].end > i);
  }
}

// Deep, wide, and unended: what is kept is bounded, the text stays.
BOOST_AUTO_TEST_CASE(hostile_pages_are_bounded) {
  const auto repeated = [](std::string_view unit, std::size_t count) {
    std::string html;
    for (std::size_t i = 0; i < count; ++i) html += unit;
    return html;
  };
  HtmlPage page;
  for (const std::string_view unit :
       {"<b>", "<div>a", "<p>a", "<table><tr><td>a", "<ul><li>a", "<!-- --!>", "<a href=x>a</a>",
        "<br>a", "<svg><title>", "&", "<", "</b>", "<h1>a</h1>", "<option>",
        "<p class='nav related'>"}) {
    const std::string html = repeated(unit, 600000);
    parse_html(html, page);
    BOOST_TEST(page.nodes.size() <= HtmlPage::kMostNodes);
    BOOST_TEST(page.blocks.size() <= HtmlPage::kMostBlocks);
  }
  const std::string html = repeated("<p>a", 600000);
  parse_html(html, page);
  BOOST_TEST(std::count(page.text.begin(), page.text.end(), 'a') == 600000);
}

// Every prefix of a page is a page.
BOOST_AUTO_TEST_CASE(cut_at_every_position) {
  const std::string html =
      "<!doctype html><html lang=en><head><meta charset=utf-8><title>T &amp; U</title><script "
      "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":{\"name\":\"A \\u00e9\"}}"
      "</script></head><body><!-- c --><nav><a href='x'>Home</a></nav><article><h1>T</h1><p>One, "
      "two &eacute;.<br>Three<svg><![CDATA[x]]></svg></article></body></html>";
  HtmlReader reader;
  HtmlDocument document;
  for (std::size_t size = 0; size <= html.size(); ++size) {
    reader.read(html.substr(0, size), {}, {}, TextChoice::kMain, document);
    BOOST_TEST(reader.main().reasons.size() == reader.page().blocks.size());
  }
  BOOST_TEST(document.metadata.title == "T");
  BOOST_TEST(document.metadata.author == "A é");
}

BOOST_AUTO_TEST_SUITE_END()
