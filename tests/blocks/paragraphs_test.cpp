// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "copydesk/blocks/paragraphs.h"
#include "copydesk/blocks/repeated_passages.h"

namespace copydesk {
namespace {

std::vector<std::string> paragraphs_of(std::string_view text,
                                       ParagraphEnd end = ParagraphEnd::kAuto,
                                       std::size_t least_bytes = 1) {
  ParagraphScanner scanner(true, end);
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
  BOOST_TEST(paragraphs_of("one\n\nlonger", ParagraphEnd::kAuto, 4).size() == 1u);
}

// A text that was broken at a column is no list of paragraphs, and half a sentence is none.
BOOST_AUTO_TEST_CASE(lines_of_a_wrapped_text_are_no_paragraphs) {
  const std::string wrapped =
      "This package holds the engine of the game, which can be used directly, or\n"
      "by programs of your own that are linked to the library. It reads the data\n"
      "of the original from a folder, and writes nothing outside of the folder\n"
      "it was told to use.\n";
  BOOST_TEST(paragraphs_of(wrapped).size() == 1u);
  BOOST_TEST(paragraphs_of(wrapped, ParagraphEnd::kLine).size() == 4u);
  BOOST_TEST(is_wrapped(wrapped));

  // Lines of their own: of any length, wider than a column, too few, a list, a script in which a
  // line can end behind every character.
  const std::string sentence = "One sentence of the page stands here, with what belongs to it";
  const std::string headlines = sentence + ".\nA short line\n" + sentence + "\n" + sentence + "\n";
  std::string wide;
  for (int i = 0; i < 4; ++i) wide += sentence + " " + sentence + "\n";
  std::string chinese;
  for (const int size : {30, 50, 41, 22, 47, 35}) {
    for (int i = 0; i < size; ++i) chinese += "\u5E02";
    chinese += "\u3002\n";
  }
  const std::string few = sentence + "\n" + sentence + "\n";
  for (const std::string& text : {headlines, wide, few, chinese, std::string("a\nb\nc\n")}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!is_wrapped(text));
      BOOST_TEST(paragraphs_of(text).size() ==
                 static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
      BOOST_TEST(paragraphs_of(text, ParagraphEnd::kBlankLine).size() == 1u);
    }
  }
}

BOOST_AUTO_TEST_CASE(keys_do_not_see_how_lines_are_broken) {
  ParagraphScanner scanner(false);
  std::vector<Paragraph> p;
  const std::string_view text =
      "one two\nthree  four five six\n\n  one two three\tfour five\r\nsix \n\none twothree four "
      "five six";
  scanner.scan(text, 1, p);
  BOOST_REQUIRE(p.size() == 3u);
  BOOST_TEST(p[0].key == p[1].key);
  BOOST_TEST(p[0].key != p[2].key);
  BOOST_TEST(p[1].span.of(text) == "one two three\tfour five\r\nsix");
  // What counts as long is what was compared: 27 bytes with the white space as it is.
  scanner.scan("one      two      three    four\n\nnext", 19, p);
  BOOST_TEST(p.empty());
  scanner.scan("one      two      three    four\n\nnext", 18, p);
  BOOST_TEST(p.size() == 1u);
}

BOOST_AUTO_TEST_CASE(masked_keys_do_not_see_numbers) {
  ParagraphScanner masked(true), exact(false);
  std::vector<Paragraph> p;
  const std::string_view text = "on 9 May 2011\non 10 May 1999\non x May 1999\non 9 May 2011";
  masked.scan(text, 1, p);
  BOOST_REQUIRE(p.size() == 4u);
  BOOST_TEST(p[0].key == p[1].key);
  BOOST_TEST(p[0].key != p[2].key);
  exact.scan(text, 1, p);
  BOOST_TEST(p[0].key != p[1].key);
  BOOST_TEST(p[0].key == p[3].key);
}

// Keys are equal exactly if the texts are, with digits taken away one run after the other, and
// white space too.
BOOST_AUTO_TEST_CASE(masked_keys_are_those_of_plain_masking) {
  ParagraphScanner scanner(true);
  std::vector<Paragraph> found;
  std::map<std::string, std::uint64_t> keys;
  for (unsigned seed = 1; seed <= 20'000; ++seed) {
    std::mt19937 random(seed);
    std::string text, masked;
    for (std::size_t i = 0, size = 1 + random() % 30; i < size; ++i) {
      text += random() % 3 == 0 ? static_cast<char>('0' + random() % 10) : "a. \t:/"[random() % 6];
    }
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.erase(0, 1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
    if (text.empty()) continue;
    const auto sign_of = [](char c) {
      return c >= '0' && c <= '9' ? '#' : c == ' ' || c == '\t' ? ' ' : c;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char sign = sign_of(text[i]);
      const bool continues = i > 0 && sign_of(text[i - 1]) == sign;
      if (!continues || (sign != '#' && sign != ' ')) masked += sign;
    }
    scanner.scan(text, 1, found);
    BOOST_REQUIRE(found.size() == 1u);
    const auto [known, is_new] = keys.emplace(masked, found[0].key);
    BOOST_TEST(known->second == found[0].key);
  }
  std::map<std::uint64_t, int> different;
  for (const auto& [masked, key] : keys) ++different[key];
  BOOST_TEST(different.size() == keys.size());
}

BOOST_AUTO_TEST_CASE(sentences_have_keys_too) {
  ParagraphScanner masked(true), exact(false);
  std::vector<Paragraph> s;
  const std::string_view text = "It rained on 9 May. It rained on 10 May.\nNobody came. No.";
  masked.scan_sentences(text, 5, s);
  BOOST_REQUIRE(s.size() == 3u);
  BOOST_TEST(s[1].span.of(text) == "It rained on 10 May.");
  BOOST_TEST(s[0].key == s[1].key);
  exact.scan_sentences(text, 5, s);
  BOOST_TEST(s[0].key != s[1].key);
}

BOOST_AUTO_TEST_CASE(repeats_are_those_of_brute_force) {
  struct Place {
    std::uint32_t document, begin;
    std::uint64_t key;
  };
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    const std::size_t keep = random() % 3, least_count = 2 + random() % 2;
    const std::size_t least_sites = 1 + random() % 3;
    RepeatedPassages passages("", seed % 2 == 0 ? 1 : 1 << 20);
    std::vector<Place> places;
    std::map<std::uint64_t, std::vector<std::size_t>> by_key;
    const std::uint32_t documents = 20;
    for (std::uint32_t document = 0; document < documents; ++document) {
      for (std::uint32_t begin = 0, count = static_cast<std::uint32_t>(random() % 6); begin < count;
           ++begin) {
        const std::uint64_t key = random() % 40;
        by_key[key].push_back(places.size());
        places.push_back({document, begin, key});
        passages.add(key, document, begin, begin + 1, document % 3);
      }
    }
    DocumentRecords<PassageCopy> surplus =
        passages.find_copies(documents, least_count, least_sites, keep);
    // What only looks at them leaves them there.
    std::size_t seen = 0;
    surplus.for_each_part([&](std::span<const PassageCopy> part) { seen += part.size(); });
    std::vector<PassageCopy> found;
    for (std::uint32_t document = 0; document < documents; ++document) {
      surplus.take(document, found);
    }
    BOOST_TEST(seen == found.size());
    std::size_t next = 0, repeated = 0;
    BOOST_TEST_CONTEXT("seed " << seed) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& copies = by_key[places[i].key];
        std::set<std::uint32_t> sites;
        for (const std::size_t copy : copies) sites.insert(places[copy].document % 3);
        if (copies.size() < least_count || sites.size() < least_sites) continue;
        ++repeated;
        const auto rank = std::find(copies.begin(), copies.end(), i) - copies.begin();
        if (static_cast<std::size_t>(rank) < keep) continue;
        BOOST_REQUIRE(next < found.size());
        const PassageCopy& copy = found[next++];
        BOOST_TEST(copy.document == places[i].document);
        BOOST_TEST(copy.begin == places[i].begin);
        BOOST_TEST(copy.count == copies.size());
        BOOST_TEST(copy.first_document == places[copies[0]].document);
        BOOST_TEST(copy.first_begin == places[copies[0]].begin);
      }
      BOOST_TEST(next == found.size());
      BOOST_TEST(passages.repeated() == repeated);
      BOOST_TEST(passages.passages() == places.size());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
