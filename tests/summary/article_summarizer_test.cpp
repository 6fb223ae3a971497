// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/run/run_control.h"
#include "copydesk/summary/article_summarizer.h"

using namespace copydesk;

namespace {

const std::string kArticle =
    "Harbor bridge closes for repairs\n\n"
    "The harbor bridge will close for six months from Monday, the city council said. "
    "Engineers found cracks in two of its steel arches. "
    "They had been overlooked at the last inspection. "
    "\"We cannot take any risk. The arches carry forty thousand cars a day,\" said engineer Rosa "
    "Lind.\n\n"
    "Ferries will carry passengers across the harbor while the bridge is closed. "
    "However, lorries have to take the northern motorway. "
    "The repairs of the steel arches cost the city ninety million. "
    "Shop owners near the bridge fear for their trade.\n\n"
    "Read more about the harbor\n";

std::string abstract(const std::string& text, const SummaryOptions& options,
                     std::string_view title = {}, std::string_view earlier = {}) {
  ArticleSummarizer summarizer(options, nullptr);
  Summary summary;
  summarizer.summarize({text, title, earlier, {}}, summary);
  std::string out;
  append_abstract(out, text, summary, " ");
  return out;
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool in_space = true;
  for (const char c : text) {
    words += in_space && c != ' ' ? 1 : 0;
    in_space = c == ' ';
  }
  return words;
}

SummaryOptions with_sentences(std::size_t count) {
  SummaryOptions options;
  options.selection.budget.sentences = count;
  return options;
}

constexpr RankMethod kMethods[] = {
    RankMethod::kDirected, RankMethod::kLexRank,  RankMethod::kLexRankContinuous,
    RankMethod::kTextRank, RankMethod::kBm25,     RankMethod::kPacSum,
    RankMethod::kCentroid, RankMethod::kSumBasic, RankMethod::kSubmodular,
    RankMethod::kLead};

}  // namespace

BOOST_AUTO_TEST_SUITE(article_summarizer)

BOOST_AUTO_TEST_CASE(budgets_hold_for_every_method_and_size) {
  for (const RankMethod method : kMethods) {
    for (std::size_t size = 1; size <= 120; size = size < 12 ? size + 1 : size + 9) {
      BOOST_TEST_CONTEXT(to_string(method) << " " << size) {
        SummaryOptions options;
        options.method = method;
        options.selection.budget.words = size;
        std::string out = abstract(kArticle, options);
        BOOST_TEST(count_words(out) <= size);
        BOOST_TEST(!out.empty());

        options.selection.budget = {};
        options.selection.budget.characters = size;
        out = abstract(kArticle, options);
        BOOST_TEST(out.size() <= size);  // the article is ASCII
        BOOST_TEST(!out.empty());

        options.selection.budget = {};
        options.selection.budget.bytes = size;
        BOOST_TEST(abstract(kArticle, options).size() <= size);

        options.selection.budget = {};
        options.selection.budget.sentences = size;
        ArticleSummarizer summarizer(options, nullptr);
        Summary summary;
        summarizer.summarize({kArticle, {}, {}, {}}, summary);
        const auto chosen =
            std::count_if(summary.sentences.begin(), summary.sentences.end(),
                          [](const auto& s) { return s.verdict == Verdict::kChosen; });
        BOOST_TEST(static_cast<std::size_t>(chosen) <= size);
        BOOST_TEST(chosen > 0);
      }
    }
  }
}

// Texts put together at random from what is awkward: half quotations, fragments, line ends of all
// kinds, scripts with and without spaces, the same sentence again.
BOOST_AUTO_TEST_CASE(budgets_hold_and_nothing_is_empty_over_random_texts) {
  const std::vector<std::string> pieces = {
      "The council said that the bridge will close in May.",
      "But nobody knows why it took so long!",
      "\"We cannot wait. ",
      "They left,\" she said.",
      "(see page 4",
      "He [the mayor] resigned; \u201Cat last\u201D.",
      "Read more",
      "U.S. exports rose 3.5 percent",
      "\u4ECA\u5929\u5929\u6C14\u5F88\u597D\u3002\u6211\u4EEC\u53BB\u516C\u56ED\u3002",
      "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35",
      "\u041E\u043D\u0438 \u0443\u0448\u043B\u0438.",
      "\u00BFQu\u00E9? \u00A1No!",
      "...",
      "\u2022",
      "Supercalifragilisticexpialidocious",
      "\U0001F600"};
  const std::vector<std::string> gaps = {" ", "\n", "\r\n", "\n\n", "", "\t", "\u00A0"};
  const std::vector<RankMethod> methods = {RankMethod::kDirected, RankMethod::kLead,
                                           RankMethod::kLexRank, RankMethod::kPacSum,
                                           RankMethod::kSubmodular};
  std::mt19937_64 random(17);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::size_t i = random() % 14; i > 0; --i) {
      text += pieces[random() % pieces.size()] + gaps[random() % gaps.size()];
    }
    SummaryOptions options;
    options.method = methods[random() % methods.size()];
    options.selection.avoid_dangling = random() % 2 == 0;
    options.selection.mmr = random() % 4 == 0 ? 0.6 : 1.0;
    BudgetOptions& budget = options.selection.budget;
    if (random() % 2 == 0) budget.sentences = 1 + random() % 4;
    if (random() % 2 == 0) budget.words = 1 + random() % 30;
    if (random() % 2 == 0) budget.characters = 1 + random() % 150;
    // A character of four bytes must fit.
    if (random() % 2 == 0) budget.bytes = 4 + random() % 200;
    if (random() % 8 == 0) options.must_include = {"bridge"};

    ArticleSummarizer summarizer(options, nullptr);
    Summary summary;
    summarizer.summarize({text, "Bridge", {}, {}}, summary);
    std::string found;
    append_abstract(found, text, summary, " ");
    std::size_t sentences = 0, end = 0;
    std::set<std::string> seen;
    for (const SummarySentence& sentence : summary.sentences) {
      const TextSpan span = summary.span_of(sentence);
      if (span.empty()) continue;
      ++sentences;
      BOOST_REQUIRE(span.begin >= end && span.end <= text.size());
      end = span.end;
      BOOST_REQUIRE_MESSAGE(seen.insert(std::string(span.of(text))).second, text);
    }
    std::size_t characters = 0, pieces_found = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      characters += (static_cast<unsigned char>(found[i]) & 0xC0) != 0x80 ? 1 : 0;
      const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
      pieces_found += !is_space(found[i]) && (i == 0 || is_space(found[i - 1])) ? 1 : 0;
    }
    BOOST_REQUIRE_LE(sentences, budget.sentences);
    BOOST_REQUIRE_LE(found.size(), budget.bytes);
    BOOST_REQUIRE_LE(characters, budget.characters);
    BOOST_REQUIRE_LE(pieces_found, budget.words);
    const bool has_word = std::any_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (has_word) BOOST_REQUIRE_MESSAGE(!found.empty(), text);
  }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_passed_over) {
  SummaryOptions options;
  options.selection.budget.words = 20;
  const std::string out = abstract(kArticle, options);
  BOOST_TEST(count_words(out) > 10U);
  BOOST_TEST(count_words(out) <= 20U);
}

BOOST_AUTO_TEST_CASE(openings_do_not_dangle) {
  for (std::size_t count = 1; count <= 9; ++count) {
    ArticleSummarizer summarizer(with_sentences(count), nullptr);
    Summary summary;
    summarizer.summarize({kArticle, {}, {}, {}}, summary);
    for (std::size_t i = 0; i < summary.sentences.size(); ++i) {
      if (summary.sentences[i].verdict != Verdict::kChosen) continue;
      const std::string_view text = summary.sentences[i].span.of(kArticle);
      const auto is_chosen_back = [&](std::size_t back) {
        return i >= back && summary.sentences[i - back].verdict == Verdict::kChosen;
      };
      if (text.starts_with("They")) BOOST_TEST(is_chosen_back(1));
      if (text.starts_with("However")) {
        BOOST_TEST((is_chosen_back(1) || is_chosen_back(2) || is_chosen_back(3)));
      }
      BOOST_TEST(std::count(text.begin(), text.end(), '"') % 2 == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(only_dangling_text_still_has_an_abstract) {
  BOOST_TEST(abstract("It rained. They left.", with_sentences(1)) == "It rained.");
  BOOST_TEST(abstract("\"We see no way out, he said.", with_sentences(1)) ==
             "\"We see no way out, he said.");
}

BOOST_AUTO_TEST_CASE(empty_and_wordless_texts) {
  BOOST_TEST(abstract("", with_sentences(3)).empty());
  BOOST_TEST(abstract(" \n\n ", with_sentences(3)).empty());
  BOOST_TEST(abstract("... --- !!!", with_sentences(3)).empty());
  BOOST_TEST(abstract("Word", with_sentences(3)) == "Word");
}

BOOST_AUTO_TEST_CASE(no_sentence_twice) {
  std::string text;
  for (int i = 0; i < 4; ++i) {
    text += "The council approved the new budget for the harbor on Monday evening. ";
    text += "Ferries to the harbor will run every hour from next spring on. ";
  }
  const std::string out = abstract(text, with_sentences(5));
  BOOST_TEST(out.find("council") == out.rfind("council"));
  BOOST_TEST(out.find("Ferries") == out.rfind("Ferries"));
}

BOOST_AUTO_TEST_CASE(of_captions_printed_twice_one_counts) {
  const std::string caption =
      "The mayor speaks about the harbor bridge at the city council on Monday.";
  const std::string text = caption + "\n" + caption + "\n" + kArticle;
  const std::string out = abstract(text, with_sentences(3));
  BOOST_TEST(out.find(caption) == out.rfind(caption));
  BOOST_TEST(abstract(caption + "\n" + caption, with_sentences(3)) == caption);
}

BOOST_AUTO_TEST_CASE(title_query_and_required_terms_move_the_choice) {
  SummaryOptions options = with_sentences(1);
  options.weights.title = 20.0;
  BOOST_TEST(abstract(kArticle, options, "Shop owners fear for trade").find("Shop owners") == 0U);
  options = with_sentences(1);
  options.query = "cost of repairs, ninety million";
  options.weights.query = 20.0;
  BOOST_TEST(abstract(kArticle, options).find("ninety million") != std::string::npos);
  options = with_sentences(2);
  options.must_include = {"northern motorway", "Shop owners"};
  const std::string out = abstract(kArticle, options);
  BOOST_TEST(out.find("Shop owners") != std::string::npos);
  options.must_include = {"no such term"};
  BOOST_TEST(!abstract(kArticle, options).empty());
}

BOOST_AUTO_TEST_CASE(updates_leave_out_what_was_known) {
  const std::string update =
      kArticle + "\nThe mayor resigned on Friday over the missed inspection of the arches.\n";
  const std::string out = abstract(update, with_sentences(3), {}, kArticle);
  BOOST_TEST(out == "The mayor resigned on Friday over the missed inspection of the arches.");
}

BOOST_AUTO_TEST_CASE(excluded_parts_are_not_chosen_and_do_not_vote) {
  const std::string block =
      "Subscribe to our harbor newsletter about the bridge, the arches and the city council.";
  const std::string text = kArticle + "\n" + block + "\n";
  const TextSpan span{text.size() - block.size() - 1, text.size() - 1};
  SummaryOptions options = with_sentences(20);
  ArticleSummarizer summarizer(options, nullptr);
  Summary with, without;
  summarizer.summarize({text, {}, {}, std::span(&span, 1)}, with);
  BOOST_TEST(static_cast<int>(with.sentences.back().verdict) ==
             static_cast<int>(Verdict::kExcluded));
  summarizer.summarize({kArticle, {}, {}, {}}, without);
  BOOST_REQUIRE_EQUAL(with.sentences.size(), without.sentences.size() + 1);
  for (std::size_t i = 0; i < without.sentences.size(); ++i) {
    BOOST_TEST(static_cast<int>(with.sentences[i].verdict) ==
               static_cast<int>(without.sentences[i].verdict));
    BOOST_TEST(std::abs(with.sentences[i].score.total - without.sentences[i].score.total) < 1e-6);
  }
  // A sentence of which a part is in a block is out; if nothing else is left, all are in again.
  const std::vector<TextSpan> blocks = {{0, 2}, {40, 60}};
  const std::string two = "The first sentence has words. The second sentence of the text has more.";
  summarizer.summarize({two, {}, {}, std::span(blocks).subspan(1)}, with);
  BOOST_TEST((with.sentences[1].verdict == Verdict::kExcluded));
  BOOST_TEST((with.sentences[0].verdict == Verdict::kChosen));
  summarizer.summarize({two, {}, {}, blocks}, with);
  BOOST_TEST((with.sentences[0].verdict == Verdict::kChosen));
}

BOOST_AUTO_TEST_CASE(marginal_relevance_avoids_near_repeats) {
  const std::string text =
      "The council voted to close the harbor bridge for repairs next week. "
      "The council voted on Monday to close the harbor bridge for repairs next week. "
      "A storm warning holds for all islands in the north. "
      "The harbor bridge will close for repairs next week after the council voted.";
  SummaryOptions options = with_sentences(2);
  options.selection.mmr = 0.3;
  BOOST_TEST(abstract(text, options).find("storm") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(novelty_avoids_what_was_said) {
  const std::string text =
      "The harbor bridge will close for six months from Monday for repairs. "
      "The harbor bridge will close from Monday for repairs of six months. "
      "Ferries carry passengers across the harbor meanwhile. "
      "The repairs of the harbor bridge cost ninety million. "
      "Ferries are free for passengers of the bridge.";
  SummaryOptions options = with_sentences(2);
  options.weights.novelty = 0.0;
  ArticleSummarizer plain(options, nullptr);
  Summary summary;
  plain.summarize({text, {}, {}, {}}, summary);
  BOOST_TEST(summary.sentences[0].score.overlap == 0.0);
  options.weights.novelty = 3.0;
  ArticleSummarizer summarizer(options, nullptr);
  summarizer.summarize({text, {}, {}, {}}, summary);
  const auto chosen = [&](std::size_t i) {
    return summary.sentences[i].verdict == Verdict::kChosen;
  };
  BOOST_TEST((chosen(0) != chosen(1) || (!chosen(0) && !chosen(1))));
  double overlap = 0.0;
  for (const SummarySentence& sentence : summary.sentences) overlap += sentence.score.overlap;
  BOOST_TEST(overlap < 0.0);
}

BOOST_AUTO_TEST_CASE(stems_make_terms_of_word_forms) {
  const std::string text =
      "Painters painted a painting. Gulls cried loudly over the bay. The paintings were paintings. "
      "Snow fell on Sunday.";
  SummaryOptions options = with_sentences(1);
  options.weights.length = 0.0;
  options.query = "paint";
  options.stem = "en";
  ArticleSummarizer summarizer(options, nullptr);
  Summary summary;
  summarizer.summarize({text, {}, {}, {}}, summary);
  BOOST_TEST(summary.sentences[0].score.query > 0.0);
  BOOST_TEST(summary.sentences[1].score.query == 0.0);
  options.stem.clear();
  ArticleSummarizer words(options, nullptr);
  words.summarize({text, {}, {}, {}}, summary);
  BOOST_TEST(summary.sentences[0].score.query == 0.0);
}

BOOST_AUTO_TEST_CASE(scripts_without_spaces) {
  const std::string chinese =
      "市政府周一宣布，港口大桥将关闭六个月。工程师在两座钢拱上发现了裂缝。大桥每天通过四万辆汽车。"
      "维修钢拱将花费九千万。渡轮将在大桥关闭期间运送乘客。";
  SummaryOptions options = with_sentences(2);
  const std::string out = abstract(chinese, options);
  BOOST_TEST(!out.empty());
  std::size_t stops = 0;
  for (std::size_t at = out.find("。"); at != std::string::npos; at = out.find("。", at + 3))
    ++stops;
  BOOST_TEST(stops == 2U);
  options.selection.budget = {};
  options.selection.budget.characters = 5;
  const std::string cut = abstract(chinese, options);
  BOOST_TEST(!cut.empty());
  BOOST_TEST(cut.size() <= 15U);

  const std::string japanese =
      "市は月曜日、港の橋を六か月間閉鎖すると発表した。技師は鋼のアーチに亀裂を見つけた。"
      "橋の修理には九千万かかる。フェリーが乗客を運ぶ。";
  BOOST_TEST(!abstract(japanese, with_sentences(1)).empty());
}

BOOST_AUTO_TEST_CASE(same_text_same_abstract_whatever_came_before) {
  ArticleSummarizer fresh(with_sentences(3), nullptr), used(with_sentences(3), nullptr);
  Summary a, b;
  std::string other;
  for (int i = 0; i < 500; ++i)
    other += "Sentence number " + std::to_string(i) + " of another text. ";
  used.summarize({other, {}, {}, {}}, b);
  fresh.summarize({kArticle, {}, {}, {}}, a);
  used.summarize({kArticle, {}, {}, {}}, b);
  BOOST_REQUIRE_EQUAL(a.sentences.size(), b.sentences.size());
  for (std::size_t i = 0; i < a.sentences.size(); ++i) {
    BOOST_TEST(a.sentences[i].score.total == b.sentences[i].score.total);
    BOOST_TEST(a.sentences[i].span.begin == b.sentences[i].span.begin);
  }
}

BOOST_AUTO_TEST_CASE(options_are_checked) {
  SummaryOptions options;
  options.selection.mmr = 0.0;
  BOOST_CHECK_THROW(ArticleSummarizer(options, nullptr), Error);
  options = {};
  options.centrality.direction = 1.5;
  BOOST_CHECK_THROW(ArticleSummarizer(options, nullptr), Error);
  options = {};
  options.selection.budget.words = 0;
  BOOST_CHECK_THROW(ArticleSummarizer(options, nullptr), Error);
  options = {};
  options.splitting.language = "english";
  options.splitting.language += '!';
  BOOST_CHECK_THROW(ArticleSummarizer(options, nullptr), Error);
}

// With mmr a sentence is compared with those near it, so that the work for each chosen one has a
// bound; the order is that of the values all the same.
BOOST_AUTO_TEST_CASE(mmr_compares_with_sentences_near_by) {
  const std::size_t count = 3 * kFarthestCompared;
  const std::string sentence = "A sentence of six plain words. ";
  std::string text;
  std::vector<Candidate> candidates(count);
  for (std::size_t i = 0; i < count; ++i) {
    candidates[i].span = {text.size(), text.size() + sentence.size() - 1};
    text += sentence;
    candidates[i].features.words = 6;
    candidates[i].score = static_cast<double>((i * 7919) % count);
  }
  SelectionOptions options;
  options.mmr = 0.5;
  options.budget.sentences = 600;
  std::size_t most = 0;
  const Companions companions{[&](std::size_t, std::size_t, std::span<double> out) {
                                most = std::max(most, out.size());
                                std::fill(out.begin(), out.end(), 0.25);
                              },
                              {},
                              {}};
  Selection selection;
  select_sentences(text, candidates, options, companions, {}, selection);
  BOOST_TEST(most <= 2 * kFarthestCompared + 1);
  BOOST_TEST(std::count(selection.verdicts.begin(), selection.verdicts.end(), Verdict::kChosen) ==
             600);
  const std::atomic<bool> stop{true};
  BOOST_CHECK_THROW(
      select_sentences(text, candidates, options, companions, StopFlag(&stop), selection),
      Cancelled);
}

BOOST_AUTO_TEST_SUITE_END()
