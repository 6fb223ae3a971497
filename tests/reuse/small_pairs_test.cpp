// SPDX-License-Identifier: Apache-2.0
//
// Copies as people make them outside newswire, two documents of each, and forms that are none.
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/write/json_text.h"
#include "reuse/made_tokens.h"
#include "temporary_folder.h"
#include "without_places.h"

namespace copydesk {

namespace {

using Sentences = std::vector<std::string>;

std::string pick(tests::Random& random, const Sentences& words) {
  return words[random() % words.size()];
}

// A sentence of twelve to eighteen words that nobody writes twice.
std::string made_sentence(tests::Random& random) {
  static const Sentences who{"the harbor master", "a tenant",         "the older sister",
                             "the parish clerk",  "whoever finds it", "the second ferryman",
                             "an heir",           "the night guard",  "the baker of the town",
                             "each lodger"};
  static const Sentences does{"carries", "repairs", "returns", "counts", "sells",
                              "hides",   "weighs",  "paints",  "burns",  "forgets"};
  static const Sentences what{"the rusted lantern", "seven barrels",     "his mother's letter",
                              "a broken oar",       "the copper kettle", "the sealed chest",
                              "two lame horses",    "the grain",         "a borrowed coat",
                              "the spare keys"};
  static const Sentences where{"behind the mill",   "at the north gate", "under the bridge",
                               "before the jury",   "in the wet cellar", "on the eastern quay",
                               "near the old kiln", "below the chapel"};
  static const Sentences when{"when the tide turns", "before the bell is rung",
                              "without a witness",   "as his father did",
                              "for a fair price",    "once the snow has gone",
                              "against all advice",  "while the others sleep"};
  return pick(random, who) + " " + pick(random, does) + " " + pick(random, what) + " " +
         pick(random, where) + " " + pick(random, when);
}

Sentences made_sentences(tests::Random& random, int count) {
  Sentences sentences;
  for (int i = 0; i < count; ++i) sentences.push_back(made_sentence(random));
  return sentences;
}

template <class Mark>
std::string marked(const Sentences& sentences, Mark&& mark) {
  std::string text;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    text += mark(static_cast<int>(i)) + sentences[i] + ".\n";
  }
  return text;
}

std::string number(int n) { return std::to_string(n); }

std::string clock(int milliseconds) {
  const auto digits = [](int n, std::size_t width) {
    std::string text = number(n);
    return std::string(width - text.size(), '0') + text;
  };
  return "00:" + digits(milliseconds / 60'000, 2) + ":" + digits(milliseconds / 1000 % 60, 2) +
         "," + digits(milliseconds % 1000, 3);
}

struct Pair {
  std::string name, a, b;
};

// Renumbered, shifted, annotated and reworded copies.
std::vector<Pair> made_copies() {
  tests::Random random(70);
  std::vector<Pair> pairs;
  for (const int items : {8, 15, 40}) {
    const std::string suffix = "-" + number(items);
    Sentences text = made_sentences(random, items);
    pairs.push_back({"law" + suffix, marked(text, [](int i) { return number(i + 1) + ". "; }),
                     marked(text, [](int i) { return number(i + 11) + ". "; })});
    text = made_sentences(random, items);
    pairs.push_back({"sections" + suffix,
                     marked(text, [](int i) { return "Section " + number(i + 1) + ". "; }),
                     marked(text, [](int i) { return "Section " + number(i + 4 + i / 3) + ". "; })});
    text = made_sentences(random, items);
    pairs.push_back({"verses" + suffix, marked(text, [](int i) { return "3:" + number(i + 1) + " "; }),
                     marked(text, [](int i) { return "5:" + number(i + 1) + " "; })});
    text = made_sentences(random, items);
    const auto cue = [](int start, int i) {
      return clock(start + 3100 * i) + " --> " + clock(start + 3100 * i + 2400) + "\n";
    };
    pairs.push_back({"subtitles" + suffix, marked(text, [&](int i) { return cue(4000, i); }),
                     marked(text, [&](int i) { return cue(57'300, i); })});
    text = made_sentences(random, items);
    const auto contract = [](int first, int fee) {
      return [=](int i) {
        const std::string part = number(first + i) + ". ";
        return i % 4 == 3 ? part + "The fee is " + number(fee + 7 * i) + " dollars. " : part;
      };
    };
    pairs.push_back({"contract" + suffix, marked(text, contract(1, 30)), marked(text, contract(3, 41))});
    text = made_sentences(random, items);
    pairs.push_back({"annotated" + suffix, marked(text, [](int) { return std::string(); }),
                     marked(text, [&](int i) {
                       return "(" + std::string(1, static_cast<char>('a' + i % 26)) +
                              ": gloss" + number(i) + "x missing) ";
                     })});
    // Numbers that one text alone has: items by letters in the other, notes put in.
    text = made_sentences(random, items);
    pairs.push_back({"letters and numbers" + suffix,
                     marked(text, [](int i) { return std::string(1, static_cast<char>('a' + i % 26)) + ") "; }),
                     marked(text, [](int i) { return "(" + number(i + 1) + ") "; })});
    text = made_sentences(random, items);
    pairs.push_back({"numbered notes" + suffix, marked(text, [](int) { return std::string(); }),
                     marked(text, [](int i) { return "[" + number(i + 1) + "] "; })});
    text = made_sentences(random, items);
    std::string reworded;
    int word = 0;
    for (const char c : marked(text, [](int) { return std::string(); })) {
      if (c != ' ') {
        reworded += c;
        continue;
      }
      reworded += ++word % 6 == 0 ? " w" + number(word) + "q " : " ";
    }
    pairs.push_back({"every sixth word" + suffix, marked(text, [](int) { return std::string(); }),
                     reworded});
  }
  return pairs;
}

// Forms of under 200 words, filled in twice by different people.
std::vector<Pair> made_forms() {
  tests::Random random(71);
  const auto figure = [&] { return number(static_cast<int>(10 + random() % 9000)); };
  const auto name = [&] {
    static const Sentences first{"Halvard", "Orsk", "Pellman", "Quist", "Tarn", "Vasquel", "Wendt"};
    static const Sentences last{"Foundry", "Shipping", "Mills", "Glass", "Timber", "Optics"};
    return pick(random, first) + " " + pick(random, last);
  };
  const auto earnings = [&] {
    const std::string who = name();
    return who + " 4th qtr net. Shr " + figure() + " cts vs " + figure() + " cts. Net " + figure() +
           " vs " + figure() + ". Revs " + figure() + " mln vs " + figure() +
           " mln. Year shr " + figure() + " dlrs vs " + figure() + " dlrs. Net " + figure() +
           " mln vs " + figure() + " mln. NOTE: results include a gain of " + figure() +
           " dlrs from the sale of assets and a charge of " + figure() + " dlrs for the year";
  };
  const auto weather = [&] {
    return "Forecast for the coast: wind from the west at " + figure() + " knots, gusts of " +
           figure() + " knots, seas of " + figure() + " feet, a chance of rain of " + figure() +
           " percent, high " + figure() + ", low " + figure() + ", visibility " + figure() +
           " miles, pressure " + figure() + " and rising, sunset at " + figure();
  };
  const auto bond = [&] {
    return name() + " is issuing a bond of " + figure() + " mln dlrs due " + figure() +
           " paying " + figure() + " pct and priced at " + figure() + ", lead manager " + name() +
           " said. The bond is available in denominations of " + figure() +
           " dlrs and will be listed in Norvik. Payment date is April " + figure() +
           ". Fees are " + figure() + " pct for selling and " + figure() +
           " pct for management combined with underwriting";
  };
  std::vector<Pair> pairs;
  for (int i = 0; i < 10; ++i) {
    pairs.push_back({"earnings-" + number(i), earnings(), earnings()});
    pairs.push_back({"weather-" + number(i), weather(), weather()});
    pairs.push_back({"bond-" + number(i), bond(), bond()});
  }
  return pairs;
}

void append_record(std::string& lines, const std::string& id, const std::string& text) {
  lines += "{\"id\":";
  append_json_string(lines, id);
  lines += ",\"text\":";
  append_json_string(lines, text);
  lines += "}\n";
}

// Relations by the name of the pair, of documents NAME/a and NAME/b, beside so many other texts.
std::map<std::string, std::string> relations(const std::vector<Pair>& pairs, int others) {
  const tests::TemporaryFolder folder;
  tests::Random random(72);
  std::string lines;
  for (const Pair& pair : pairs) append_record(lines, pair.name + "/a", pair.a);
  for (int i = 0; i < others; ++i) {
    std::string text;
    for (int word = 0; word < 60; ++word) text += "k" + number(static_cast<int>(random() % 30'000)) + " ";
    append_record(lines, "other-" + number(i), text);
  }
  for (const Pair& pair : pairs) append_record(lines, pair.name + "/b", pair.b);
  ReuseOptions options;
  options.corpus.inputs = {folder.write("in.jsonl", lines)};
  options.corpus.work_folder = folder.path();
  options.passages_path = folder.path("passages");
  options.pairs_path = folder.path("pairs");
  run_reuse(options, {});
  std::map<std::string, std::string> found;
  const std::string text = tests::without_places(folder.read("pairs"));
  for (const Pair& pair : pairs) {
    const std::string key = "{\"a\":\"" + pair.name + "/a\",\"b\":\"" + pair.name +
                            "/b\",\"relation\":\"";
    const std::size_t at = text.find(key);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + key.size();
    found[pair.name] = text.substr(begin, text.find('"', begin) - begin);
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(small_pairs)

BOOST_AUTO_TEST_CASE(copies_of_every_kind_are_copies) {
  const std::vector<Pair> pairs = made_copies();
  std::map<std::string, std::string> found = relations(pairs, 100);
  for (const Pair& pair : pairs) {
    BOOST_TEST_CONTEXT(pair.name) {
      BOOST_TEST(found.count(pair.name) == 1u);
      BOOST_TEST(found[pair.name] != "template");
    }
  }
}

BOOST_AUTO_TEST_CASE(what_compare_calls_a_copy_is_reported) {
  const std::vector<Pair> pairs = made_copies();
  const std::map<std::string, std::string> found = relations(pairs, 100);
  for (const Pair& pair : pairs) {
    const Comparison comparison = compare_texts(pair.a, pair.b, {});
    BOOST_TEST_CONTEXT(pair.name) {
      BOOST_REQUIRE(comparison.relation.has_value());
      BOOST_REQUIRE(found.count(pair.name) == 1u);
      BOOST_TEST(found.at(pair.name) == to_string(*comparison.relation));
    }
  }
}

BOOST_AUTO_TEST_CASE(forms_filled_in_twice_are_templates) {
  const std::vector<Pair> forms = made_forms();
  std::size_t templates = 0;
  std::size_t reported = 0;
  for (const auto& [name, relation] : relations(forms, 100)) {
    ++reported;
    templates += relation == "template" ? 1 : 0;
  }
  BOOST_TEST(reported > 0u);
  BOOST_TEST(templates == reported);
}

BOOST_AUTO_TEST_CASE(a_verdict_does_not_depend_on_unrelated_documents) {
  std::vector<Pair> pairs = made_copies();
  const std::vector<Pair> forms = made_forms();
  pairs.insert(pairs.end(), forms.begin(), forms.end());
  const std::map<std::string, std::string> alone = relations(pairs, 0);
  BOOST_TEST((relations(pairs, 5'000) == alone));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
