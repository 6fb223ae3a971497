// SPDX-License-Identifier: Apache-2.0
//
// Texts that have nothing in common but the absence of letters, or the few tokens they are made of.

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "pipeline/small_corpora.h"

namespace copydesk {

namespace {

using namespace tests;
using Ids = std::vector<std::string>;

// Ids of what is left of `texts`, which are numbered from 0.
Ids left_of(const std::vector<std::string>& texts, const DedupOptions& options = {}) {
  std::string corpus;
  for (std::size_t i = 0; i < texts.size(); ++i) corpus += record(std::to_string(i), texts[i]);
  return ids_of(dedup_text(corpus, options).kept);
}

Ids all_of(std::size_t count) {
  Ids ids;
  for (std::size_t i = 0; i < count; ++i) ids.push_back(std::to_string(i));
  return ids;
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

// `count` draws from `kinds`, with a space behind each.
std::string draws(std::uint64_t seed, std::size_t count, const std::vector<std::string>& kinds) {
  RandomValues random(seed);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += kinds[(random.next() >> 20) % kinds.size()] + " ";
  return text;
}

std::vector<DedupOptions> all_ways() {
  std::vector<DedupOptions> ways(3);
  ways[1].search.shingles.unit = ShingleUnit::kCharacter;
  ways[2].search.method = CandidateMethod::kSimHash;
  return ways;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(unlike_texts)

BOOST_AUTO_TEST_CASE(texts_without_words) {
  for (const DedupOptions& options : all_ways()) {
    const std::vector<std::string> texts{"😀", "🎉", "⠁⠃⠉⠙⠑⠋", "⠛⠓⠊⠚⠅⠇", "{ } ( ) ;", "[ ] < > ;"};
    BOOST_TEST(left_of(texts, options) == all_of(texts.size()), boost::test_tools::per_element());
    BOOST_TEST(left_of({"😀", "", " ", "😀"}, options) == (Ids{"0", "1"}),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(texts_of_few_tokens) {
  std::vector<std::string> coins;
  std::vector<std::string> letters;
  std::vector<std::string> answers;
  for (std::uint64_t i = 0; i < 8; ++i) {
    coins.push_back(draws(i, 1000, {"0", "1"}));
    letters.push_back(draws(i, 20'000, {"A", "C", "G", "T"}));
    answers.push_back(draws(i, 60, {"yes", "no", "maybe"}));
  }
  for (const DedupOptions& options : all_ways()) {
    for (const auto& texts : {coins, letters, answers}) {
      BOOST_TEST(left_of(texts, options) == all_of(8), boost::test_tools::per_element());
    }
    const std::vector<std::string> counts{"0 0 0 0 0 1 1 1 1 1", "0 0 0 0 0 0 0 1 1 1",
                                          "0 0 1 1 1 1 1 1 1 1"};
    BOOST_TEST(left_of(counts, options) == all_of(3), boost::test_tools::per_element());
    BOOST_TEST(left_of({repeated("la ", 10), repeated("la ", 9999), repeated("la ", 20)}, options) ==
                   all_of(3),
               boost::test_tools::per_element());
  }
}

// All sequences of five bits once in each, in another order: equal sets of shingles, equal counts.
BOOST_AUTO_TEST_CASE(order_counts) {
  const std::string first = "0 0 0 0 0 1 0 0 0 1 1 0 0 1 0 1 0 0 1 1 1 0 1 0 1 1 0 1 1 1 1 1 0 0 0 0";
  const std::string second =
      "0 0 0 0 0 1 1 1 1 1 0 1 1 1 0 0 1 1 0 1 1 0 0 0 1 0 1 0 1 0 0 1 0 0 0 0";
  BOOST_TEST(left_of({first, second}) == all_of(2), boost::test_tools::per_element());
}

// The same answers in another order, of which the shingles are the same; and one answer repeated,
// beside a text too short to tell.
BOOST_AUTO_TEST_CASE(short_answers) {
  BOOST_TEST(left_of({"1 1 3 1 1 1 3 1", "3 1 1 1 3 1 1 1"}) == all_of(2),
             boost::test_tools::per_element());
  BOOST_TEST(left_of({"yes no yes yes yes no yes yes yes yes no yes",
                      "yes no yes yes yes yes no yes yes yes no yes"}) == all_of(2),
             boost::test_tools::per_element());
  BOOST_TEST(left_of({"no no " + repeated("yes ", 16) + "no maybe", "no yes yes yes yes yes no maybe"}) ==
                 all_of(2),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(real_copies_of_few_tokens_go) {
  const std::string coins = draws(1, 1000, {"0 ", "1 "});
  const std::string edited = coins.substr(0, 1500) + "1 " + coins.substr(1500);
  const std::string cut = coins.substr(0, coins.size() - 60);
  for (const DedupOptions& options : all_ways()) {
    BOOST_TEST(left_of({coins, edited, cut}, options) == all_of(1),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(an_article_printed_twice_is_a_near_duplicate) {
  const std::string article = words(0, 200);
  DedupOptions options;
  BOOST_TEST(left_of({article, article + " " + article}) == all_of(1),
             boost::test_tools::per_element());
  options.search.shingles.unit = ShingleUnit::kCharacter;
  BOOST_TEST(left_of({article, article + " " + article}, options) == all_of(1),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(contained_means_in_number_too) {
  DedupOptions options;
  options.containment = 0.95;
  const std::string coins = draws(1, 1000, {"0", "1"});
  BOOST_TEST(left_of({draws(2, 100, {"0", "1"}), coins}, options) == all_of(2),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rules_have_honest_names) {
  const std::string corpus = record("a", "One two three.") + record("b", "one two three") +
                             record("c", "One two three.");
  const std::vector<std::string> lines = lines_of(dedup_text(corpus).decisions);
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(value_of(lines[0], "rule") == "same_words");
  BOOST_TEST(value_of(lines[1], "rule") == "identical");
}

BOOST_AUTO_TEST_CASE(code_and_words_in_one_corpus) {
  const auto line = [](int id, const char* kind, const char* text) {
    return fmt::format(R"({{"id":"{}","kind":"{}","text":"{}"}})"
                       "\n",
                       id, kind, text);
  };
  const std::string corpus = line(0, "code", "return a + b;") + line(1, "code", "return a - b;") +
                             line(2, "words", "Return, a b") + line(3, "words", "return a - b;") +
                             line(4, "code", "return a  - b;");
  for (const CandidateMethod method : {CandidateMethod::kMinHash, CandidateMethod::kSimHash}) {
    DedupOptions options;
    options.search.method = method;
    options.search.simhash.weights = SimHashWeights::kTfIdf;
    options.search.corpus.fields.tokens = "kind";
    BOOST_TEST(ids_of(dedup_text(corpus, options).kept) == (Ids{"0", "1", "2"}),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(folding_by_option) {
  DedupOptions options;
  options.search.shingles.fold.accents = false;
  BOOST_TEST(left_of({"el año nuevo", "el ano nuevo"}) == all_of(1),
             boost::test_tools::per_element());
  BOOST_TEST(left_of({"el año nuevo", "el ano nuevo", "EL AN\u0303O NUEVO"}, options) == all_of(2),
             boost::test_tools::per_element());
  BOOST_TEST(left_of({"漢語教學", "汉语教学"}) == all_of(2), boost::test_tools::per_element());
  options.search.shingles.fold = {true, true};
  BOOST_TEST(left_of({"漢語教學", "汉语教学"}, options) == all_of(1),
             boost::test_tools::per_element());
  BOOST_TEST(left_of({"ایران کتاب ۱۲", "ايران كتاب 12"}) == all_of(1),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(dedup_against)

// Of the new texts go: one that is in the old ones, one near one of them, one that the new ones have
// twice. The old ones, two of which are equal, are in no output.
BOOST_AUTO_TEST_CASE(old_documents_are_compared_with_and_left_alone) {
  const TemporaryFolder folder;
  const std::string old_text = record("o1", words(0, 60)) + record("o2", words(0, 60)) +
                               record("o3", words(100, 60)) +
                               record("o4", words(100, 60) + " and more");
  const std::string old_path = folder.write("old.jsonl", old_text);
  const std::string new_path =
      folder.write("new.jsonl", record("n1", words(0, 60)) + record("n2", words(100, 60) + " more") +
                                    record("n3", words(200, 60)) + record("n4", words(200, 60)) +
                                    record("n5", words(100, 60) + " " + words(300, 200)));
  for (const double containment : {0.0, 0.9}) {
    DedupOptions options;
    options.search.corpus.old_inputs = {old_path};
    options.containment = containment;
    options.keep.rule = KeepRule::kLongest;
    const DedupOutput output = dedup(folder, {new_path}, options);
    BOOST_TEST(ids_of(output.kept) == (Ids{"n3", "n5"}), boost::test_tools::per_element());
    BOOST_TEST(ids_of(output.decisions) == (Ids{"n1", "n2", "n4"}),
               boost::test_tools::per_element());
    BOOST_TEST(output.result.summary.old_documents == 4u);
    BOOST_TEST(output.result.summary.documents == 5u);
    BOOST_TEST(output.result.summary.removed_for_old == 2u);
    BOOST_TEST(folder.read("old.jsonl") == old_text);
  }
}

// In one run as against what an earlier run kept.
BOOST_AUTO_TEST_CASE(random_corpora) {
  const TemporaryFolder folder;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const std::string old_path = folder.write("old.jsonl", random_corpus(seed, 150, "o"));
    const std::string new_path = folder.write(
        "new.jsonl", random_corpus(seed, 60, "n") + random_corpus(seed + 50, 100, "m"));
    DedupOptions options;
    options.search.corpus.old_inputs = {old_path};
    const DedupOutput output = dedup(folder, {new_path}, options);
    // What is left has no near-duplicate in the old corpus or in itself.
    const std::string left_path = folder.write("left.jsonl", output.kept);
    const DedupOutput again = dedup(folder, {left_path}, options);
    BOOST_TEST(again.kept == output.kept);
    BOOST_TEST(again.result.summary.kept == again.result.summary.documents);
    for (const std::string& id : ids_of(output.kept)) BOOST_TEST(id[0] != 'o');
    for (const std::string& id : ids_of(output.decisions)) BOOST_TEST(id[0] != 'o');
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
