// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/main_text.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "copydesk/read/html/text_date.h"
#include "read/html/parsed.h"

using namespace copydesk;
using copydesk::tests::read_html;

namespace {

const std::string kFirst =
    "A fire destroyed the old mill in Norvik on Monday night, hours before builders were to start.";
const std::string kSecond =
    "Nobody was hurt, the police said, but the owners had insured the building for a third of it.";
const std::string kThird =
    "The council had bought the mill in 2019 and wanted to turn it into forty flats, a spokesman "
    "said, and the money for them had been set aside.";

std::string paragraphs() {
  return "<p>" + kFirst + "</p><p>" + kSecond + "</p><p>" + kThird + "</p>";
}
std::string joined() {
  return kFirst + "\n\n" + kSecond + "\n\n" + kThird;
}

const std::string kAround =
    "<div class=menu><a href=a>Home</a><a href=b>News</a></div><header><a href=c>The "
    "Daily</a></header>";
const std::string kBelow =
    "<div class='related-posts'><h3>More</h3><p>Another mill burned in Osby last year, and nobody "
    "was "
    "charged with it.</p></div><footer>Copyright The Daily, all rights reserved, since nineteen "
    "hundred.</footer>";

}  // namespace

BOOST_AUTO_TEST_SUITE(main_texts)

BOOST_AUTO_TEST_CASE(an_article_without_what_surrounds_it) {
  const std::string html =
      "<title>Mill burns | The Daily</title><meta property=og:type content=article>" + kAround +
      "<article><h1>Mill burns</h1><div class=byline>By Ann Berg</div>" + paragraphs() +
      "</article>" + kBelow;
  const HtmlDocument document = read_html(html);
  BOOST_TEST(document.text == joined());
  BOOST_TEST(document.metadata.title == "Mill burns");
  BOOST_TEST(document.metadata.author == "Ann Berg");
  HtmlDocument all = read_html(html, TextChoice::kAll);
  BOOST_TEST(all.text.find("Copyright The Daily") != std::string::npos);
  BOOST_TEST(all.text.find("Home") != std::string::npos);

  HtmlReader reader;
  HtmlDocument again;
  reader.read(html, {}, {}, TextChoice::kMain, again);
  std::string reasons;
  for (const BlockReason reason : reader.main().reasons) {
    reasons.append(to_string(reason)).push_back(' ');
  }
  BOOST_TEST(reasons ==
             "furniture navigation before_text author text text text related related navigation ");
  BOOST_TEST(reader.tag_path(reader.page().blocks[4]) == "body > article > p");
}

BOOST_AUTO_TEST_CASE(comments_are_left_out_of_articles_but_are_what_a_forum_has) {
  const std::string comments = "<div id=comments><p>" + kThird + "</p><p>" + kSecond + "</p></div>";
  const std::string article =
      "<meta property=og:type content=article><article><h1>Mill</h1>" + paragraphs() + "</article>";
  BOOST_TEST(read_html(article + comments).text == joined());
  const std::string forum = "<div class=menu><a href=a>Home</a></div>" + comments;
  BOOST_TEST(read_html(forum).text == kThird + "\n\n" + kSecond);
}

BOOST_AUTO_TEST_CASE(a_list_page_is_kept_as_a_list) {
  std::string html = "<nav><a href=x>Home</a><a href=y>All</a></nav><main><ul>";
  for (int i = 0; i < 30; ++i) {
    html += "<li><a href=z>Story number " + std::to_string(i) + " of the day</a></li>";
  }
  html += "</ul></main>";
  const HtmlDocument document = read_html(html);
  BOOST_TEST(
      document.text.starts_with("- Story number 0 of the day\n- Story number 1 of the day\n"));
  BOOST_TEST(document.text.find("Home") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(lists_and_tables_keep_their_lines) {
  const std::string html =
      "<article><p>" + kFirst + "</p><ul><li>Flour, fine<li>Salt</ul><p>" + kSecond +
      "</p><table><tr><th>Year<th>Fires<tr><td>2019<td>4</table><p>" + kThird + "</p>";
  BOOST_TEST(read_html(html).text == kFirst + "\n\n- Flour, fine\n- Salt\n\n" + kSecond +
                                         "\n\nYear\tFires\n2019\t4\n\n" + kThird);
}

BOOST_AUTO_TEST_CASE(what_is_said_twice_is_said_once) {
  BOOST_TEST(read_html("<article>" + paragraphs() + "<p>" + kFirst + "</p></article>").text ==
             joined());
}

BOOST_AUTO_TEST_CASE(linked_data_stand_in_for_text_that_a_script_would_bring) {
  std::string body;
  for (int i = 0; i < 4; ++i) body += kFirst + " " + kSecond + " " + std::to_string(i) + ". ";
  const HtmlDocument document =
      read_html("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" +
                body + "\"}</script><p>" + kFirst + "</p>");
  BOOST_TEST(document.text + " " == body);
}

BOOST_AUTO_TEST_CASE(a_page_of_one_line_is_that_line) {
  BOOST_TEST(read_html("<body>Hello").text == "Hello");
  BOOST_TEST(read_html("").text == "");
  BOOST_TEST(read_html("<nav>x</nav>").text == "x");
}

BOOST_AUTO_TEST_CASE(what_pages_state) {
  const HtmlDocument document = read_html(
      "<html lang=sv-SE><head><title>Kvarnen brann - Bladet</title><meta property=og:site_name "
      "content=Bladet><link rel=canonical href='https://www.bladet.se/a?b=1&amp;c=2'><meta "
      "name=author content='Av &Aring;sa'><meta property='article:published_time' "
      "content='2025-09-04T10:00:00+02:00'></head><body><p>" +
      kFirst);
  const HtmlMetadata& metadata = document.metadata;
  BOOST_TEST(metadata.title == "Kvarnen brann");
  BOOST_TEST(metadata.site_name == "Bladet");
  BOOST_TEST(metadata.url == "https://www.bladet.se/a?b=1&c=2");
  BOOST_TEST(metadata.author == "Av Åsa");
  BOOST_TEST(metadata.time == "2025-09-04T10:00:00+02:00");
  BOOST_TEST(metadata.language == "sv-SE");
  BOOST_TEST(host_of(metadata.url) == "bladet.se");
  BOOST_TEST(host_of("HTTPS://u@Example.org:80?x") == "Example.org");
  BOOST_TEST(host_of("/a/b") == "");
}

// Where the first heading is the name of the site, the title says which of the others is meant.
BOOST_AUTO_TEST_CASE(the_name_of_the_site_is_no_title) {
  const auto title_of = [](const std::string& title, const std::string& body) {
    return read_html("<title>" + title + "</title>" + body + "<p>" + kFirst + "</p>")
        .metadata.title;
  };
  const std::string menu = "<div class=bar><h1>The Manual</h1></div>";
  BOOST_TEST(title_of("Slices - The Manual", menu + "<main><h1>Slices</h1>") == "Slices");
  BOOST_TEST(title_of("E0010 | the manual", menu + "<h1>Error code E0010</h1>") ==
             "Error code E0010");
  BOOST_TEST(title_of("Zlib | The Manual", menu + "<h2>Contents</h2><h2>Zlib #</h2>") == "Zlib");
  BOOST_TEST(title_of("Zlib | The Manual", menu + "<h2>Zlib \u00B6</h2>") == "Zlib");
  // The first heading is the headline, and what is before it in the title names the site.
  BOOST_TEST(title_of("The Daily - Mill burns", "<h1>Mill burns</h1><h2>More of The Daily</h2>") ==
             "Mill burns");
  BOOST_TEST(title_of("The Manual", menu + "<h1>Slices</h1>") == "The Manual");
  BOOST_TEST(title_of("Slices - The Manual", "<meta property=og:title content='The Manual'>" +
                                                 menu + "<h1>Slices</h1>") == "The Manual");
}

BOOST_AUTO_TEST_CASE(authors_of_linked_data_without_those_of_reviews) {
  const HtmlDocument document = read_html(
      "<script type='application/ld+json'>{\"author\":[{\"name\":\"A\"},{\"name\":\"B\"}],"
      "\"review\":{\"author\":{\"name\":\"C\"}},\"datePublished\":\"2024-02-03\",}</script><p>x");
  BOOST_TEST(document.metadata.author == "A, B");
  BOOST_TEST(document.metadata.time == "2024-02-03");
}

BOOST_AUTO_TEST_CASE(days) {
  for (const std::string_view text :
       {"Published September 4, 2025", "4 Sept. 2025", "4th September, 2025", "4. September 2025",
        "4 septembre 2025", "4 de septiembre de 2025", "2025年9月4日", "4 września 2025",
        "Thu 4 Sep 2025", "SEPTEMBER 4TH 2025"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(find_named_day(text) == "2025-09-04");
    }
  }
  for (const std::string_view text : {"September 2025", "May I come in 2025?", "4 2025",
                                      "Sept 44, 2025", "", "年", "march on 2025"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(find_named_day(text) == "");
    }
  }
  BOOST_TEST(find_iso_day("a 2025/09/04 b") == "2025-09-04");
  BOOST_TEST(find_iso_day("2025-13-04 1989-01-01") == "");
  BOOST_TEST(find_address_day("https://a.org/2025/9/04/mill") == "2025-09-04");
  BOOST_TEST(find_address_day("https://a.org/2025/09/mill") == "");
  BOOST_TEST(find_address_day("https://a.org/x/2025-09-04-mill") == "2025-09-04");
}

BOOST_AUTO_TEST_SUITE_END()
