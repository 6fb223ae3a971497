// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "copydesk/blocks/text_masker.h"
#include "scanned_lines.h"

namespace copydesk {
namespace {

const std::string kMenu = "Home\nAll the news of the coast\n";

std::string page_of(int number) {
  const std::string name(1, static_cast<char>('a' + number));
  return kMenu + "Harbour " + name + " opens its second basin\nA crane " + name +
         " at work.\nHarbour " + name + " opens its second basin\nShips " + name +
         " may come in from Monday, the harbour master said on Friday after the last tests.\n";
}

Document page(const std::string& text) {
  Document document;
  document.text = text;
  document.site = "coast.example";
  return document;
}

TextMask learn(int pages, TextMaskOptions options) {
  TextMask mask{options, SiteModel()};
  for (int number = 0; number < pages; ++number) {
    mask.sites.add_page(site_key("coast.example"), lines_of(page_of(number)));
  }
  return mask;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_masker)

BOOST_AUTO_TEST_CASE(offsets_stay_and_nothing_but_boilerplate_goes) {
  const TextMask mask = learn(3, {true, true});
  TextMasker masker(&mask);
  const std::string text = page_of(7);
  const Document document = page(text);
  const std::vector<TextSpan> spans = masker.spans(document);
  BOOST_REQUIRE(spans.size() == 2u);
  BOOST_TEST(spans[0].of(text) == kMenu);
  BOOST_TEST(spans[1].of(text) == "Harbour h opens its second basin\n");
  BOOST_TEST(spans[1].begin > text.find("A crane"));  // the first copy stays
  const std::string_view masked = masker.masked(document);
  BOOST_REQUIRE(masked.size() == text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inside = i < spans[0].end || (i >= spans[1].begin && i < spans[1].end);
    BOOST_TEST(masked[i] == (inside && text[i] != '\n' ? ' ' : text[i]));
  }
  const std::string expected(masked);
  const MaskedText both = masker.mask(document);
  BOOST_TEST(both.text == expected);
  BOOST_TEST(std::ranges::equal(both.spans, spans));
}

BOOST_AUTO_TEST_CASE(each_scope_masks_its_own) {
  const std::string text = page_of(7);
  const TextMask page_only = learn(3, {true, false});
  BOOST_TEST(TextMasker(&page_only).spans(page(text)).size() == 1u);
  const TextMask site_only = learn(3, {false, true});
  BOOST_TEST(TextMasker(&site_only).spans(page(text)).size() == 1u);
  // Two pages may be a story and its reprint.
  const TextMask two_pages = learn(2, {false, true});
  BOOST_TEST(TextMasker(&two_pages).spans(page(text)).empty());
  Document elsewhere = page(text);
  elsewhere.site = "hill.example";
  BOOST_TEST(TextMasker(&site_only).spans(elsewhere).empty());
  TextMasker nothing(nullptr);
  BOOST_TEST(nothing.spans(page(text)).empty());
  BOOST_TEST(nothing.masked(page(text)) == text);
  BOOST_TEST(nothing.mask(page(text)).spans.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
