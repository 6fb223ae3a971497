// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/text/tokenizer.h"
#include "reference/reuse.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::counted_tokens;
using tests::joined;
using tests::part;
using tests::Tokens;

void check_passages(const Tokens& a, const Tokens& b, const std::vector<Passage>& passages,
                    const PassageOptions& options) {
  for (const Passage& passage : passages) {
    BOOST_REQUIRE(!passage.runs.empty());
    BOOST_REQUIRE_EQUAL(passage.runs.front().begin_a, passage.begin_a);
    BOOST_REQUIRE_EQUAL(passage.runs.front().begin_b, passage.begin_b);
    BOOST_REQUIRE_EQUAL(passage.runs.back().begin_a + passage.runs.back().length, passage.end_a);
    BOOST_REQUIRE_EQUAL(passage.runs.back().begin_b + passage.runs.back().length, passage.end_b);
    std::size_t matched = 0;
    const SharedRun* previous = nullptr;
    for (const SharedRun& run : passage.runs) {
      if (previous != nullptr) {
        BOOST_REQUIRE(previous->begin_a + previous->length <= run.begin_a);
        BOOST_REQUIRE(previous->begin_b + previous->length <= run.begin_b);
      }
      for (std::size_t i = 0; i < run.length; ++i) {
        BOOST_REQUIRE_EQUAL(a[run.begin_a + i], b[run.begin_b + i]);
      }
      matched += run.length;
      previous = &run;
    }
    BOOST_REQUIRE_EQUAL(matched, passage.matched);
    BOOST_REQUIRE(matched >= options.minimum_tokens);
    BOOST_REQUIRE(passage.similarity() > 0.0 && passage.similarity() <= 1.0);
    // No more than the best alignment of the two ranges has.
    BOOST_REQUIRE(matched <=
                  reference::longest_common_subsequence(part(a, passage.begin_a, passage.end_a),
                                                        part(b, passage.begin_b, passage.end_b)));
  }
}

std::string passage_text(std::string_view text, const TokenList& tokens, std::size_t begin,
                         std::size_t end) {
  return std::string(TextSpan{tokens.spans[begin].begin, tokens.spans[end - 1].end}.of(text));
}

// Aligns a story inside two different surroundings and expects exactly the story back.
void check_story_is_found(const std::string& story, const std::string& before_a,
                          const std::string& after_a, const std::string& before_b,
                          const std::string& after_b) {
  const std::string a = before_a + story + after_a;
  const std::string b = before_b + story + after_b;
  Tokenizer tokenizer;
  TokenList tokens_a, tokens_b;
  tokenizer.tokenize_with_spans(a, tokens_a);
  tokenizer.tokenize_with_spans(b, tokens_b);
  PassageOptions options;
  options.minimum_tokens = 10;
  const std::vector<Passage> passages = align(tokens_a, tokens_b, options);
  BOOST_REQUIRE_EQUAL(passages.size(), 1u);
  const Passage& passage = passages[0];
  BOOST_TEST(passage_text(a, tokens_a, passage.begin_a, passage.end_a) == story);
  BOOST_TEST(passage_text(b, tokens_b, passage.begin_b, passage.end_b) == story);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(passage_aligner)

BOOST_AUTO_TEST_CASE(equal_texts_are_one_passage) {
  const Tokens text = counted_tokens(0, 100);
  const std::vector<Passage> passages = align(text, text, {});
  BOOST_REQUIRE_EQUAL(passages.size(), 1u);
  BOOST_TEST(passages[0].matched == 100u);
  BOOST_TEST(passages[0].similarity() == 1.0);
}

BOOST_AUTO_TEST_CASE(texts_without_a_common_token_share_nothing) {
  BOOST_TEST(align(counted_tokens(0, 100), counted_tokens(1000, 100), {}).empty());
  BOOST_TEST(align(Tokens{}, counted_tokens(0, 100), {}).empty());
  BOOST_TEST(align(counted_tokens(0, 100), Tokens{}, {}).empty());
}

BOOST_AUTO_TEST_CASE(the_minimum_is_met_exactly) {
  PassageOptions options;
  options.minimum_tokens = 20;
  const Tokens a =
      joined({counted_tokens(1000, 30), counted_tokens(0, 20), counted_tokens(2000, 30)});
  const Tokens b =
      joined({counted_tokens(3000, 50), counted_tokens(0, 20), counted_tokens(4000, 9)});
  BOOST_TEST(align(a, b, options).size() == 1u);
  options.minimum_tokens = 21;
  BOOST_TEST(align(a, b, options).empty());
}

BOOST_AUTO_TEST_CASE(paragraphs_in_another_order_are_passages_of_their_own) {
  const Tokens one = counted_tokens(0, 40);
  const Tokens two = counted_tokens(100, 50);
  const Tokens three = counted_tokens(200, 60);
  const std::vector<Passage> passages =
      align(joined({one, two, three}), joined({three, one, two}), {});
  BOOST_REQUIRE_EQUAL(passages.size(), 2u);
  BOOST_TEST(passages[0].begin_a == 0u);
  BOOST_TEST(passages[0].end_a == 90u);
  BOOST_TEST(passages[0].begin_b == 60u);
  BOOST_TEST(passages[1].begin_a == 90u);
  BOOST_TEST(passages[1].begin_b == 0u);
  const std::vector<Passage> reversed =
      align(joined({one, two, three}), joined({three, two, one}), {});
  BOOST_TEST(reversed.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_insertion_up_to_the_gap_is_bridged) {
  const Tokens text = counted_tokens(0, 80);
  const auto with_gap = [&](std::size_t length) {
    return align(text,
                 joined({part(text, 0, 40), counted_tokens(1000, length), part(text, 40, 80)}), {});
  };
  BOOST_TEST(with_gap(30).size() == 1u);
  BOOST_TEST(with_gap(31).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_repeated_passage_is_reported_once) {
  const Tokens text = counted_tokens(0, 50);
  const std::vector<Passage> passages =
      align(text, joined({text, counted_tokens(500, 100), text}), {});
  BOOST_TEST(passages.size() == 1u);
}

BOOST_AUTO_TEST_CASE(edited_copies_are_covered) {
  tests::Random random(7);
  const PassageOptions options;
  double covered = 0.0;
  int copies = 0;
  for (int round = 0; round < 60; ++round) {
    const double share = std::vector{0.03, 0.1, 0.2}[static_cast<std::size_t>(round % 3)];
    const Tokens story = tests::random_tokens(random, 300, 20'000);
    const Tokens copy = tests::replaced(random, story, share);
    const Tokens a = joined({counted_tokens(100'000, 50), story});
    const Tokens b = joined({copy, counted_tokens(200'000, 80)});
    const std::vector<Passage> passages = align(a, b, options);
    check_passages(a, b, passages, options);
    std::size_t tokens = 0;
    for (const Passage& passage : passages) tokens += passage.end_b - passage.begin_b;
    covered += static_cast<double>(tokens) / 300.0;
    ++copies;
  }
  BOOST_TEST(covered / copies > 0.97);
  BOOST_TEST(covered / copies < 1.01);
}

BOOST_AUTO_TEST_CASE(passages_of_random_texts_are_what_they_say) {
  tests::Random random(8);
  PassageOptions options;
  options.seed_tokens = 3;
  options.minimum_tokens = 5;
  for (int round = 0; round < 200; ++round) {
    const Tokens a = tests::random_tokens(random, 20 + random() % 150, 6);
    const Tokens b = tests::random_tokens(random, 20 + random() % 150, 6);
    check_passages(a, b, align(a, b, options), options);
  }
}

BOOST_AUTO_TEST_CASE(all_is_the_same_from_the_other_side) {
  tests::Random random(9);
  for (int round = 0; round < 30; ++round) {
    const Tokens story = tests::random_tokens(random, 200, 50'000);
    const Tokens a = joined({tests::random_tokens(random, 50, 50'000), story});
    const Tokens b = joined(
        {part(story, 100, 200), tests::random_tokens(random, 60, 50'000), part(story, 0, 100)});
    const std::vector<Passage> forward = align(a, b, {});
    const std::vector<Passage> backward = align(b, a, {});
    std::size_t matched_forward = 0;
    std::size_t matched_backward = 0;
    for (const Passage& passage : forward) matched_forward += passage.matched;
    for (const Passage& passage : backward) matched_backward += passage.matched;
    BOOST_TEST(forward.size() == 2u);
    BOOST_TEST(forward.size() == backward.size());
    BOOST_TEST(matched_forward == matched_backward);
  }
}

BOOST_AUTO_TEST_CASE(texts_that_repeat_themselves_end_in_time) {
  Tokens a;
  for (std::uint32_t i = 0; i < 12'000; ++i) a.push_back(i % 7);
  const std::vector<Passage> passages = align(a, part(a, 3, 9'000), {});
  BOOST_TEST(!passages.empty());
}

BOOST_AUTO_TEST_CASE(offsets_are_right_in_every_script) {
  check_story_is_found(
      "The harbour board said on Monday that the two cranes would be sold by the end of May",
      "PORT NEWS\n", " - nobody was hurt, officials added.", "(Reuters) -- ", "\n\nRead more here");
  check_story_is_found(
      "Совет порта сообщил в понедельник, что два крана будут проданы до конца мая этого года",
      "НОВОСТИ\n", " Погода завтра.", "Москва, 5 мая. ", "\nЧитайте также");
  check_story_is_found("港务局星期一表示两台起重机将在五月底之前出售以便为新的货运码头腾出空间",
                       "新闻\n", "明天天气。", "本报讯 ", "\n更多报道");
  check_story_is_found(
      "أعلن مجلس الميناء يوم الاثنين أن الرافعتين ستباعان قبل نهاية شهر مايو من هذا العام",
      "أخبار\n", " الطقس غدا.", "القاهرة - ", "\nاقرأ أيضا");
}

BOOST_AUTO_TEST_CASE(impossible_options_are_refused) {
  PassageOptions options;
  options.minimum_tokens = 0;
  BOOST_CHECK_THROW(PassageAligner{options}, Error);
  options = {};
  options.seed_tokens = 0;
  BOOST_CHECK_THROW(PassageAligner{options}, Error);
  options = {};
  options.drop = -1;
  BOOST_CHECK_THROW(PassageAligner{options}, Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
