// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/text/sentence_splitter.h"

using namespace copydesk;

namespace {

using Strings = std::vector<std::string>;

Strings split(const std::string& text, const std::string& language = {},
              Quotations quotations = Quotations::kSplit) {
  SentenceSplitter splitter({language, quotations});
  SentenceList list;
  splitter.split(text, list);
  Strings sentences;
  for (const TextSpan& span : list.spans) sentences.emplace_back(span.of(text));
  return sentences;
}

// `text` has "|" where sentences end; the space around it belongs to the text that is split.
void check(const std::string& marked, const std::string& language = {},
           Quotations quotations = Quotations::kSplit) {
  Strings wanted;
  std::string text;
  for (std::size_t begin = 0; begin <= marked.size();) {
    const std::size_t end = std::min(marked.find('|', begin), marked.size());
    wanted.push_back(marked.substr(begin, end - begin));
    text += (text.empty() ? "" : " ") + wanted.back();
    begin = end + 1;
  }
  BOOST_TEST_CONTEXT(text) {
    BOOST_TEST(split(text, language, quotations) == wanted, boost::test_tools::per_element());
  }
}

// Boundaries of ICU's own iterator, as ends without white space.
std::vector<std::size_t> icu_ends(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  UText* const view =
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
  iterator->setText(view, status);
  std::vector<std::size_t> ends;
  iterator->first();
  for (std::int32_t at = iterator->next(); at != icu::BreakIterator::DONE; at = iterator->next()) {
    auto end = static_cast<std::size_t>(at);
    while (end > 0 && text[end - 1] == ' ') --end;
    ends.push_back(end);
  }
  utext_close(view);
  return ends;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sentence_splitter)

BOOST_AUTO_TEST_CASE(plain_sentences) {
  check("The vote failed.|Nobody was surprised!|Was it close?|It was.");
  check("Prices rose 3.5 percent to $1.20.|Analysts had expected less.");
  check("See example.com for more.|Mail jo@example.org.");
  BOOST_TEST(split("").empty());
  BOOST_TEST(split(" \n\t ").empty());
}

BOOST_AUTO_TEST_CASE(abbreviations_and_initials) {
  check("Dr. Lind met Mrs. Ode at 5 p.m. on Monday.|They left.");
  check("J. R. Hall and Albert I. Moss spoke.|So did you and I.|Nobody listened.");
  check("The U.S. Senate voted.|He lives in the U.S.|She does not.");
  check("Hall & Co. closed on Nov. 5.|Its shops in Boise, Idaho, etc. remain.");
  check("See p. 12, No. 7 and fig. 3.|The answer was no.|Really.");
  check("He was ill.|Doctors came.");
  check("Am 12. Juni kam Hr. Lind z. B. nach Bonn.|Danach ging er.", "de");
  check("Le 3 mai, M. Hulot arriva.|Il repartit.", "fr");
  check("El Sr. Gil vive en la av. Sol.|No trabaja.", "es");
  check("В 1854 г. Толстой жил на ул. Мира.|Потом уехал.", "ru");
}

BOOST_AUTO_TEST_CASE(marks_behind_the_full_stop) {
  check("\"It is over.\"|The crowd left.");
  check("\"It is over,\" he said.|(Nobody moved.)|Then they did.");
  check("“Who?” she asked.|“You.”|He nodded.");
  check("She shops at Yahoo! in spring.|Good!!|Really?!");
  check("We waited ... and waited.|Nothing....|Then it came.");
}

// What is read of the lines is kept of a short text only; both must be cut alike.
BOOST_AUTO_TEST_CASE(long_wrapped_texts_are_cut_like_short_ones) {
  const std::string part =
      "The harbor of the old town was closed for two\nweeks, because the dredger had run into the\n"
      "pier and nobody would say who was to pay. \"It\nis a matter for the court,\" said the "
      "mayor.\n\n"
      "Boats were moved to the river. Their owners\nhave until Friday to fetch them, by "
      "decree.\n\n";
  const Strings sentences = split(part + part);
  BOOST_TEST(sentences.size() == 8U);
  std::string text;
  constexpr std::size_t kParts = 400;  // of eight lines
  for (std::size_t i = 0; i < kParts; ++i) text += part;
  const Strings all = split(text);
  BOOST_REQUIRE(all.size() == 4 * kParts);
  for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST(all[i] == sentences[i % 4]);
}

BOOST_AUTO_TEST_CASE(quotations_are_a_switch) {
  const std::string marked = "“We see no risk.|We go on,” he said.|Nobody spoke.";
  check(marked);
  check("“We see no risk. We go on,” he said.|Nobody spoke.", {}, Quotations::kKeepTogether);
  check("She asked (Why now? Why here?) and left.|Nobody spoke.", {}, Quotations::kKeepTogether);
  // A mark that is never closed protects nothing.
  check("\"We see no risk.|We go on.", {}, Quotations::kKeepTogether);
}

BOOST_AUTO_TEST_CASE(lines_and_paragraphs) {
  using boost::test_tools::per_element;
  BOOST_TEST(
      split("Mayor resigns\nThe mayor resigned on Monday.\n\nPhoto: Jo Lind\n\nIt rained.") ==
          (Strings{"Mayor resigns", "The mayor resigned on Monday.", "Photo: Jo Lind",
                   "It rained."}),
      per_element());
  BOOST_TEST(split("It was a cold\nnight in the city.\r\nIt rained.\r\n") ==
                 (Strings{"It was a cold\nnight in the city.", "It rained."}),
             per_element());
  const std::string wrapped =
      "The council of the harbor city said on Monday that the old\n"
      "Harbor Bridge will close for six months, so that Rosa Lind\n"
      "Limited can repair it. Ferries will carry passengers.";
  BOOST_TEST(split(wrapped).size() == 2U);
  BOOST_TEST(split("apples\npears\nplums").size() == 3U);
  SentenceSplitter splitter;
  SentenceList list;
  splitter.split("One. Two.\n\nThree.", list);
  BOOST_TEST(list.paragraphs == (std::vector<std::uint32_t>{0, 0, 1}), per_element());
}

BOOST_AUTO_TEST_CASE(list_items) {
  check("1.) Buy milk|2.) Buy bread");
  check("1. Buy milk.|2. Buy bread.");
  check("a. Buy milk|b. Buy bread|c. Go home");
  check("• Milk|• Bread");
}

BOOST_AUTO_TEST_CASE(scripts) {
  using boost::test_tools::per_element;
  BOOST_TEST(split("他走了。她留下了！为什么？不知道。") ==
                 (Strings{"他走了。", "她留下了！", "为什么？", "不知道。"}),
             per_element());
  BOOST_TEST(split("「行こう。」と言った。彼は去った。") ==
                 (Strings{"「行こう。」と言った。", "彼は去った。"}),
             per_element());
  BOOST_TEST(split("यह सच है। वह गया।") == (Strings{"यह सच है।", "वह गया।"}), per_element());
  check("Ի՞նչ ես մտածում:|Ոչինչ:", "hy");
  check("Πού είναι;|Εδώ.");
  check("هل ذهب؟|نعم ذهب.");
}

BOOST_AUTO_TEST_CASE(missing_spaces) {
  check("The vote failed.|Nobody cared.");
  BOOST_TEST(split("The vote failed.Nobody cared.").size() == 2U);
  BOOST_TEST(split("Look at Jane.Doe@example.com and README.Txt/x now.").size() == 1U);
}

// Where no rule of ours speaks, sentences end where ICU ends them. (Of ours is that a sentence
// never ends in front of a word in small letters; ICU says so of the full stop only, and also looks
// past numbers for it.)
BOOST_AUTO_TEST_CASE(agrees_with_icu_on_plain_sentences) {
  const Strings words = {"Bridge",  "harbor", "élan", "Über", "мост", "Город",
                         "θάλασσα", "water",  "Rain", "said", "the",  "co-op"};
  const Strings ends = {". ", "! ", "? ", ".\" ", "?) ", ", ", " - ", " ", " ", " ", " "};
  std::mt19937 random(11);
  SentenceSplitter splitter;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      const bool is_behind_mark = text.find_last_of("!?") + 3 >= text.size() && text.size() > 3;
      const std::string& word = is_behind_mark ? words[0] : words[random() % words.size()];
      const std::string& end = ends[random() % ends.size()];
      text += word + end;
    }
    text += "End.";
    SentenceList list;
    splitter.split(text, list);
    std::vector<std::size_t> found;
    for (const TextSpan& span : list.spans) found.push_back(span.end);
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(found == icu_ends(text), boost::test_tools::per_element());
    }
  }
}

// Any bytes of valid UTF-8: spans are in order, apart, and lose nothing but white space.
BOOST_AUTO_TEST_CASE(nothing_is_lost) {
  const Strings pieces = {"a",   "B",  ".",      "!",  "?",   " ",      "\n",         "\"",   "(",
                          ")",   "。", "…",      "“",  "”",   "«",      "»",          "1",    "é",
                          "Ж",   "中", "؟",      ":",  ";",   "'",      "-",          "\r\n", "\t",
                          "I",   "·",  "\u00A0", "Mr", "U.S", "•",      "😀",          "《",   "》",
                          "[1]", "*",  "¹",      "ก",  "།",   "\n    ", "lower case", ". "};
  std::mt19937 random(5);
  std::vector<SentenceSplitter> splitters;
  for (const char* language : {"", "de"}) {
    for (const Quotations quotations : {Quotations::kSplit, Quotations::kKeepTogether}) {
      splitters.emplace_back(SentenceSplitterOptions{language, quotations});
    }
  }
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t length = 1 + random() % 60;
    for (std::size_t i = 0; i < length; ++i) text += pieces[random() % pieces.size()];
    for (SentenceSplitter& splitter : splitters) {
      SentenceList list;
      splitter.split(text, list);
      std::size_t at = 0;
      for (const TextSpan& span : list.spans) {
        BOOST_REQUIRE(span.begin >= at);
        BOOST_REQUIRE(span.end > span.begin);
        const std::string_view gap = std::string_view(text).substr(at, span.begin - at);
        for (const char c : gap) {
          BOOST_REQUIRE(c == ' ' || c == '\n' || c == '\r' || c == '\t' ||
                        static_cast<unsigned char>(c) == 0xC2 ||
                        static_cast<unsigned char>(c) == 0xA0);
        }
        at = span.end;
      }
      for (; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        BOOST_REQUIRE(c <= ' ' || c == 0xC2 || c == 0xA0);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(languages_are_checked) {
  BOOST_CHECK_THROW(SentenceSplitter({"EN", Quotations::kSplit}), Error);
  BOOST_CHECK_THROW(SentenceSplitter({"e", Quotations::kSplit}), Error);
  BOOST_CHECK_THROW(SentenceSplitter({"xx", Quotations::kSplit}), Error);
  BOOST_CHECK_THROW(SentenceSplitter({"e n", Quotations::kSplit}), Error);
  BOOST_CHECK_NO_THROW(SentenceSplitter({"zh", Quotations::kSplit}));
  BOOST_CHECK_NO_THROW(SentenceSplitter({"tlh", Quotations::kSplit}));
}

BOOST_AUTO_TEST_SUITE_END()
