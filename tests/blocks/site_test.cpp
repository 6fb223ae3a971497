// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "copydesk/blocks/block_finder.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/error.h"
#include "scanned_lines.h"

namespace copydesk {
namespace {

std::string page(int number) {
  const char* const topics[] = {"harbour", "orchard", "railway", "theatre"};
  const std::string topic = topics[number % 4];
  std::string text = "Home\nNews from town\nMost read " + std::to_string(number) + "\n";
  for (int i = 0; i < 4; ++i) {
    text += "The " + topic + " was the talk of the council for the " + std::string(i + 2, 'x') +
            " time, and nobody who came to hear of it went home before the end.\n";
  }
  return text + "Copyright " + std::to_string(2000 + number) + " by the paper\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(site)

BOOST_AUTO_TEST_CASE(two_pages_show_what_is_the_sites) {
  const std::uint64_t site = site_key("paper.example");
  SiteModel model;
  BOOST_TEST(model.add_page(site, lines_of(page(0))));
  BOOST_TEST(model.add_page(site, lines_of(page(1))));
  BOOST_TEST(model.pages_of(site) == 2u);
  BlockFinderOptions options;
  BlockFinder finder(options);
  std::vector<BlockSpan> spans;
  const std::string text = page(2);
  finder.find(text, site, &model, spans);
  std::size_t cut = 0;
  for (const BlockSpan& span : spans) cut += span.kind == BlockKind::kSite;
  BOOST_TEST(cut == 4u);
  for (const BlockSpan& span : spans) {
    BOOST_TEST(span.span.of(text).find("council") == std::string_view::npos);
  }
}

// A page from which the furniture was cut before has no line of the site, and its lists are its
// text.
BOOST_AUTO_TEST_CASE(pages_without_furniture_are_left_alone) {
  const std::uint64_t site = site_key("shop.example");
  SiteModel model;
  const char* const things[] = {"lamp", "chair", "table", "shelf"};
  std::vector<std::string> pages;
  for (const char* const thing : things) {
    std::string text =
        std::string("Our ") + thing +
        " is made by hand from the wood of one old tree, and "
        "whoever buys one may see where it grew, if the weather of the day allows it.\n";
    for (const char* const color : {"red", "blue", "green", "white", "black", "brown"}) {
      text += std::string(color) + " " + thing + "\n";
    }
    pages.push_back(text);
  }
  for (const std::string& text : pages) model.add_page(site, lines_of(text));
  BlockFinder finder(BlockFinderOptions{});
  std::vector<BlockSpan> spans;
  finder.find(pages[0], site, &model, spans);
  BOOST_TEST(spans.empty());
  // The same page with the site around it loses the list as well.
  const std::string menu = "Home\nAll our things\nHow to find the shop\nWrite to us\n";
  SiteModel with_menus;
  for (const std::string& text : pages) with_menus.add_page(site, lines_of(menu + text + menu));
  const std::string whole = menu + pages[0] + menu;
  finder.find(whole, site, &with_menus, spans);
  std::size_t outside = 0;
  for (const BlockSpan& span : spans) outside += span.kind == BlockKind::kOutside;
  BOOST_TEST(outside > 0u);
}

// Whoever needs fewer keys of lines is given the same ones, and shapes tell dates of comments
// apart.
BOOST_AUTO_TEST_CASE(keys_of_lines_do_not_depend_on_which_are_made) {
  const std::string text =
      "12 May 2014 by Anna Lee\n13 May 2015 by Peter Blum\nPeter Blum of the harbour\n"
      "Anna Lee of the harbour\n\u0664 reasons \u00E9t\u00E9\n---\n*** 7\n";
  LineScanner scanner;
  std::vector<Line> all, masked, none;
  scanner.scan(text, all);
  scanner.scan(text, masked, LineForms::kMasked);
  scanner.scan(text, none, LineForms::kNone);
  BOOST_REQUIRE(all.size() == 7u);
  BOOST_REQUIRE(masked.size() == all.size());
  BOOST_REQUIRE(none.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    BOOST_TEST(masked[i].key == all[i].key);
    BOOST_TEST(none[i].key == all[i].key);
    BOOST_TEST(masked[i].masked_key == all[i].masked_key);
    BOOST_TEST(scanner.masked_key_of(text, none[i]) == all[i].masked_key);
    BOOST_TEST(masked[i].shape_key == 0u);
    BOOST_TEST(none[i].masked_key == 0u);
    BOOST_TEST(masked[i].numbers == all[i].numbers);
    BOOST_TEST(none[i].words == all[i].words);
  }
  BOOST_TEST(all[0].shape_key != 0u);
  BOOST_TEST(all[0].shape_key == all[1].shape_key);
  BOOST_TEST(all[0].masked_key != all[1].masked_key);
  BOOST_TEST(all[2].shape_key == 0u);  // nobody asks for the shape of a line without a digit
  BOOST_TEST(all[4].numbers == 1u);
}

// Of a page of a site of which nothing is known.
std::string article_of(std::string_view text) {
  BlockFinderOptions options;
  options.page = false;
  BlockFinder finder(options);
  const SiteModel model;
  std::vector<BlockSpan> spans;
  finder.find(text, 1, &model, spans);
  std::string article;
  std::size_t copied = 0;
  for (const BlockSpan& block : spans) {
    article += text.substr(copied, block.span.begin - copied);
    copied = block.span.end;
  }
  return article + std::string(text.substr(copied));
}

// Who wrote a comment has a name of one word or of three; the line is one of date all the same.
BOOST_AUTO_TEST_CASE(comments_are_known_by_their_dates) {
  const std::string article = page(1).substr(0, page(1).find("Copyright"));
  const std::string prose = article.substr(article.find("The orchard"));
  const std::string comments =
      "Graham \u2014 July 10th, 2012, 7:20 pm\nI was there and saw it with my own eyes, and it was "
      "not at all like that.\nAnna Maria Berg \u2014 July 11th, 2012, 9 pm\nSo was I, my friend, "
      "and "
      "I must say that I saw just the same as the paper did.\n";
  BOOST_TEST(article_of(prose + comments) == prose);
}

BOOST_AUTO_TEST_CASE(steps_of_an_article_are_no_dates) {
  const std::string prose = page(1).substr(page(1).find("The orchard"));
  std::string steps;
  for (const char* const place : {"Settings", "Harbour", "Ferry", "Account", "Orders", "Help"}) {
    steps += std::to_string(steps.size() / 20 + 1) + ". Open the " + place + " page\n";
  }
  const std::string more = prose.substr(0, prose.find("Copyright"));
  BOOST_TEST(article_of(more + steps + more) == more + steps + more);
}

BOOST_AUTO_TEST_CASE(copies_of_a_page_teach_nothing) {
  SiteModel model;
  BOOST_TEST(model.add_page(1, lines_of(page(0))));
  BOOST_TEST(!model.add_page(1, lines_of(page(0))));
  BOOST_TEST(!model.add_page(1, lines_of(page(4))));  // other numbers only
  BOOST_TEST(!model.add_page(1, lines_of(page(0) + "Printed in town\n")));
  BOOST_TEST(model.add_page(2, lines_of(page(0))));
  BOOST_TEST(model.pages_of(1) == 1u);
}

BOOST_AUTO_TEST_CASE(models_merge_and_survive_a_file) {
  SiteModel all, first, second;
  for (int i = 0; i < 2; ++i) all.add_page(1, lines_of(page(i)));
  first.add_page(1, lines_of(page(0)));
  second.add_page(1, lines_of(page(1)));
  SiteModel merged;
  merged.merge_bytes(first.to_bytes(), "first");
  merged.merge_bytes(second.to_bytes(), "second");
  BOOST_TEST(merged.to_bytes() == all.to_bytes());
  first.merge(second);
  BOOST_TEST(first.to_bytes() == all.to_bytes());

  std::string bytes = all.to_bytes();
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{9}, bytes.size() / 2, bytes.size() - 1}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    BOOST_CHECK_THROW(SiteModel().merge_bytes(damaged, "damaged"), Error);
  }
  BOOST_CHECK_THROW(SiteModel().merge_bytes(bytes.substr(0, bytes.size() - 16), "short"), Error);
  BOOST_CHECK_THROW(SiteModel().merge_bytes("", "empty"), Error);
}

BOOST_AUTO_TEST_CASE(a_full_model_forgets_lines_seen_once) {
  SiteModelOptions options;
  options.most_entries = 1024;
  SiteModel model(options);
  for (int i = 0; i < 1000; ++i) {
    // A word of its own in every page; numbers would be masked.
    std::string own;
    for (int n = i; own.size() < 4; n /= 10) own += static_cast<char>('a' + n % 10);
    model.add_page(1, lines_of("Always here on top\nOnly " + own + "\nAlso " + own + "\n"));
  }
  BOOST_TEST(model.size() <= 1024u);
  BOOST_TEST(model.forgotten() > 0u);
  BOOST_TEST(model.pages_with(1, lines_of("Always here on top")[0]) == 1000u);
}

BOOST_AUTO_TEST_CASE(sites_are_hosts) {
  BOOST_TEST(site_name("", "https://User@News.Example.org:8080/a?b#c") == "news.example.org");
  BOOST_TEST(site_name("given", "https://other.example/") == "given");
  BOOST_TEST(site_name("", "no address").empty());
  BOOST_TEST(site_name("", "http://[::1]:80/x") == "[::1]");
  BOOST_TEST(site_key("") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
