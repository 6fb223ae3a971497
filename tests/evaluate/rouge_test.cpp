// SPDX-License-Identifier: Apache-2.0
#include "copydesk/evaluate/rouge.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "reference/rouge_reference.h"

namespace copydesk {
namespace {

using M = RougeMeasure;

RougeScore score_one(M measure, std::string_view reference, std::string_view candidate,
                     bool stem = false, RougeTokens tokens = RougeTokens::kAscii) {
  RougeScorer scorer({{measure}, stem, tokens});
  return scorer.score(reference, candidate).at(0);
}

void check_close(const RougeScore& score, const RougeScore& expected, double tolerance) {
  BOOST_CHECK_SMALL(score.precision - expected.precision, tolerance);
  BOOST_CHECK_SMALL(score.recall - expected.recall, tolerance);
  BOOST_CHECK_SMALL(score.f1 - expected.f1, tolerance);
}

BOOST_AUTO_TEST_SUITE(rouge)

BOOST_AUTO_TEST_CASE(names_round_trip) {
  for (int n = 1; n <= 9; ++n) {
    const std::string name = "rouge" + std::to_string(n);
    BOOST_TEST(to_string(parse_rouge_measure(name).value()) == name);
  }
  BOOST_TEST(to_string(parse_rouge_measure("rougeL").value()) == "rougeL");
  BOOST_TEST(to_string(parse_rouge_measure("rougeLsum").value()) == "rougeLsum");
  for (const char* wrong : {"rouge0", "rouge10", "rouge", "rougel", "Rouge1", "", "rougeS"}) {
    BOOST_TEST(!parse_rouge_measure(wrong).has_value(), wrong);
  }
}

// 3 tokens against 1 and 2: worked out by hand.
BOOST_AUTO_TEST_CASE(short_texts_by_hand) {
  check_close(score_one(M::kRouge1, "testing one two", "testing"), {1, 1. / 3, 1. / 2}, 1e-12);
  check_close(score_one(M::kRouge2, "testing one two", "testing one"), {1, 1. / 2, 2. / 3}, 1e-12);
  check_close(score_one(M::kRougeL, "testing one two", "testing two"), {1, 2. / 3, 4. / 5}, 1e-12);
  // No bigram in a single token: not a division by zero.
  check_close(score_one(M::kRouge2, "testing one two", "testing"), {0, 0, 0}, 1e-12);
  check_close(score_one(M::kRouge1, "", "testing"), {0, 0, 0}, 1e-12);
  check_close(score_one(M::kRougeLsum, "a\nb", ""), {0, 0, 0}, 1e-12);
}

// The example of the ROUGE paper: the union of w1 w2 and w1 w3 w5 covers 4 of 5 tokens.
BOOST_AUTO_TEST_CASE(union_over_lines_by_hand) {
  check_close(score_one(M::kRougeLsum, "w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"),
              {0.4, 0.8, 8. / 15}, 1e-12);
}

struct Case {
  std::string_view reference, candidate;
};
constexpr Case kCases[] = {
    {"The mayor opened the new bridge on Tuesday.\nThousands of people walked across it, police "
     "said.",
     "On Tuesday the mayor said the bridge was open.\nPolice counted thousands of walkers."},
    {"the cat sat on the mat", "the cat was on the mat and the cat slept"},
    {"a b c d e f g\nh i j k", "e f g a b c d\nh x j k\na h"},
    {"one two three four five six seven eight nine ten eleven twelve",
     "zero one two three four five six seven eight nine ten eleven"},
    {"He says they used news from the skies.\n\nDying companies were exceedingly hopeful",
     "They say the use of news; he died hopefully exceeding the company's sky"},
    {"U.S.-led forces, 3,000 strong, won 2-1.", "us led forces of 3000 won 2 1"},
    // Accents split words; the dotted capital I and the Kelvin sign are an "i" and a "k".
    {"Caf\u00e9 na\u00efve \u0130stanbul 5\u212a", "cafe naive istanbul 5k caf na ve stanbul i"},
    {"x y x y x y\ny x y x", "y x y\nx x y y\nx y x y x"},
    {"... !!!", "word"},
};
const std::vector<M> kMeasures = {M::kRouge1, M::kRouge2, M::kRouge3,
                                  M::kRouge9, M::kRougeL, M::kRougeLsum};

struct Expected {
  std::size_t index;
  bool stem;
  RougeScore scores[6];
};
// Computed with rouge_score 0.1.2 and nltk 3.10.4.
// clang-format off
constexpr Expected kExpected[] = {
    {0, false, {{0.714286, 0.625000, 0.666667}, {0.230769, 0.200000, 0.214286}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.428571, 0.375000, 0.400000}, {0.500000, 0.437500, 0.466667}}},
    {1, false, {{0.500000, 0.833333, 0.625000}, {0.333333, 0.600000, 0.428571}, {0.125000, 0.250000, 0.166667}, {0.000000, 0.000000, 0.000000}, {0.500000, 0.833333, 0.625000}, {0.500000, 0.833333, 0.625000}}},
    {2, false, {{0.769231, 0.909091, 0.833333}, {0.500000, 0.600000, 0.545455}, {0.272727, 0.333333, 0.300000}, {0.000000, 0.000000, 0.000000}, {0.538462, 0.636364, 0.583333}, {0.538462, 0.636364, 0.583333}}},
    {3, false, {{0.916667, 0.916667, 0.916667}, {0.909091, 0.909091, 0.909091}, {0.900000, 0.900000, 0.900000}, {0.750000, 0.750000, 0.750000}, {0.916667, 0.916667, 0.916667}, {0.916667, 0.916667, 0.916667}}},
    {4, false, {{0.285714, 0.307692, 0.296296}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.214286, 0.230769, 0.222222}, {0.214286, 0.230769, 0.222222}}},
    {5, false, {{0.625000, 0.500000, 0.555556}, {0.428571, 0.333333, 0.375000}, {0.166667, 0.125000, 0.142857}, {0.000000, 0.000000, 0.000000}, {0.625000, 0.500000, 0.555556}, {0.625000, 0.500000, 0.555556}}},
    {6, false, {{0.666667, 1.000000, 0.800000}, {0.250000, 0.400000, 0.307692}, {0.142857, 0.250000, 0.181818}, {0.000000, 0.000000, 0.000000}, {0.444444, 0.666667, 0.533333}, {0.444444, 0.666667, 0.533333}}},
    {7, false, {{0.833333, 1.000000, 0.909091}, {0.818182, 1.000000, 0.900000}, {0.800000, 1.000000, 0.888889}, {0.000000, 0.000000, 0.000000}, {0.750000, 0.900000, 0.818182}, {0.833333, 1.000000, 0.909091}}},
    {8, false, {{0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}}},
    {0, true, {{0.785714, 0.687500, 0.733333}, {0.230769, 0.200000, 0.214286}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.428571, 0.375000, 0.400000}, {0.500000, 0.437500, 0.466667}}},
    {1, true, {{0.500000, 0.833333, 0.625000}, {0.333333, 0.600000, 0.428571}, {0.125000, 0.250000, 0.166667}, {0.000000, 0.000000, 0.000000}, {0.500000, 0.833333, 0.625000}, {0.500000, 0.833333, 0.625000}}},
    {2, true, {{0.769231, 0.909091, 0.833333}, {0.500000, 0.600000, 0.545455}, {0.272727, 0.333333, 0.300000}, {0.000000, 0.000000, 0.000000}, {0.538462, 0.636364, 0.583333}, {0.538462, 0.636364, 0.583333}}},
    {3, true, {{0.916667, 0.916667, 0.916667}, {0.909091, 0.909091, 0.909091}, {0.900000, 0.900000, 0.900000}, {0.750000, 0.750000, 0.750000}, {0.916667, 0.916667, 0.916667}, {0.916667, 0.916667, 0.916667}}},
    {4, true, {{0.714286, 0.769231, 0.740741}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.357143, 0.384615, 0.370370}, {0.500000, 0.538462, 0.518519}}},
    {5, true, {{0.625000, 0.500000, 0.555556}, {0.428571, 0.333333, 0.375000}, {0.166667, 0.125000, 0.142857}, {0.000000, 0.000000, 0.000000}, {0.625000, 0.500000, 0.555556}, {0.625000, 0.500000, 0.555556}}},
    {6, true, {{0.666667, 1.000000, 0.800000}, {0.250000, 0.400000, 0.307692}, {0.142857, 0.250000, 0.181818}, {0.000000, 0.000000, 0.000000}, {0.444444, 0.666667, 0.533333}, {0.444444, 0.666667, 0.533333}}},
    {7, true, {{0.833333, 1.000000, 0.909091}, {0.818182, 1.000000, 0.900000}, {0.800000, 1.000000, 0.888889}, {0.000000, 0.000000, 0.000000}, {0.750000, 0.900000, 0.818182}, {0.833333, 1.000000, 0.909091}}},
    {8, true, {{0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}, {0.000000, 0.000000, 0.000000}}},
};
// clang-format on

BOOST_AUTO_TEST_CASE(agrees_with_rouge_score) {
  for (const Expected& expected : kExpected) {
    RougeScorer scorer({kMeasures, expected.stem, RougeTokens::kAscii});
    const Case& texts = kCases[expected.index];
    const auto scores = scorer.score(texts.reference, texts.candidate);
    for (std::size_t i = 0; i < kMeasures.size(); ++i) {
      BOOST_TEST_CONTEXT("case " << expected.index << " " << to_string(kMeasures[i])) {
        check_close(scores[i], expected.scores[i], 1e-6);
      }
    }
  }
}

// The best of five references for each measure by itself, by score_multi of rouge_score 0.1.2.
BOOST_AUTO_TEST_CASE(takes_the_best_reference_of_each_measure) {
  std::vector<std::string> references;
  for (std::size_t i = 0; i < 5; ++i) references.emplace_back(kCases[i].reference);
  const std::string candidate =
      "the mayor said they used the news of the cat on Tuesday\npolice said five six seven";
  constexpr RougeScore expected[] = {
      {0.470588, 0.500000, 0.484848}, {0.187500, 0.200000, 0.193548},
      {0.066667, 0.100000, 0.080000}, {0, 0, 0},
      {0.411765, 0.437500, 0.424242}, {0.470588, 0.500000, 0.484848}};
  RougeScorer scorer({kMeasures, true, RougeTokens::kAscii});
  const auto scores = scorer.score(references, candidate);
  for (std::size_t i = 0; i < kMeasures.size(); ++i) check_close(scores[i], expected[i], 1e-6);
}

BOOST_AUTO_TEST_CASE(agrees_with_the_definition_on_random_texts) {
  std::mt19937 random(7);
  const std::vector<M> measures = {M::kRouge1, M::kRouge2, M::kRouge5, M::kRougeL, M::kRougeLsum};
  RougeScorer scorer({measures, false, RougeTokens::kAscii});
  for (int trial = 0; trial < 400; ++trial) {
    BOOST_TEST_CONTEXT("seed 7, trial " << trial) {
      std::vector<reference::Tokens> lines[2];
      std::string texts[2];
      const std::size_t words = 2 + random() % 5;
      for (int side = 0; side < 2; ++side) {
        // Every tenth trial has lines of several 64-bit words.
        const std::size_t line_limit = trial % 10 == 0 ? 300 : 12;
        const std::size_t count = 1 + random() % 4;
        for (std::size_t l = 0; l < count; ++l) {
          if (l > 0) texts[side] += '\n';
          reference::Tokens line;
          for (std::size_t t = random() % line_limit; t > 0; --t) {
            line.push_back("t" + std::to_string(random() % words));
            texts[side] += line.back() + " ";
          }
          lines[side].push_back(line);
        }
      }
      reference::Tokens flat[2];
      for (int side = 0; side < 2; ++side) {
        for (const auto& line : lines[side])
          flat[side].insert(flat[side].end(), line.begin(), line.end());
      }
      const auto scores = scorer.score(texts[0], texts[1]);
      const auto recall = [](std::size_t shared, std::size_t all) {
        return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
      };
      const std::size_t tokens = flat[0].size();
      BOOST_TEST(scores[0].recall == recall(reference::shared_ngrams(flat[0], flat[1], 1), tokens));
      BOOST_TEST(scores[1].recall == recall(reference::shared_ngrams(flat[0], flat[1], 2),
                                            tokens < 2 ? 0 : tokens - 1));
      BOOST_TEST(scores[2].recall == recall(reference::shared_ngrams(flat[0], flat[1], 5),
                                            tokens < 5 ? 0 : tokens - 4));
      BOOST_TEST(scores[3].recall ==
                 recall(reference::subsequence_length(flat[0], flat[1]), tokens));
      BOOST_TEST(scores[4].recall == recall(reference::summary_hits(lines[0], lines[1]), tokens));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_text_matches_itself_and_swapping_swaps) {
  RougeScorer scorer({kMeasures, true, RougeTokens::kAscii});
  const std::string text(kCases[3].reference);
  for (const RougeScore& score : scorer.score(text, text)) BOOST_TEST(score.f1 == 1.0);
  const auto forth = scorer.score(kCases[0].reference, kCases[0].candidate);
  const auto back = scorer.score(kCases[0].candidate, kCases[0].reference);
  for (std::size_t i = 0; i < 5; ++i) {  // the union over lines is not symmetric
    BOOST_TEST(forth[i].precision == back[i].recall);
    BOOST_TEST(forth[i].recall == back[i].precision);
  }
}

// A scorer carries its vocabulary from call to call; the scores must not depend on it.
BOOST_AUTO_TEST_CASE(does_not_depend_on_earlier_calls) {
  RougeScorer used({kMeasures, true, RougeTokens::kAscii});
  for (const Case& texts : kCases) (void)used.score(texts.candidate, texts.reference);
  for (const Case& texts : kCases) {
    RougeScorer fresh({kMeasures, true, RougeTokens::kAscii});
    BOOST_TEST((used.score(texts.reference, texts.candidate) ==
                fresh.score(texts.reference, texts.candidate)));
  }
}

BOOST_AUTO_TEST_CASE(unicode_tokens) {
  const auto f1 = [](std::string_view reference, std::string_view candidate, M measure = M::kRouge1,
                     bool stem = false) {
    return score_one(measure, reference, candidate, stem, RougeTokens::kUnicode).f1;
  };
  // Nothing of this exists for the ASCII rule.
  BOOST_TEST(score_one(M::kRouge1, "Привет мир", "привет МИР").f1 == 0.0);
  BOOST_TEST(f1("Привет мир", "привет МИР!") == 1.0);
  BOOST_TEST(f1("cafe\u0301", "CAF\u00c9") == 1.0);    // composed and decomposed
  BOOST_TEST(f1("\uFF21\uFF22\uFF23", "abc") == 1.0);  // full width
  BOOST_TEST(f1("na\u00efve", "na ve") == 0.0);        // accents do not split
  // Three of four characters each way, two of three bigrams.
  BOOST_TEST(f1("新华社电", "新华社讯") == 0.75);
  BOOST_CHECK_CLOSE(f1("新华社电", "新华社讯", M::kRouge2), 2. / 3, 1e-9);
  // A run of digits is one token, beside characters that are one each: 3 tokens against 2.
  BOOST_CHECK_CLOSE(f1("2024年春", "2024春"), 0.8, 1e-9);
  // A mark stays with its letter: the vowel sign belongs to the syllable.
  BOOST_TEST(f1("हिन्दी", "हन्द") == 0.0);
  BOOST_TEST(f1("\u0E01\u0E34\u0E19", "\u0E01\u0E34") > 0.0);  // Thai: kin and ki share a character
  // English is stemmed here too, other scripts are not.
  BOOST_TEST(f1("walking", "walked", M::kRouge1, true) == 1.0);
  BOOST_TEST(f1("\xFF\xFE word", "word") == 1.0);  // invalid bytes separate
  // Lines stay lines.
  BOOST_TEST(f1("а б в г д", "а б х х х\nа в х х д", M::kRougeLsum) > 0.5);
}

boost::test_tools::assertion_result has_test_data(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result(std::getenv("COPYDESK_TEST_DATA") != nullptr);
  result.message() << "COPYDESK_TEST_DATA is not set: vectors/rouge is not compared";
  return result;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(file.good(), "cannot open " << path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Figures of ROUGE-1.5.5 on the texts of google-research/rouge.
BOOST_AUTO_TEST_CASE(agrees_with_rouge_155, *boost::unit_test::precondition(has_test_data)) {
  const std::string folder = std::string(std::getenv("COPYDESK_TEST_DATA")) + "/vectors/rouge/";
  const auto lines = [&](const std::string& name) {
    std::istringstream text(read_file(folder + name));
    std::vector<std::string> result;
    for (std::string line; std::getline(text, line);) result.push_back(line);
    return result;
  };
  const auto targets = lines("target.txt"), predictions = lines("prediction.txt");
  std::istringstream table(read_file(folder + "expected.tsv"));
  std::size_t compared = 0;
  for (std::string row; std::getline(table, row);) {
    if (row.empty() || row.starts_with('#') || row.starts_with("case")) continue;
    std::istringstream fields(row);
    std::string name, measure, stem;
    RougeScore expected;
    fields >> name >> measure >> stem >> expected.recall >> expected.precision >> expected.f1;
    std::string target, prediction;
    if (name == "multi.0") {
      target = read_file(folder + "target_multi.0.txt");
      prediction = read_file(folder + "prediction_multi.0.txt");
    } else {
      const std::size_t line = name == "line0" ? 0 : 1;
      target = targets.at(line);
      prediction = predictions.at(line);
    }
    BOOST_TEST_CONTEXT(row) {
      check_close(
          score_one(parse_rouge_measure(measure).value(), target, prediction, stem == "yes"),
          expected, 0.50001e-5);
    }
    ++compared;
  }
  BOOST_TEST(compared == 11u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
