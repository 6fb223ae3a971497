// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <filesystem>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

auto has_code(ErrorCode code) {
  return [code](const Error& error) { return error.code() == code; };
}

const std::vector<std::string> kOnlyTheInput{"in.jsonl"};

}  // namespace

BOOST_AUTO_TEST_SUITE(dedup_failures)

BOOST_AUTO_TEST_CASE(bad_records_are_counted_and_reported) {
  const TemporaryFolder folder;
  const std::string input = folder.write(
      "in.jsonl", record("a", words(0, 20)) + "{not json\n" + record("b", words(50, 20)) +
                      "{\"id\": \"c\", \"body\": \"no text\"}\n" + "{\"text\": \"\xFF\"}\n");
  std::vector<std::pair<std::string, std::uint64_t>> faults;
  RunControl control;
  control.on_fault = [&](const std::string& path, const RecordFault& fault) {
    faults.emplace_back(path, fault.origin.line);
  };
  for (const std::size_t threads : {1, 4}) {
    faults.clear();
    DedupOptions options;
    options.search.corpus.threads = threads;
    options.search.corpus.reading.batch_bytes = 60;
    const DedupOutput output = dedup(folder, {input}, options, control);
    BOOST_TEST(output.kept == record("a", words(0, 20)) + record("b", words(50, 20)));
    BOOST_TEST(output.result.summary.faults == 3U);
    const std::vector<std::pair<std::string, std::uint64_t>> expected{
        {input, 2}, {input, 4}, {input, 5}};
    BOOST_TEST((faults == expected));
  }
}

BOOST_AUTO_TEST_CASE(stopping_at_the_first_bad_record) {
  const TemporaryFolder folder;
  const std::string input =
      folder.write("in.jsonl", record("a", "one") + "{not json\n" + record("b", "two"));
  for (const std::size_t threads : {1, 4}) {
    DedupOptions options;
    options.search.corpus.on_bad = OnBad::kStop;
    options.search.corpus.threads = threads;
    BOOST_CHECK_EXCEPTION(dedup(folder, {input}, options), Error,
                          has_code(ErrorCode::kTooManyFaults));
    BOOST_TEST(folder.names() == kOnlyTheInput);
  }
}

BOOST_AUTO_TEST_CASE(mostly_bad_records_end_the_run) {
  const TemporaryFolder folder;
  std::string corpus;
  for (int i = 0; i < 1500; ++i) {
    corpus += i % 5 < 2 ? record(fmt::format("d{}", i), words(0, 10)) : "{\"headline\": \"x\"}\n";
  }
  const std::string input = folder.write("in.jsonl", corpus);
  BOOST_CHECK_EXCEPTION(dedup(folder, {input}), Error, has_code(ErrorCode::kTooManyFaults));
  BOOST_TEST(folder.names() == kOnlyTheInput);
  // The other way round it goes on.
  corpus.clear();
  for (int i = 0; i < 1500; ++i) {
    corpus += i % 5 < 3 ? record(fmt::format("d{}", i), words(0, 10)) : "{\"headline\": \"x\"}\n";
  }
  folder.write("in.jsonl", corpus);
  BOOST_TEST(dedup(folder, {input}).result.summary.faults == 600U);
}

BOOST_AUTO_TEST_CASE(an_input_that_changes_between_passes_ends_the_run) {
  const std::string corpus = random_corpus(5, 200);
  std::string edited = corpus;
  edited[edited.rfind(" v") + 1] = 'u';
  for (const std::string& later : {edited, corpus + record("new", "one more"),
                                   corpus.substr(0, corpus.size() / 2), std::string()}) {
    for (const std::size_t threads : {1, 3}) {
      const TemporaryFolder folder;
      const std::string input = folder.write("in.jsonl", corpus);
      DedupOptions options;
      options.search.corpus.threads = threads;
      options.search.corpus.reading.batch_bytes = 5000;
      RunControl control;
      bool changed = false;
      control.on_progress = [&](const Progress& progress) {
        if (progress.stage != "join" || changed) return;
        changed = true;
        folder.write("in.jsonl", later);
      };
      BOOST_CHECK_EXCEPTION(
          dedup(folder, {input}, options, control), Error, [&](const Error& error) {
            return error.code() == ErrorCode::kInputChanged && error.where() == input;
          });
      BOOST_TEST(changed);
      BOOST_TEST(folder.names() == kOnlyTheInput);
    }
  }
}

// Only the records that are to be compared are read for that; what was made of them must still
// hold.
BOOST_AUTO_TEST_CASE(a_candidate_that_changes_before_it_is_compared_ends_the_run) {
  const std::string corpus = record("a", words(0, 60)) + record("b", words(100, 60)) +
                             record("c", words(0, 59) + " other");
  std::string word_changed = corpus;
  word_changed[corpus.find("w30")] = 'v';
  std::string line_cut = corpus;
  line_cut[corpus.find(" w30")] = '\n';
  for (const std::string& later : {word_changed, line_cut}) {
    const TemporaryFolder folder;
    PairsOptions options;
    options.search.corpus.inputs = {folder.write("in.jsonl", corpus)};
    options.pairs_path = folder.path("pairs.jsonl");
    RunControl control;
    control.on_progress = [&](const Progress& progress) {
      if (progress.stage == "join") folder.write("in.jsonl", later);
    };
    BOOST_CHECK_EXCEPTION(run_pairs(options, control), Error, [&](const Error& error) {
      return error.code() == ErrorCode::kInputChanged &&
             error.where() == options.search.corpus.inputs.front();
    });
    BOOST_TEST(folder.names() == kOnlyTheInput);
  }
}

BOOST_AUTO_TEST_CASE(a_stopped_run_leaves_nothing_behind) {
  for (const char* const stage : {"", "read", "join", "verify", "collect", "write"}) {
    for (const std::size_t threads : {1, 3}) {
      const TemporaryFolder folder;
      const std::string input = folder.write("in.jsonl", random_corpus(6, 300));
      std::atomic<bool> stop = std::string_view(stage).empty();
      DedupOptions options;
      options.search.corpus.threads = threads;
      options.search.corpus.reading.batch_bytes = 500;
      RunControl control;
      control.stop = &stop;
      bool reported = stop;
      control.on_progress = [&](const Progress& progress) {
        if (progress.stage == stage) stop = reported = true;
      };
      BOOST_TEST_CONTEXT("stopped in \"" << stage << "\", " << threads << " threads") {
        BOOST_CHECK_THROW(dedup(folder, {input}, options, control), Cancelled);
        BOOST_TEST(reported);
        BOOST_TEST(folder.names() == kOnlyTheInput);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(wrong_options_are_refused) {
  const auto refused = [](auto change) {
    DedupOptions options;
    change(options);
    BOOST_CHECK_EXCEPTION(dedup_text(record("a", "b"), options), Error,
                          has_code(ErrorCode::kInvalidOption));
  };
  refused([](DedupOptions& options) { options.containment = 1.01; });
  refused([](DedupOptions& options) { options.containment = -0.1; });
  refused([](DedupOptions& options) { options.search.threshold = 0.0; });
  refused([](DedupOptions& options) { options.search.threshold = 1.1; });
  refused([](DedupOptions& options) { options.search.recall = 1.0; });
  refused([](DedupOptions& options) { options.search.corpus.threads = 0; });
  refused([](DedupOptions& options) { options.search.corpus.threads = 1025; });
  refused([](DedupOptions& options) { options.search.shingles.size = 0; });
  refused([](DedupOptions& options) { options.search.sketch.slots = 100; });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
