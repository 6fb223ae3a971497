// SPDX-License-Identifier: Apache-2.0
#include "generate/corpus.h"

#include <simdjson.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>

#include "copydesk/error.h"
#include "datasets/corpus_fixture.h"

using namespace copydesk;
using namespace copydesk::datasets;

BOOST_AUTO_TEST_SUITE(corpus)

BOOST_AUTO_TEST_CASE(one_seed_one_corpus) {
  for (const char* plan : {"default", "pairs", "pages", "families", "templates", "stories"}) {
    BOOST_TEST_CONTEXT(plan) {
      const std::string lines = lines_of(corpus_options(plan), 300);
      BOOST_TEST((lines == lines_of(corpus_options(plan), 300)));
      BOOST_TEST((lines != lines_of(corpus_options(plan, 8), 300)));
    }
  }
}

// The bytes are a promise to everybody who published a figure with a seed. A change of the
// generator that changes them is a new corpus: change this figure, and say so in the commit.
BOOST_AUTO_TEST_CASE(the_bytes_are_fixed) {
  std::uint64_t hash = 0;
  for (const char c : lines_of(corpus_options("default", 1), 2000)) {
    hash = mix(hash * 31 + static_cast<unsigned char>(c));
  }
  BOOST_TEST(hash == 1260148299835194851ULL);
}

BOOST_AUTO_TEST_CASE(a_short_corpus_is_the_beginning_of_a_long_one) {
  for (const char* plan : {"default", "families"}) {
    const std::string small = lines_of(corpus_options(plan), 100);
    const std::string large = lines_of(corpus_options(plan), 1000);
    BOOST_TEST((large.substr(0, small.size()) == small), plan);
  }
}

BOOST_AUTO_TEST_CASE(documents_can_be_made_in_any_order) {
  const CorpusOptions options = corpus_options("default");
  const std::vector<Printed> all = print_all(options, 5000);
  Corpus corpus(options);
  Printed printed;
  for (std::uint64_t number = 4999; number > 10; number -= 7) {
    corpus.print(number, printed);
    BOOST_TEST_REQUIRE((printed.story.text == all[number].story.text), number);
    BOOST_TEST_REQUIRE(printed.minutes == all[number].minutes);
  }
}

BOOST_AUTO_TEST_CASE(shares_are_kept) {
  const std::uint64_t documents = 20000;
  Rates rates = Rates::plan("default");
  rates.set(Kind::kWords20, 0.07);
  const Plan plan({.seed = 3, .rates = rates, .sites = 400});
  std::map<Kind, double> counts;
  for (std::uint64_t number = 0; number < documents; ++number) ++counts[plan.kind(number)];
  for (std::size_t index = 0; index < kKinds; ++index) {
    const Kind kind = static_cast<Kind>(index);
    // Five standard deviations of a binomial share.
    const double share = rates.of(kind);
    const double slack = 5 * std::sqrt(share * (1 - share) / static_cast<double>(documents));
    const double found = counts[kind] / static_cast<double>(documents);
    BOOST_TEST(std::abs(found - share) <= slack, name_of(kind) << " " << found << " " << share);
  }
}

BOOST_AUTO_TEST_CASE(copies_stand_behind_clean_stories) {
  const std::vector<Printed> all = print_all(corpus_options("default"), 3000);
  std::size_t copies = 0;
  for (const Printed& printed : all) {
    if (printed.family) continue;
    for (std::size_t index = 0; index < printed.sources.size(); ++index) {
      const std::uint64_t source = printed.sources[index];
      BOOST_TEST_REQUIRE(source < printed.number);
      BOOST_TEST((all[source].kind == Kind::kStory));
      BOOST_TEST((all[source].story.text == printed.source_stories[index].text));
      BOOST_TEST(all[source].minutes < printed.minutes);
      ++copies;
    }
  }
  BOOST_TEST(copies > 300);
}

BOOST_AUTO_TEST_CASE(stories_are_unlike) {
  const std::vector<Printed> all = print_all(corpus_options("stories"), 400);
  std::map<std::vector<std::string>, int> documents_with;
  for (const Printed& printed : all) {
    for (const auto& run : word_runs(printed.story.text, 5)) ++documents_with[run];
  }
  std::size_t shared = 0;
  for (const auto& [run, count] : documents_with) shared += count > 1 ? 1 : 0;
  BOOST_TEST(documents_with.size() > 40000);
  BOOST_TEST(shared < 20);
}

BOOST_AUTO_TEST_CASE(every_language_is_valid_text_of_its_script) {
  const std::map<Language, std::string_view> letters = {{Language::kLatin, "e"},
                                                        {Language::kCyrillic, "о"},
                                                        {Language::kChinese, "。"},
                                                        {Language::kArabic, "ا"}};
  for (const auto& [language, letter] : letters) {
    CorpusOptions options = corpus_options("default");
    options.language = language;
    std::size_t found = 0;
    for (const Printed& printed : print_all(options, 600)) {
      BOOST_TEST_REQUIRE(simdjson::validate_utf8(printed.story.text), printed.number);
      for (const Part& part : printed.story.parts) {
        BOOST_TEST_REQUIRE(simdjson::validate_utf8(printed.story.words_of(part)));
      }
      found += printed.story.text.find(letter) != std::string::npos ? 1 : 0;
    }
    BOOST_TEST(found > 550, letter);
  }
}

BOOST_AUTO_TEST_CASE(lines_are_json_that_gives_the_text_back) {
  const CorpusOptions options = corpus_options("default");
  const std::vector<Printed> all = print_all(options, 500);
  const std::string lines = lines_of(options, 500);
  simdjson::dom::parser parser;
  std::size_t number = 0;
  for (const auto record : parser.parse_many(lines)) {
    BOOST_TEST((std::string_view(record["text"]) == all[number].story.text));
    BOOST_TEST((std::string_view(record["title"]) == all[number].story.headline()));
    BOOST_TEST((std::string_view(record["id"]) == document_id(number)));
    BOOST_TEST((std::string_view(record["date"]) == date_of(all[number].minutes)));
    ++number;
  }
  BOOST_TEST(number == 500);
}

BOOST_AUTO_TEST_CASE(dates) {
  BOOST_TEST(date_of(0) == "2031-01-01T00:00:00Z");
  BOOST_TEST(date_of(31 * 24 * 60) == "2031-02-01T00:00:00Z");
  BOOST_TEST(date_of(365 * 24 * 60 - 1) == "2031-12-31T23:59:00Z");
  BOOST_TEST(date_of(365 * 24 * 60) == "2032-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(wrong_options_are_refused) {
  const auto is_option = [](const Error& error) {
    return error.code() == ErrorCode::kInvalidOption;
  };
  Rates rates;
  BOOST_CHECK_EXCEPTION(rates.set(Kind::kExact, 1.5), Error, is_option);
  BOOST_CHECK_EXCEPTION(rates.set(Kind::kExact, -0.1), Error, is_option);
  BOOST_CHECK_EXCEPTION(rates.set(Kind::kStory, 0.5), Error, is_option);
  BOOST_CHECK_EXCEPTION(static_cast<void>(kind_of("exactly")), Error, is_option);
  BOOST_CHECK_EXCEPTION(static_cast<void>(Rates::plan("nothing")), Error, is_option);
  BOOST_CHECK_EXCEPTION(static_cast<void>(language_of("klingon")), Error, is_option);
  rates.set(Kind::kExact, 0.96);
  BOOST_CHECK_EXCEPTION(Plan({.seed = 1, .rates = rates, .sites = 400}), Error, is_option);
  BOOST_CHECK_EXCEPTION(Plan({.seed = 1, .rates = {}, .sites = 100}), Error, is_option);
  CorpusOptions small = corpus_options("stories");
  small.bytes_per_document = 10;
  BOOST_CHECK_EXCEPTION(Corpus{small}, Error, is_option);
}

BOOST_AUTO_TEST_SUITE_END()
