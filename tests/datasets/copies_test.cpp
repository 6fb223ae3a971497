// SPDX-License-Identifier: Apache-2.0
//
// Every kind of copy does what its name says, measured on the texts.
#include <simdjson.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>

#include "datasets/corpus_fixture.h"
#include "generate/edit_form.h"
#include "generate/edit_selection.h"
#include "generate/edit_words.h"

using namespace copydesk::datasets;

namespace {

struct Pair {
  std::string source, copy;
  Story story;
};

std::vector<Pair> pairs_of(Kind kind, Language language = Language::kLatin) {
  CorpusOptions options = corpus_options("stories");
  options.plan.rates.set(kind, 0.5);
  options.language = language;
  std::vector<Pair> pairs;
  for (Printed& printed : print_all(options, 200)) {
    if (printed.kind != kind) continue;
    pairs.push_back({printed.source_stories.front().text, printed.story.text, printed.story});
  }
  BOOST_TEST_REQUIRE(pairs.size() > 60);
  return pairs;
}

std::string body_of(const std::string& text) {
  return text.substr(text.find("\n\n") + 2);
}
std::string headline_of(const std::string& text) {
  return text.substr(0, text.find("\n\n"));
}

double mean_over(const std::vector<Pair>& pairs,
                 const std::function<double(const Pair&)>& measure) {
  double sum = 0;
  for (const Pair& pair : pairs) sum += measure(pair);
  return sum / static_cast<double>(pairs.size());
}

// Letters and digits only, ASCII in small letters: what must survive a change of form.
std::string ascii_letters(const std::string& text) {
  std::string letters;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  }
  return letters;
}

// Levenshtein distance within a band, enough for texts that differ in a few percent.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  constexpr std::size_t kBand = 40;
  constexpr std::size_t kFar = 1U << 20;
  std::vector<std::size_t> row(b.size() + 1, kFar), next(b.size() + 1, kFar);
  for (std::size_t j = 0; j <= std::min(kBand, b.size()); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::fill(next.begin(), next.end(), kFar);
    const std::size_t first = i > kBand ? i - kBand : 0;
    for (std::size_t j = first; j <= std::min(i + kBand, b.size()); ++j) {
      if (j == 0) {
        next[j] = i;
        continue;
      }
      next[j] =
          std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
    }
    std::swap(row, next);
  }
  return row[b.size()];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(copies)

BOOST_AUTO_TEST_CASE(exact_and_headline) {
  for (const Pair& pair : pairs_of(Kind::kExact)) BOOST_TEST((pair.source == pair.copy));
  for (const Pair& pair : pairs_of(Kind::kHeadline)) {
    BOOST_TEST((body_of(pair.source) == body_of(pair.copy)));
    BOOST_TEST(headline_of(pair.source) != headline_of(pair.copy));
  }
}

BOOST_AUTO_TEST_CASE(trimmed) {
  for (const auto& [kind, share] :
       {std::pair{Kind::kTrimmedTail, 0.7}, {Kind::kTrimmedHalf, 0.5}}) {
    const std::vector<Pair> pairs = pairs_of(kind);
    for (const Pair& pair : pairs) BOOST_TEST((pair.source.starts_with(pair.copy)));
    const double kept = mean_over(pairs, [](const Pair& pair) {
      return static_cast<double>(body_of(pair.copy).size()) /
             static_cast<double>(body_of(pair.source).size());
    });
    BOOST_TEST(std::abs(kept - share) < 0.02, name_of(kind) << " keeps " << kept);
    const double at_stop = mean_over(pairs, [](const Pair& pair) {
      return pair.copy.ends_with('.') || pair.copy.ends_with('"') ? 1.0 : 0.0;
    });
    BOOST_TEST(at_stop > 0.9);
  }
}

BOOST_AUTO_TEST_CASE(first_paragraphs) {
  for (const Pair& pair : pairs_of(Kind::kFirstParagraphs)) {
    BOOST_TEST((pair.source.starts_with(pair.copy + "\n\n")));
    BOOST_TEST((pair.story.parts.size() == 3 || pair.story.parts.size() == 4));
  }
}

BOOST_AUTO_TEST_CASE(reordered) {
  for (const Pair& pair : pairs_of(Kind::kReordered)) {
    std::string a = pair.source, b = pair.copy;
    BOOST_TEST((a != b));
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    BOOST_TEST((a == b));
    const std::string lead = body_of(pair.source).substr(0, body_of(pair.source).find("\n\n"));
    BOOST_TEST((body_of(pair.copy).starts_with(lead + "\n\n")));
  }
}

BOOST_AUTO_TEST_CASE(words_replaced) {
  for (const auto& [kind, share] : {std::pair{Kind::kWords1, 0.01},
                                    {Kind::kWords3, 0.03},
                                    {Kind::kWords10, 0.10},
                                    {Kind::kWords20, 0.20}}) {
    const std::vector<Pair> pairs = pairs_of(kind);
    const double replaced = mean_over(pairs, [](const Pair& pair) {
      const std::vector<std::string> before = split_words(pair.source);
      const std::vector<std::string> after = split_words(pair.copy);
      BOOST_TEST_REQUIRE(before.size() == after.size());
      double changed = 0;
      for (std::size_t index = 0; index < before.size(); ++index) {
        changed += before[index] != after[index] ? 1 : 0;
      }
      return changed / static_cast<double>(before.size());
    });
    // Short stories round up to a whole word.
    BOOST_TEST(std::abs(replaced - share) < 0.003, name_of(kind) << " replaces " << replaced);
  }
}

BOOST_AUTO_TEST_CASE(ideographs_replaced) {
  for (const Pair& pair : pairs_of(Kind::kWords10, Language::kChinese)) {
    BOOST_TEST(simdjson::validate_utf8(pair.copy));
    BOOST_TEST((pair.copy != pair.source));
  }
}

BOOST_AUTO_TEST_CASE(scan_noise) {
  for (const auto& [kind, share] : {std::pair{Kind::kOcr1, 0.01}, {Kind::kOcr3, 0.03}}) {
    const double noise = mean_over(pairs_of(kind), [](const Pair& pair) {
      const auto letters = static_cast<double>(ascii_letters(pair.source).size());
      return static_cast<double>(edit_distance(pair.source, pair.copy)) / letters;
    });
    // A misread "m" is two edits ("rn"), an accented letter two bytes.
    BOOST_TEST(noise > 0.95 * share, name_of(kind) << " " << noise);
    BOOST_TEST(noise < 1.5 * share, name_of(kind) << " " << noise);
  }
}

BOOST_AUTO_TEST_CASE(forms_keep_the_letters) {
  for (const Kind kind : {Kind::kCase, Kind::kPunctuation, Kind::kQuotes, Kind::kWhiteSpace}) {
    for (const Pair& pair : pairs_of(kind)) {
      BOOST_TEST((pair.copy != pair.source));
      BOOST_TEST((ascii_letters(pair.copy) == ascii_letters(pair.source)), name_of(kind));
    }
  }
}

BOOST_AUTO_TEST_CASE(forms_by_hand) {
  Story story;
  story.append(PartKind::kHeadline, "Café \"Zur Post\" ärgert 12 Gäste");
  const auto any_of = [&](const std::function<Story(Random&)>& edit, const std::string& wanted) {
    for (std::uint64_t seed = 0; seed < 64; ++seed) {
      Random random(seed);
      if (edit(random).text == wanted) return true;
    }
    return false;
  };
  const auto form = [&](Random& random) { return change_unicode_form(story, random); };
  BOOST_TEST(any_of(form, "Cafe\u0301 \"Zur Post\" a\u0308rgert 12 Ga\u0308ste"));
  BOOST_TEST(any_of(form, "Café \"Zur Post\" ärgert １２ Gäste"));
  const auto quotes = [&](Random& random) { return change_quotes(story, random); };
  BOOST_TEST(any_of(quotes, "Café „Zur Post“ ärgert 12 Gäste"));
  BOOST_TEST(any_of(quotes, "Café «Zur Post» ärgert 12 Gäste"));
  const auto letters = [&](Random& random) { return change_case(story, random); };
  BOOST_TEST(any_of(letters, "CAFÉ \"ZUR POST\" ÄRGERT 12 GÄSTE"));
  BOOST_TEST(any_of(letters, "café \"zur post\" ärgert 12 gäste"));
}

BOOST_AUTO_TEST_CASE(cyrillic_case) {
  Story story;
  story.append(PartKind::kHeadline, "Ёлка и Щука");
  Random random(1);
  for (int tries = 0; tries < 8; ++tries) {
    const std::string text = change_case(story, random).text;
    BOOST_TEST((text == "ЁЛКА И ЩУКА" || text == "ёлка и щука"));
  }
}

BOOST_AUTO_TEST_CASE(embedded_holds_the_whole_story) {
  for (const Pair& pair : pairs_of(Kind::kEmbedded)) {
    BOOST_TEST((pair.copy.find(pair.source) != std::string::npos));
    BOOST_TEST(pair.copy.size() > pair.source.size() + 100);
  }
}

BOOST_AUTO_TEST_CASE(updates_keep_some_and_add_some) {
  const double alike = mean_over(pairs_of(Kind::kUpdate), [](const Pair& pair) {
    return run_jaccard(pair.source, pair.copy);
  });
  BOOST_TEST(alike > 0.25);
  BOOST_TEST(alike < 0.75);
}

// Reports that fill in the same form agree in much of their wording and yet in no name or figure.
BOOST_AUTO_TEST_CASE(templates_are_not_duplicates) {
  std::map<std::size_t, std::vector<Printed>> forms;
  for (Printed& printed : print_all(corpus_options("templates"), 1500)) {
    if (printed.form) forms[*printed.form].push_back(std::move(printed));
  }
  BOOST_TEST(forms.size() == 24);
  double least = 1, most = 0;
  for (const auto& [form, documents] : forms) {
    BOOST_TEST_REQUIRE(documents.size() >= 2);
    const double alike = run_jaccard(documents[0].story.text, documents[1].story.text);
    least = std::min(least, alike);
    most = std::max(most, alike);
    BOOST_TEST(documents[0].sources.empty());
    BOOST_TEST((documents[0].story.headline() != documents[1].story.headline()));
  }
  BOOST_TEST(least < 0.2);
  BOOST_TEST(most > 0.6);
  BOOST_TEST(most < 0.9);
}

BOOST_AUTO_TEST_SUITE_END()
