// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/reuse/relation.h"
#include "reuse/made_tokens.h"

BOOST_TEST_DONT_PRINT_LOG_VALUE(copydesk::Relation)

namespace copydesk {

namespace {

using tests::counted_tokens;
using tests::joined;
using tests::part;
using tests::Tokens;

Relation relation_of(const Tokens& a, const Tokens& b) {
  PassageOptions options;
  options.minimum_tokens = kSentenceTokens;
  const std::vector<Passage> passages = align(a, b, options);
  const Relation relation = relate(passages, measure_parts(passages, a.size(), b.size()));
  // The other side sees the reverse.
  const std::vector<Passage> other = align(b, a, options);
  BOOST_TEST(to_string(relate(other, measure_parts(other, b.size(), a.size()))) ==
             to_string(reversed(relation)));
  return relation;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(relation)

BOOST_AUTO_TEST_CASE(relations_follow_from_the_shares) {
  const Tokens story = counted_tokens(0, 400);
  const Tokens other = counted_tokens(10'000, 400);
  BOOST_TEST(relation_of(story, story) == Relation::kCopy);
  BOOST_TEST(relation_of(joined({part(other, 0, 8), story}), story) == Relation::kCopy);
  BOOST_TEST(relation_of(part(story, 0, 200), story) == Relation::kContained);
  BOOST_TEST(relation_of(joined({story, part(other, 0, 300)}), story) == Relation::kContains);
  BOOST_TEST(relation_of(joined({part(story, 0, 200), part(other, 0, 200)}), story) ==
             Relation::kUpdate);
  BOOST_TEST(relation_of(joined({part(story, 100, 150), other}), story) == Relation::kExcerpt);
}

BOOST_AUTO_TEST_CASE(summaries_are_told_from_excerpts) {
  tests::Random random(32);
  int right = 0;
  int total = 0;
  for (int round = 0; round < 40; ++round) {
    // Sentences of 12 to 30 tokens.
    std::vector<Tokens> sentences;
    Tokens article;
    std::uint32_t next = 1'000'000u * static_cast<std::uint32_t>(round);
    for (int i = 0; i < 24; ++i) {
      sentences.push_back(counted_tokens(next, 12 + random() % 19));
      next += 1000;
      article = joined({article, sentences.back()});
    }
    const Tokens lead = joined({sentences[0], sentences[1], sentences[2]});
    const Tokens scattered = joined({sentences[0], sentences[7], sentences[15], sentences[22]});
    const Tokens edited = tests::replaced(random, scattered, 0.05);
    const Tokens reordered = joined({sentences[15], sentences[2], sentences[20]});
    for (const Tokens& summary : {lead, scattered, edited, reordered}) {
      right += relation_of(summary, article) == Relation::kSummary ? 1 : 0;
      right += relation_of(article, summary) == Relation::kSummarized ? 1 : 0;
      total += 2;
    }
    // A paragraph from the middle, alone and in a text of its own; a trimmed story; a short text on
    // the same subject that quotes one sentence.
    const Tokens paragraph = joined({sentences[10], sentences[11], sentences[12]});
    const Tokens own = counted_tokens(next, 100);
    for (const Tokens& no_summary :
         {paragraph, joined({part(own, 0, 50), paragraph, part(own, 50, 100)}),
          part(article, 0, article.size() * 35 / 100), joined({own, sentences[3]})}) {
      right += relation_of(no_summary, article) != Relation::kSummary ? 1 : 0;
      ++total;
    }
  }
  // 5 % of replaced words may leave a sentence without eight equal ones in a row of seeds.
  BOOST_TEST(right >= total * 98 / 100);
}

BOOST_AUTO_TEST_CASE(nothing_shared_is_no_summary) {
  BOOST_TEST(relate({}, {10, 100, 0}) == Relation::kExcerpt);
  BOOST_TEST(relate({}, {0, 0, 0}) == Relation::kExcerpt);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
