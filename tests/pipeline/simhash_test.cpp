// SPDX-License-Identifier: Apache-2.0
//
// dedup and pairs with --method simhash.
#include <atomic>
#include <bit>
#include <set>

#include <boost/test/unit_test.hpp>

#include "copydesk/kernels/hamming.h"
#include "copydesk/kernels/target.h"
#include "copydesk/pipeline/dedup/fingerprinter.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

struct Methods {
  SimHashOptions simhash;
  ShingleOptions shingles;
};

std::vector<Methods> methods() {
  return {{{SimHashFeatures::kWords, SimHashWeights::kPlain, 64, 3}, {}},
          {{SimHashFeatures::kWords, SimHashWeights::kPlain, 128, 12}, {}},
          {{SimHashFeatures::kWords, SimHashWeights::kTfIdf, 64, 6}, {}},
          {{SimHashFeatures::kWords, SimHashWeights::kTfIdf, 128, 0}, {ShingleUnit::kCharacter, 9}},
          {{SimHashFeatures::kShingles, SimHashWeights::kPlain, 64, 8}, {}}};
}

NearDuplicateOptions search_with(const Methods& chosen) {
  NearDuplicateOptions options;
  options.method = CandidateMethod::kSimHash;
  options.simhash = chosen.simhash;
  options.shingles = chosen.shingles;
  options.threshold = 0.6;
  return options;
}

struct Text {
  std::string text;
  ShingledText shingled;
  std::set<std::uint64_t> set;
  Fingerprint128 fingerprint;
};

// What the fingerprints and shingles of a corpus of lines are, one text after the other.
std::vector<Text> texts_of(const std::string& corpus, const Methods& chosen) {
  std::vector<Text> texts;
  CorpusIdf idf;
  Tokenizer tokenizer;
  TokenList tokens;
  for (const std::string& line : lines_of(corpus)) {
    texts.push_back({value_of(line, "text"), {}, {}, {}});
    tokenizer.tokenize(texts.back().text, tokens);
    const std::set<std::uint64_t> distinct(tokens.hashes.begin(), tokens.hashes.end());
    idf.add(std::vector<std::uint64_t>(distinct.begin(), distinct.end()));
  }
  Shingler shingler(chosen.shingles);
  Fingerprinter fingerprinter(chosen.simhash, &idf);
  for (Text& text : texts) {
    shingler.shingle(text.text, text.shingled);
    text.set.insert(text.shingled.shingles.begin(), text.shingled.shingles.end());
    std::vector<std::uint64_t> words(chosen.simhash.words());
    fingerprinter.fingerprint(text.text, shingler, text.shingled, words);
    text.fingerprint = {words[0], words.size() > 1 ? words[1] : 0};
  }
  return texts;
}

std::size_t distance_of(const Text& x, const Text& y) {
  return static_cast<std::size_t>(std::popcount(x.fingerprint.low ^ y.fingerprint.low) +
                                  std::popcount(x.fingerprint.high ^ y.fingerprint.high));
}

double jaccard_of(const Text& x, const Text& y) {
  std::size_t shared = 0;
  for (const std::uint64_t shingle : x.set) shared += y.set.count(shingle);
  const std::size_t all = x.set.size() + y.set.size() - shared;
  return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
}

void check_same(const DedupOutput& output, const DedupOutput& expected) {
  BOOST_TEST((output.kept == expected.kept));
  BOOST_TEST((output.decisions == expected.decisions));
  BOOST_TEST((output.clusters == expected.clusters));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simhash_runs)

// All pairs whose fingerprints are near and whose texts are similar, and no others.
BOOST_AUTO_TEST_CASE(pairs_agree_with_brute_force) {
  const std::string corpus = random_corpus(21, 300);
  for (const Methods& chosen : methods()) {
    const std::vector<Text> texts = texts_of(corpus, chosen);
    std::vector<std::string> expected;
    std::size_t near_but_unlike = 0;
    for (std::size_t a = 0; a < texts.size(); ++a) {
      for (std::size_t b = a + 1; b < texts.size(); ++b) {
        const bool same = texts[a].text == texts[b].text;
        const bool near = distance_of(texts[a], texts[b]) <= chosen.simhash.distance &&
                          !texts[a].set.empty() && !texts[b].set.empty();
        const bool alike = jaccard_of(texts[a], texts[b]) >= 0.6;
        if (same || (near && alike)) expected.push_back(fmt::format("d{} d{}", a, b));
        near_but_unlike += near && !alike ? 1 : 0;
      }
    }
    const TemporaryFolder folder;
    PairsOptions options;
    options.search = search_with(chosen);
    options.search.corpus.inputs = {folder.write("in.jsonl", corpus)};
    options.search.corpus.threads = 2;
    options.pairs_path = folder.path("pairs.out");
    const PairsResult result = run_pairs(options, {});
    std::vector<std::string> found;
    for (const std::string& line : lines_of(folder.read("pairs.out"))) {
      found.push_back(value_of(line, "a") + " " + value_of(line, "b"));
    }
    BOOST_TEST_CONTEXT(chosen.simhash.bits << " bits, distance " << chosen.simhash.distance) {
      BOOST_TEST(found == expected);
      BOOST_TEST(found.size() > 40U);
      BOOST_TEST(result.summary.pairs == found.size());
      // The verification has something to do.
      if (chosen.simhash.distance == 12) BOOST_TEST(near_but_unlike > 0U);
    }
  }
}

BOOST_AUTO_TEST_CASE(threads_blocks_and_memory_do_not_show) {
  const std::string corpus = random_corpus(22, 500);
  for (const Methods& chosen : methods()) {
    DedupOptions options;
    options.search = search_with(chosen);
    const DedupOutput expected = dedup_text(corpus, options);
    BOOST_TEST(expected.result.summary.removed_identical + expected.result.summary.removed_same_words >
               20U);
    if (chosen.simhash.distance > 0) BOOST_TEST(expected.result.summary.removed_near > 20U);
    for (const std::size_t threads : {1, 3}) {
      options.search.corpus.threads = threads;
      options.search.corpus.reading.batch_bytes = 700;
      options.search.corpus.memory_bytes = 1;
      check_same(dedup_text(corpus, options), expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(instruction_sets_do_not_show) {
  const std::string corpus = random_corpus(23, 300);
  DedupOptions options;
  options.search = search_with(methods()[2]);
  const DedupOutput expected = dedup_text(corpus, options);
  for (const std::string& target : simd_targets()) {
    BOOST_TEST_CONTEXT(target) {
      BOOST_TEST_REQUIRE(restrict_simd_target(target));
      const DedupOutput output = dedup_text(corpus, options);
      restrict_simd_target({});
      check_same(output, expected);
    }
  }
}

// Weights need a pass before the scan; a record that cannot be used is reported once all the same.
BOOST_AUTO_TEST_CASE(faults_are_counted_once) {
  const std::string corpus = record("a", words(0, 30)) + "{\"id\": \n" + record("b", words(0, 31));
  for (const Methods& chosen : methods()) {
    DedupOptions options;
    options.search = search_with(chosen);
    const TemporaryFolder folder;
    std::size_t reported = 0;
    RunControl control;
    control.on_fault = [&](const std::string&, const RecordFault&) { ++reported; };
    const DedupOutput output = dedup(folder, {folder.write("in.jsonl", corpus)}, options, control);
    BOOST_TEST(output.result.summary.faults == 1U);
    BOOST_TEST(reported == 1U);
    BOOST_TEST(output.result.summary.documents == 2U);
  }
}

// Stopped in every stage and resumed, a run gives what it would have given.
BOOST_AUTO_TEST_CASE(a_stopped_run_can_be_resumed) {
  const std::string corpus = random_corpus(24, 400);
  DedupOptions options;
  options.search = search_with(methods()[2]);
  options.search.corpus.reading.batch_bytes = 2000;
  const DedupOutput expected = dedup_text(corpus, options);
  for (const char* const stage : {"count", "read", "join", "collect", "verify"}) {
    const TemporaryFolder folder;
    const std::vector<std::string> inputs{folder.write("in.jsonl", corpus)};
    std::atomic<bool> stop{false};
    RunControl control;
    control.stop = &stop;
    control.on_progress = [&](const Progress& progress) {
      if (progress.stage == stage) stop = true;
    };
    options.search.corpus.checkpoint = true;
    options.search.corpus.resume = false;
    BOOST_TEST_CONTEXT(stage) {
      try {
        static_cast<void>(dedup(folder, inputs, options, control));
        BOOST_TEST((std::string_view(stage) == "verify"));  // too late to stop
      } catch (const Cancelled&) {
        BOOST_TEST(stop.load());
      }
      options.search.corpus.resume = true;
      check_same(dedup(folder, inputs, options), expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_report_promises_no_recall) {
  DedupOptions options;
  options.search = search_with(methods()[0]);
  const DedupOutput output = dedup_text(random_corpus(25, 50), options);
  const std::string report = output.result.report.to_json();
  for (const char* const line :
       {"\"method\": \"simhash\"", "\"distance\": 3", "\"fingerprint_bits\": 64",
        "\"features\": \"words\"", "\"weights\": \"plain\"",
        "\"expected_recall_at_threshold\": null", "\"candidate_probability_by_cosine\": {"}) {
    BOOST_TEST_CONTEXT(line) {
      BOOST_TEST((report.find(line) != std::string::npos));
    }
  }
  BOOST_TEST((report.find("\"bands\"") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
