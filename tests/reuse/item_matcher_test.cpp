// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/reuse/item_matcher.h"
#include "copydesk/text/tokenizer.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::counted_tokens;
using tests::joined;
using tests::part;
using tests::Random;
using tests::random_tokens;
using tests::Tokens;

Tokens tokens_of(std::string_view text) {
  TokenList list;
  Tokenizer().tokenize(text, list);
  Tokens low;
  for (const std::uint64_t hash : list.hashes) low.push_back(static_cast<std::uint32_t>(hash));
  return low;
}

ItemIndex index_of(const std::vector<Tokens>& items) {
  ItemIndex index;
  for (const Tokens& item : items) index.add(item);
  index.build();
  return index;
}

std::vector<ItemHit> hits(const std::vector<Tokens>& items, const Tokens& text) {
  const ItemIndex index = index_of(items);
  ItemMatcher matcher(index);
  const std::span<const ItemHit> found = matcher.find(text);
  return {found.begin(), found.end()};
}

// How many times one item is found in a text.
std::size_t count(std::string_view item, std::string_view text) {
  return hits({tokens_of(item)}, tokens_of(text)).size();
}

Tokens noise(Random& random, std::size_t length) {
  return random_tokens(random, length, 1u << 29);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(item_matcher)

BOOST_AUTO_TEST_CASE(the_rule_by_length) {
  BOOST_TEST(ItemRule::fewest_equal(6) == 6u);
  BOOST_TEST(ItemRule::fewest_equal(7) == 7u);
  BOOST_TEST(ItemRule::fewest_equal(8) == 7u);
  BOOST_TEST(ItemRule::fewest_equal(14) == 12u);
  BOOST_TEST(ItemRule::fewest_equal(30) == 24u);
  BOOST_TEST(ItemRule::widest(8) == 11u);
}

BOOST_AUTO_TEST_CASE(every_length_from_six_tokens_is_found_word_for_word) {
  Random random(1);
  for (std::size_t n = 1; n <= 200; ++n) {
    BOOST_TEST_CONTEXT("item of " << n) {
      const Tokens item = noise(random, n);
      const Tokens text = joined({noise(random, 100), item, noise(random, 100), item});
      const std::vector<ItemHit> found = hits({noise(random, 20), item, noise(random, 7)}, text);
      if (n < kFewestItemTokens) {
        BOOST_TEST(found.empty());
        continue;
      }
      BOOST_REQUIRE_EQUAL(found.size(), 2u);
      for (const ItemHit& hit : found) {
        BOOST_REQUIRE_EQUAL(hit.item, 1u);
        BOOST_REQUIRE(hit.kind == ItemHitKind::kWhole);
        BOOST_REQUIRE_EQUAL(hit.longest_run, n);
        BOOST_REQUIRE_EQUAL(hit.passage.begin_a, 0u);
        BOOST_REQUIRE_EQUAL(hit.passage.end_a, n);
      }
      BOOST_REQUIRE_EQUAL(found[0].passage.begin_b, 100u);
      BOOST_REQUIRE_EQUAL(found[1].passage.begin_b, 200u + n);
    }
  }
}

BOOST_AUTO_TEST_CASE(one_word_of_eight_may_differ_and_no_two) {
  const std::string item = "which river flows through the old town of Norvik";
  BOOST_TEST(count(item, "Q: Which river flows through the old town of NORVIK? A: the Lend") == 1u);
  BOOST_TEST(count(item, "say which river flows through the new town of Norvik then") == 1u);
  BOOST_TEST(count(item, "say which river flows through the\nold town, of Norvik then") == 1u);
  BOOST_TEST(count(item, "say which river ran through a new town of Norvik then") == 0u);
  BOOST_TEST(count(item, "the old town of Norvik and which river flows through it") == 0u);
  // Six and seven tokens are all equal or not found.
  BOOST_TEST(count("a ferry leaves the port daily", "and a ferry leaves the port daily at") == 1u);
  BOOST_TEST(count("a ferry leaves the port daily", "and a ferry left the port daily at") == 0u);
}

BOOST_AUTO_TEST_CASE(the_middle_of_a_long_item_counts_by_its_run_or_its_passage) {
  Random random(2);
  for (const std::size_t n : {40u, 300u, 5'000u}) {
    BOOST_TEST_CONTEXT("item of " << n) {
      const Tokens item = noise(random, n);
      const Tokens run = joined({noise(random, 50), part(item, 10, 23), noise(random, 50)});
      std::vector<ItemHit> found = hits({item}, run);
      BOOST_REQUIRE_EQUAL(found.size(), 1u);
      BOOST_TEST((found[0].kind == ItemHitKind::kRun));
      BOOST_TEST(found[0].passage.begin_a == 10u);
      BOOST_TEST(found[0].passage.end_b == 63u);
      const Tokens twelve = joined({noise(random, 50), part(item, 10, 22), noise(random, 50)});
      BOOST_TEST(hits({item}, twelve).empty());
      Tokens edited = part(item, 5, 30);
      edited[6] = edited[13] = edited[19] = 7;  // 22 of 25 tokens, no run of 13
      found = hits({item}, joined({noise(random, 50), edited, noise(random, 50)}));
      BOOST_REQUIRE_EQUAL(found.size(), 1u);
      BOOST_TEST((found[0].kind == ItemHitKind::kPassage));
      BOOST_TEST(found[0].passage.matched == 22u);
    }
  }
}

BOOST_AUTO_TEST_CASE(characters_are_the_tokens_of_chinese) {
  const std::string line = "今天早上老磨坊起火烧毁了";  // twelve characters
  BOOST_TEST(count(line, "据报道，今天早上老磨坊起火，烧毁了。无人受伤。") == 1u);
  BOOST_TEST(count(line, "据报道，昨天早上老磨坊起火烧毁了。无人受伤。") == 1u);
  BOOST_TEST(count(line, "据报道，昨天老磨坊没有起火。无人受伤。") == 0u);
}

BOOST_AUTO_TEST_CASE(an_item_made_of_what_thousands_have_is_still_found) {
  Random random(3);
  const Tokens stem = counted_tokens(1, 9);
  std::vector<Tokens> items;
  for (std::uint32_t i = 0; i < 3'000; ++i) items.push_back(joined({stem, {1'000 + i}}));
  items.push_back(stem);
  const Tokens text = joined({noise(random, 30), stem, {1'000 + 1'234}, noise(random, 30)});
  const std::vector<ItemHit> found = hits(items, text);
  const auto has = [&](std::uint32_t item) {
    return std::any_of(found.begin(), found.end(),
                       [&](const ItemHit& hit) { return hit.item == item; });
  };
  BOOST_TEST(has(1'234));
  BOOST_TEST(has(3'000));
}

BOOST_AUTO_TEST_CASE(a_text_of_one_word_costs_no_square) {
  const Tokens item(500, 9);
  const Tokens text(200'000, 9);
  BOOST_TEST(!hits({item, Tokens(8, 9)}, text).empty());
}

BOOST_AUTO_TEST_CASE(few_false_hits_in_chance_text) {
  Random random(4);
  std::vector<Tokens> items;
  for (int i = 0; i < 2'000; ++i) items.push_back(random_tokens(random, 6 + random() % 20, 60));
  // A vocabulary of 60 words: four in a row are shared everywhere, six of six now and then.
  std::size_t found = 0;
  const ItemIndex index = index_of(items);
  ItemMatcher matcher(index);
  for (int i = 0; i < 50; ++i) {
    for (const ItemHit& hit : matcher.find(random_tokens(random, 400, 60))) {
      found += index.tokens(hit.item).size() >= 10 ? 1 : 0;
    }
  }
  BOOST_TEST(found <= 20u);
}

BOOST_AUTO_TEST_CASE(nothing_in_an_empty_index_or_text) {
  BOOST_TEST(hits({}, counted_tokens(1, 50)).empty());
  BOOST_TEST(hits({counted_tokens(1, 10)}, {}).empty());
  const ItemIndex index = index_of({});
  ItemRule rule;
  rule.longest_run = 0;
  BOOST_CHECK_THROW(ItemMatcher(index, rule), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
