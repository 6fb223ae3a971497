// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <string_view>

#include "copydesk/blocks/page_part.h"
#include "copydesk/blocks/span_bounds.h"

namespace copydesk {
namespace {

// What is cut when the tokens from the one at `from` to the one at `to` are surplus.
std::string cut(SpanBounds bounds, std::string_view text, std::string_view from,
                std::string_view to) {
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize_with_spans(text, tokens);
  std::size_t begin = 0, end = tokens.size();
  while (begin < tokens.size() && tokens.spans[begin].of(text) != from) ++begin;
  while (end > 0 && tokens.spans[end - 1].of(text) != to) --end;
  BOOST_REQUIRE(begin < end);
  SpanTrimmer trimmer(bounds);
  trimmer.set_text(text, tokens);
  return std::string(trimmer.trim(begin, end).of(text));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(span_bounds)

BOOST_AUTO_TEST_CASE(only_whole_sentences_are_cut) {
  const std::string_view text = "It rained. The port was shut all day. Nobody came. We left.";
  const auto sentence = SpanBounds::kSentence;
  BOOST_TEST(cut(sentence, text, "rained", "came") == "The port was shut all day. Nobody came. ");
  BOOST_TEST(cut(sentence, text, "The", "Nobody") == "The port was shut all day. ");
  BOOST_TEST(cut(sentence, text, "port", "Nobody") == "");
  BOOST_TEST(cut(sentence, text, "It", "shut") == "It rained. ");
  BOOST_TEST(cut(sentence, text, "Nobody", "left") == " Nobody came. We left.");
  BOOST_TEST(cut(sentence, text, "It", "left") == text);
}

BOOST_AUTO_TEST_CASE(paragraphs_stay_apart) {
  const auto sentence = SpanBounds::kSentence;
  BOOST_TEST(cut(sentence, "One is here. Two is gone.\n\nThree stays.", "Two", "gone") ==
             " Two is gone.");
  BOOST_TEST(cut(sentence, "One is here.\n\nTwo is gone.\n\nThree stays.", "Two", "gone") ==
             "Two is gone.\n\n");
  BOOST_TEST(cut(sentence, "One is here.\n\nTwo is gone. Three stays.", "Two", "gone") ==
             "Two is gone. ");
  BOOST_TEST(cut(sentence, "One is here.\n\nTwo is gone.\n", "Two", "gone") == "\n\nTwo is gone.");
}

BOOST_AUTO_TEST_CASE(words_are_never_parted) {
  const auto word = SpanBounds::kWord;
  BOOST_TEST(cut(word, "we don't know, they said", "don", "know") == "don't know, ");
  BOOST_TEST(cut(word, "we don't know, they said", "t", "know") == "know, ");
  BOOST_TEST(cut(word, "the 1.5 metres of it", "the", "1") == "the ");
  BOOST_TEST(cut(word, "he (the mayor) left", "the", "mayor") == "(the mayor) ");
  BOOST_TEST(cut(word, "a well\u2010known man", "a", "well") == "a ");
  // Scripts without spaces: every character is a token, and punctuation goes with the one before.
  BOOST_TEST(cut(word, "\u6211\u4EEC\u53BB\uFF0C\u4F60\u6765\u3002", "\u4EEC", "\u53BB") ==
             "\u4EEC\u53BB\uFF0C");
}

BOOST_AUTO_TEST_CASE(other_scripts_are_cut_by_sentences_too) {
  const auto sentence = SpanBounds::kSentence;
  BOOST_TEST(cut(sentence, "\u6211\u6765\u3002\u4F60\u53BB\u3002\u4ED6\u770B\u3002", "\u4F60",
                 "\u770B") == "\u4F60\u53BB\u3002\u4ED6\u770B\u3002");
  const std::string_view arabic =
      "\u062C\u0627\u0621 \u0627\u0644\u0648\u0644\u062F. \u0630\u0647\u0628 "
      "\u0627\u0644\u0631\u062C\u0644\u061F \u0646\u0639\u0645.";
  BOOST_TEST(cut(sentence, arabic, "\u0630\u0647\u0628", "\u0627\u0644\u0631\u062C\u0644") ==
             "\u0630\u0647\u0628 \u0627\u0644\u0631\u062C\u0644\u061F ");
}

// Whatever is asked for: no character is cut, nothing beyond the tokens but signs and white space.
BOOST_AUTO_TEST_CASE(random_spans_hold_their_promises) {
  const char* const kParts[] = {"word",
                                "isn't",
                                "3.14",
                                " ",
                                "\n",
                                ". ",
                                ", ",
                                "(",
                                ")",
                                "\u4E2D",
                                "\u3002",
                                "e\u0301",
                                "\u0634\u0645\u0633"};
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    std::mt19937 random(seed);
    std::string text;
    for (std::size_t i = 0, count = 1 + random() % 40; i < count; ++i) {
      text += kParts[random() % std::size(kParts)];
    }
    Tokenizer tokenizer;
    TokenList tokens;
    tokenizer.tokenize_with_spans(text, tokens);
    if (tokens.size() == 0) continue;
    const std::size_t begin = random() % tokens.size();
    const std::size_t end = begin + 1 + random() % (tokens.size() - begin);
    for (const SpanBounds bounds : {SpanBounds::kSentence, SpanBounds::kWord}) {
      SpanTrimmer trimmer(bounds);
      trimmer.set_text(text, tokens);
      const TextSpan span = trimmer.trim(begin, end);
      BOOST_TEST_CONTEXT("seed " << seed << " " << text) {
        if (span.empty()) continue;
        BOOST_TEST(span.end <= text.size());
        const auto begins_character = [&](std::size_t at) {
          return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        };
        BOOST_TEST(begins_character(span.begin));
        BOOST_TEST(begins_character(span.end));
        for (std::size_t i = 0; i < tokens.size(); ++i) {
          const TextSpan token = tokens.spans[i];
          const bool outside = token.end <= span.begin || token.begin >= span.end;
          if (i < begin || i >= end) BOOST_TEST(outside);
          BOOST_TEST((outside || (token.begin >= span.begin && token.end <= span.end)));
        }
      }
    }
  }
}

// A text is split into sentences part by part; spans may reach from one into the next.
BOOST_AUTO_TEST_CASE(sentences_of_a_text_longer_than_any_page) {
  std::string text;
  for (std::size_t i = 0; i < kMostPageLines + 50; ++i) text += "One. Two three.\n";
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize_with_spans(text, tokens);
  SpanTrimmer trimmer(SpanBounds::kSentence);
  trimmer.set_text(text, tokens);
  const auto trimmed = [&](std::size_t begin, std::size_t end) {
    return std::string(trimmer.trim(begin, end).of(text));
  };
  BOOST_TEST(trimmed(1, 4) == "Two three.\nOne. ");
  const std::size_t border = 3 * kMostPageLines;  // the first token behind the first part
  BOOST_TEST(trimmed(border - 2, border + 2) == "Two three.\nOne. ");
  BOOST_TEST(trimmed(border + 31, border + 33) == " Two three.");
  BOOST_TEST(trimmed(tokens.size() - 3, tokens.size()) == "\nOne. Two three.");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
