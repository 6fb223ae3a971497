// SPDX-License-Identifier: Apache-2.0
//
// Corpora that would cost the square of their size where pairs are compared one by one. Work is
// counted, not timed: twice the documents may cost little more than twice the comparisons.
// bench/survival measures the times at larger sizes.
#include <charconv>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "program.h"

namespace copydesk::tests {
namespace {

constexpr std::size_t kDocuments = kIsSanitized ? 3000 : 6000;

std::string some_words(RandomValues& random, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("w{} ", random.next() % 3000);
  return text;
}

// A text of 200 words of which `changed` are others in each document.
std::string family(std::size_t documents, std::size_t changed) {
  RandomValues random(7);
  const std::string common = some_words(random, 200 - changed);
  std::string corpus;
  for (std::size_t i = 0; i < documents; ++i) {
    corpus += fmt::format("{{\"id\":{},\"text\":\"{}{}\"}}\n", i, common,
                          some_words(random, changed));
  }
  return corpus;
}

std::uint64_t count_in(const std::string& report, const std::string& name) {
  const std::string key = '"' + name + "\": ";
  const std::size_t found = report.find(key);
  if (found == std::string::npos) throw std::runtime_error("no count " + name);
  std::uint64_t value = 0;
  const char* const begin = report.data() + found + key.size();
  std::from_chars(begin, report.data() + report.size(), value);
  return value;
}

struct Work {
  std::uint64_t sketches = 0, pairs = 0, weighed = 0, removed = 0;
};

Work work_of(const std::string& corpus, std::size_t documents) {
  const TemporaryFolder folder;
  folder.write("in.jsonl", corpus);
  const Ended ended =
      Program(folder).run({"dedup", "in.jsonl", "-q", "-o", "kept", "--report", "report"});
  if (ended.code != 0) throw std::runtime_error(ended.errors);
  const std::string report = folder.read("report");
  const Work work{count_in(report, "sketch_comparisons"),
                  count_in(report, "verified_pairs") + count_in(report, "second_look_pairs"),
                  count_in(report, "pairs_weighed"),
                  count_in(report, "removed_identical") + count_in(report, "removed_same_words") +
                       count_in(report, "removed_near_duplicate")};
  BOOST_TEST(count_in(report, "kept") + work.removed == documents);
  return work;
}

// What the work for a document may be, whatever the corpus: some hundred looks at a sketch in each
// of the bands, and a few exact comparisons.
void check_is_linear(const std::string& name,
                     const std::function<std::string(std::size_t documents)>& corpus,
                     bool is_removed) {
  BOOST_TEST_CONTEXT(name) {
    const Work half = work_of(corpus(kDocuments), kDocuments);
    const Work whole = work_of(corpus(2 * kDocuments), 2 * kDocuments);
    BOOST_TEST_MESSAGE(name << ": " << half.sketches << " and " << whole.sketches
                            << " looks at sketches, " << half.pairs << " and " << whole.pairs
                            << " exact comparisons");
    BOOST_TEST(whole.sketches <= 16 * 64 * 2 * kDocuments);
    BOOST_TEST(whole.pairs <= 16 * 2 * kDocuments);
    BOOST_TEST(whole.sketches <= 3 * half.sketches + 64 * kDocuments);
    BOOST_TEST(whole.pairs <= 3 * half.pairs + kDocuments);
    if (is_removed) {
      BOOST_TEST(whole.removed == 2 * kDocuments - 1);
    } else {
      BOOST_TEST(whole.removed == 0u);
    }
  }
}

BOOST_AUTO_TEST_SUITE(adversaries)

BOOST_AUTO_TEST_CASE(one_text_in_all_documents) {
  check_is_linear("equal", [](std::size_t count) { return family(count, 0); }, true);
}

BOOST_AUTO_TEST_CASE(one_text_but_for_a_number) {
  check_is_linear(
      "number",
      [](std::size_t count) {
        RandomValues random(8);
        const std::string common = some_words(random, 199);
        std::string corpus;
        for (std::size_t i = 0; i < count; ++i) {
          corpus += fmt::format("{{\"id\":{},\"text\":\"{}{}\"}}\n", i, common, i);
        }
        return corpus;
      },
      true);
}

// Alike enough to share bands by the thousand, not alike enough to be removed.
BOOST_AUTO_TEST_CASE(a_template_that_is_two_thirds_of_each_text) {
  check_is_linear("template", [](std::size_t count) { return family(count, 60); }, false);
}

BOOST_AUTO_TEST_CASE(short_lines) {
  check_is_linear(
      "lines",
      [](std::size_t count) {
        std::string corpus;
        for (std::size_t i = 0; i < count; ++i) {
          corpus += fmt::format("{{\"id\":{},\"text\":\"the line of number {} here\"}}\n", i, i);
        }
        return corpus;
      },
      false);
}

// A common passage of half of each text decides many bands, as one made for that purpose would.
BOOST_AUTO_TEST_CASE(texts_that_share_bands_and_little_else) {
  check_is_linear("bands", [](std::size_t count) { return family(count, 110); }, false);
}

// All of them alike, by so little more than the threshold that sketches see it in half of the pairs:
// removed ones were removed for others that are removed, and decisions are made again and again.
BOOST_AUTO_TEST_CASE(texts_whose_likeness_is_that_of_the_threshold) {
  const auto work = [](std::size_t documents) {
    const Work done = work_of(family(documents, 20), documents);
    BOOST_TEST_MESSAGE("threshold: " << done.pairs << " exact comparisons, " << done.weighed
                                     << " looks at pairs");
    BOOST_TEST(done.removed == documents - 1);
    BOOST_TEST(done.pairs <= 30 * documents);
    BOOST_TEST(done.weighed <= 12 * done.pairs);
    return done;
  };
  const Work half = work(kDocuments);
  const Work whole = work(2 * kDocuments);
  BOOST_TEST(2 * whole.pairs <= 5 * half.pairs);
  BOOST_TEST(2 * whole.weighed <= 5 * half.weighed);
}

// One word, over and over, is one shingle.
BOOST_AUTO_TEST_CASE(one_word_a_million_times) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "word ";
  folder.write("in.jsonl", "{\"id\":1,\"text\":\"" + text + "\"}\n{\"id\":2,\"text\":\"" + text +
                               "more\"}\n");
  for (const char* const command : {"dedup", "reuse", "summarize"}) {
    const Ended ended = Program(folder).run({command, "in.jsonl", "-q", "-o", "out"});
    BOOST_TEST_CONTEXT(command << ": " << ended.errors) { BOOST_TEST(ended.code == 0); }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
