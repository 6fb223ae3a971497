// SPDX-License-Identifier: Apache-2.0
//
// What a progress line needs: in every pass over the input, how much of how much.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

struct Seen {
  std::uint64_t done = 0, total = 0;
};
using Stages = std::map<std::string, Seen>;

Stages watch(const std::function<void(const RunControl&)>& run) {
  Stages stages;
  RunControl control;
  control.on_progress = [&](const Progress& progress) {
    if (progress.unit != "bytes") return;
    Seen& seen = stages[std::string(progress.stage)];
    BOOST_TEST(progress.done >= seen.done, progress.stage);
    seen = {progress.done, progress.total};
  };
  run(control);
  return stages;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(progress)

BOOST_AUTO_TEST_CASE(passes_over_the_input_tell_their_share) {
  const TemporaryFolder folder;
  CorpusOptions corpus;
  corpus.inputs = {folder.write("in.jsonl", random_corpus(3, 400))};
  const std::uint64_t size = std::filesystem::file_size(corpus.inputs[0]);
  const std::string output = folder.path() + "/out";
  const auto check = [&](const char* name, const Stages& stages,
                         std::initializer_list<const char*> passes) {
    for (const char* const pass : passes) {
      BOOST_TEST_CONTEXT(name << ' ' << pass) {
        BOOST_TEST_REQUIRE(stages.count(pass) == 1u);
        BOOST_TEST(stages.at(pass).done == size);
        BOOST_TEST(stages.at(pass).total == size);
      }
    }
  };
  check("blocks", watch([&](const RunControl& control) {
          BlocksOptions options;
          options.corpus = corpus;
          options.output_path = output;
          run_blocks(options, control);
        }),
        {"read"});
  check("split", watch([&](const RunControl& control) {
          SplitOptions options;
          options.corpus = corpus;
          options.output_path = output;
          options.mask.site = true;
          run_split(options, control);
        }),
        {"count lines", "split"});
  check("restore", watch([&](const RunControl& control) { run_restore({corpus, "", output}, control); }),
        {"restore"});
  check("reuse", watch([&](const RunControl& control) {
          ReuseOptions options;
          options.corpus = corpus;
          options.passages_path = output;
          options.html_path = folder.path("html");
          run_reuse(options, control);
        }),
        {"read", "collect", "show"});
  for (const bool by_family : {false, true}) {
    const Stages stages = watch([&](const RunControl& control) {
      SummarizeOptions options;
      options.corpus = corpus;
      options.corpus.fields.order = "id";
      options.by_family = by_family;
      options.output_path = output;
      options.summary.selection.budget.sentences = 1;
      run_summarize(options, control);
    });
    check("summarize", stages, {"count", "summarize"});
    if (by_family) check("summarize", stages, {"group"});
  }
}

// A page without families shows no text, so the corpus is not read for it: here it could not be.
BOOST_AUTO_TEST_CASE(a_page_without_families_reads_nothing) {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += record(fmt::format("d{}", i), words(100 * i, 60));
  ReuseOptions options;
  options.corpus.inputs = {folder.write("in.jsonl", lines)};
  options.html_path = folder.path("page.html");
  RunControl control;
  bool is_changed = false;
  control.on_progress = [&](const Progress& progress) {
    if (progress.stage != "collect" || progress.done < progress.total || is_changed) return;
    is_changed = true;
    folder.write("in.jsonl", std::string(lines.size(), 'x'));
  };
  run_reuse(options, control);
  BOOST_TEST(is_changed);
  BOOST_TEST(folder.read("page.html").find("<dt>documents</dt><dd>50</dd>") != std::string::npos);
}

// Writing pairs out may take longer than finding them: a group of n equal texts has n * n / 2.
BOOST_AUTO_TEST_CASE(pairs_can_be_stopped_while_they_are_written) {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 800; ++i) lines += record(fmt::format("d{}", i), words(0, 20));
  PairsOptions options;
  options.search.corpus.inputs = {folder.write("in.jsonl", lines)};
  options.pairs_path = folder.path("out");
  std::atomic<bool> stop = false;
  std::uint64_t seen = 0;
  RunControl control;
  control.stop = &stop;
  control.on_progress = [&](const Progress& progress) {
    if (progress.stage != "write") return;
    ++seen;
    stop = true;
  };
  BOOST_CHECK_THROW(run_pairs(options, control), Cancelled);
  BOOST_TEST(seen == 1u);
  BOOST_TEST(!std::filesystem::exists(options.pairs_path));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
