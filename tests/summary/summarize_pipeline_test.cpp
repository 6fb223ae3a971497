// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>

#include "copydesk/error.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "temporary_folder.h"

using namespace copydesk;

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string make_corpus(std::size_t documents) {
  std::string lines;
  for (std::size_t i = 0; i < documents; ++i) {
    const std::string n = std::to_string(i);
    lines += "{\"id\":\"d" + n + "\",\"story\":\"s" + std::to_string(i / 3) +
             "\",\"date\":\"2026-01-0" + std::to_string(1 + i % 3) + "\",\"title\":\"Bridge " + n +
             " closes\",\"text\":\"The bridge number " + n +
             " will close for repairs on Monday. Engineers found cracks in the arches. "
             "They were deep. Ferries will carry passengers of bridge " +
             n +
             " in the meantime. "
             "Shop owners near the bridge fear for their trade.\"}\n";
  }
  return lines;
}

SummarizeOptions options_for(const std::string& input, const std::string& output) {
  SummarizeOptions options;
  options.corpus.inputs = {input};
  options.output_path = output;
  options.summary.selection.budget.sentences = 2;
  return options;
}

std::size_t count_lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(summarize_pipeline)

BOOST_AUTO_TEST_CASE(same_bytes_for_any_number_of_threads_and_block_size) {
  const tests::TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", make_corpus(400));
  std::string first;
  for (const std::size_t threads : {1, 2, 5}) {
    for (const std::size_t block : {700, 100000}) {
      SummarizeOptions options = options_for(input, folder.path("out.jsonl"));
      options.corpus.threads = threads;
      options.corpus.reading.batch_bytes = block;
      options.html_path = folder.path("out.html");
      options.idf_out_path = folder.path("out.idf");
      const SummarizeResult result = run_summarize(options, {});
      BOOST_TEST(result.summary.documents == 400U);
      BOOST_TEST(result.summary.abstracts == 400U);
      const std::string bytes =
          read(options.output_path) + read(options.html_path) + read(options.idf_out_path);
      if (first.empty()) first = bytes;
      BOOST_TEST((bytes == first));
    }
  }
  BOOST_TEST(count_lines(read(folder.path("out.jsonl"))) == 400U);
}

BOOST_AUTO_TEST_CASE(saved_counts_give_the_same_abstracts) {
  const tests::TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", make_corpus(60));
  SummarizeOptions options = options_for(input, folder.path("a.jsonl"));
  options.idf_out_path = folder.path("counts.idf.zst");
  run_summarize(options, {});
  SummarizeOptions again = options_for(input, folder.path("b.jsonl"));
  again.idf_path = options.idf_out_path;
  run_summarize(again, {});
  BOOST_TEST(read(folder.path("a.jsonl")) == read(folder.path("b.jsonl")));
  again.idf_path = input;
  BOOST_CHECK_THROW(run_summarize(again, {}), Error);
}

BOOST_AUTO_TEST_CASE(counts_of_words_and_of_stems_do_not_mix) {
  const tests::TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", make_corpus(20));
  SummarizeOptions options = options_for(input, folder.path("out.jsonl"));
  options.summary.stem = "en";
  options.idf_out_path = folder.path("stems.idf");
  run_summarize(options, {});
  const std::string first = read(options.output_path);
  options.idf_out_path.clear();
  options.idf_path = folder.path("stems.idf");
  run_summarize(options, {});
  BOOST_TEST((read(options.output_path) == first));
  options.summary.stem.clear();
  BOOST_CHECK_THROW(run_summarize(options, {}), Error);
}

BOOST_AUTO_TEST_CASE(texts_give_text_and_bad_records_are_counted) {
  const tests::TemporaryFolder folder;
  const std::string text =
      folder.write("a.txt", "The bridge closes on Monday. Nobody knows why it does.");
  SummarizeOptions options = options_for(text, folder.path("out.txt"));
  options.summary.selection.budget.sentences = 1;
  run_summarize(options, {});
  const std::string abstract = read(options.output_path);
  BOOST_TEST(abstract.ends_with(".\n"));
  BOOST_TEST(count_lines(abstract) == 1U);

  const std::string bad = folder.write("b.jsonl", make_corpus(3) + "{\"text\":\n{\"text\":\"\"}\n");
  options = options_for(bad, folder.path("out.jsonl"));
  const SummarizeResult result = run_summarize(options, {});
  BOOST_TEST(result.summary.faults == 1U);
  BOOST_TEST(result.summary.documents == 4U);
  BOOST_TEST(result.summary.empty == 1U);
  BOOST_TEST(read(options.output_path).find("\"summary\":\"\",\"sentences\":[]") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(families_have_one_abstract_each) {
  const tests::TemporaryFolder folder;
  std::string corpus = make_corpus(9);
  corpus += corpus;  // every record printed twice, the second time far from the first
  corpus += "{\"id\":\"alone\",\"text\":\"A text of no family stands alone in the corpus.\"}\n";
  SummarizeOptions options =
      options_for(folder.write("in.jsonl", corpus), folder.path("out.jsonl"));
  options.by_family = true;
  options.corpus.fields.order = "story";
  const SummarizeResult result = run_summarize(options, {});
  BOOST_TEST(result.summary.documents == 19U);
  BOOST_TEST(result.summary.abstracts == 4U);
  const std::string out = read(options.output_path);
  BOOST_TEST(count_lines(out) == 4U);
  BOOST_TEST(out.find("{\"family\":\"s0\",\"title\":\"Bridge 0 closes\",\"members\":6,\"voices\":3") !=
             std::string::npos);
  BOOST_TEST(out.find("\"printed_by\":6") != std::string::npos);
  BOOST_TEST(out.find("\"first_time\":\"2026-01-01\"") != std::string::npos);
  BOOST_TEST(out.find("[\"d0\",\"d0\"]") != std::string::npos);

  options.since = "not a time";
  BOOST_CHECK_THROW(run_summarize(options, {}), Error);
}

BOOST_AUTO_TEST_CASE(updates_are_matched_by_id) {
  const tests::TemporaryFolder folder;
  const std::string old_line =
      "{\"id\":\"x\",\"text\":\"The bridge closes on Monday for repairs.\"}\n";
  const std::string new_line =
      "{\"id\":\"x\",\"text\":\"The bridge closes on Monday for repairs. A storm tore its cables "
      "on Friday.\"}\n";
  SummarizeOptions options =
      options_for(folder.write("new.jsonl", new_line), folder.path("out.jsonl"));
  options.since = folder.write("old.jsonl", old_line);
  run_summarize(options, {});
  BOOST_TEST(read(options.output_path).find("\"summary\":\"A storm tore its cables on Friday.\"") !=
             std::string::npos);

  options = options_for(
      folder.write("new.txt", "It rained on Monday in town. Snow fell on Friday in town."),
      folder.path("out.txt"));
  options.since = folder.write("old.txt", "It rained on Monday in town.");
  run_summarize(options, {});
  BOOST_TEST(read(options.output_path) == "Snow fell on Friday in town.\n");
}

BOOST_AUTO_TEST_CASE(pages_escape_everything) {
  const tests::TemporaryFolder folder;
  SummarizeOptions options = options_for(
      folder.write("in.jsonl",
                   "{\"id\":\"<i>\",\"title\":\"<script>x</script>\",\"text\":\"A <b>bold</b> & "
                   "\\\"loud\\\" "
                   "sentence stands here. Another <img src=x onerror=y> one stands there.\"}\n"),
      folder.path("out.jsonl"));
  options.html_path = folder.path("out.html");
  run_summarize(options, {});
  const std::string page = read(options.html_path);
  for (const char* bad : {"<script>x", "<b>", "<img", "<i>"})
    BOOST_TEST(page.find(bad) == std::string::npos);
  BOOST_TEST(page.find("<mark") != std::string::npos);
  BOOST_TEST(page.find("&lt;script&gt;") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
