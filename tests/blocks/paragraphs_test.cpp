// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "copydesk/blocks/paragraphs.h"
#include "copydesk/pipeline/paragraph_repeats.h"

namespace copydesk {
namespace {

std::vector<std::string> paragraphs_of(std::string_view text, std::size_t least_bytes = 1) {
  ParagraphScanner scanner;
  std::vector<Paragraph> paragraphs;
  scanner.scan(text, least_bytes, paragraphs);
  std::vector<std::string> texts;
  for (const Paragraph& paragraph : paragraphs) texts.emplace_back(paragraph.span.of(text));
  return texts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(paragraphs)

BOOST_AUTO_TEST_CASE(blank_lines_part_them_where_there_are_any) {
  const std::vector<std::string> wrapped{"one\ntwo", "three"};
  BOOST_TEST(paragraphs_of("one\ntwo\n \t\n\nthree\n") == wrapped);
  const std::vector<std::string> lines{"one", "two", "three"};
  BOOST_TEST(paragraphs_of("one\n two \nthree") == lines);
  BOOST_TEST(paragraphs_of("one\ntwo\nthree\n\n") == lines);
  BOOST_TEST(paragraphs_of("").empty());
  BOOST_TEST(paragraphs_of("one\n\nlonger", 4).size() == 1u);
}

BOOST_AUTO_TEST_CASE(masked_keys_do_not_see_numbers) {
  ParagraphScanner scanner;
  std::vector<Paragraph> p;
  scanner.scan("on 9 May 2011\non 10 May 1999\non x May 1999", 1, p);
  BOOST_REQUIRE(p.size() == 3u);
  BOOST_TEST(p[0].masked_key == p[1].masked_key);
  BOOST_TEST(p[0].key != p[1].key);
  BOOST_TEST(p[0].masked_key != p[2].masked_key);
}

BOOST_AUTO_TEST_CASE(repeats_are_those_of_brute_force) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 random(seed);
    std::vector<ParagraphPlace> places;
    std::map<std::uint64_t, std::vector<std::size_t>> by_key;
    for (std::uint32_t document = 0; document < 20; ++document) {
      for (std::uint64_t begin = 0, count = random() % 6; begin < count; ++begin) {
        const std::uint64_t key = random() % 40;
        by_key[key].push_back(places.size());
        places.push_back({key, document, 0, begin, begin + 1});
      }
    }
    const RepeatedParagraphs found = find_repeated_paragraphs(places);
    std::size_t next = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto& copies = by_key[places[i].key];
      if (copies.size() < 2) continue;
      BOOST_TEST_CONTEXT("seed " << seed << " place " << i) {
        BOOST_REQUIRE(next < found.places.size());
        const ParagraphPlace& place = found.places[next++];
        BOOST_TEST(place.document == places[i].document);
        BOOST_TEST(place.begin == places[i].begin);
        BOOST_TEST(copies[place.rank] == i);
        BOOST_TEST(found.groups[place.key].count == copies.size());
        BOOST_TEST(found.groups[place.key].first_document == places[copies[0]].document);
      }
    }
    BOOST_TEST(next == found.places.size());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
