// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/write/json_text.h"
#include "reuse/made_tokens.h"
#include "temporary_folder.h"
#include "without_places.h"

namespace copydesk {

namespace {

std::string made_word(std::uint32_t number) {
  std::string word;
  for (number += 26; number > 0; number /= 26) word.push_back(static_cast<char>('a' + number % 26));
  return word;
}

std::string made_story(tests::Random& random, std::size_t words) {
  std::string story;
  for (std::size_t i = 0; i < words; ++i) {
    const std::uint32_t word = random() % 4 == 0 ? random() % 50 : random() % 100'000;
    story += made_word(word) + (i % 15 == 14 ? ".\n" : " ");
  }
  return story;
}

void append_record(std::string& lines, const std::string& id, const std::string& text,
                   const std::string& time = {}) {
  lines += "{\"id\":";
  append_json_string(lines, id);
  lines += ",\"text\":";
  append_json_string(lines, text);
  if (!time.empty()) lines += ",\"date\":\"" + time + "\"";
  lines += "}\n";
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// 300 stories, each fifth with a trimmed, an enlarged and an equal copy.
std::string made_corpus() {
  tests::Random random(50);
  std::string lines;
  for (int i = 0; i < 300; ++i) {
    const std::string story = made_story(random, 150 + random() % 100);
    const std::string id = "story-" + std::to_string(i);
    append_record(lines, id, story, "2020-01-01T00:00:00Z");
    if (i % 5 != 0) continue;
    append_record(lines, id + "-half", story.substr(0, story.find(' ', story.size() / 2)),
                  "2020-01-02T00:00:00Z");
    append_record(lines, id + "-more", made_story(random, 60) + story, "2020-01-03T00:00:00Z");
    append_record(lines, id + "-same", "  " + story, "2020-01-04T00:00:00Z");
  }
  return lines;
}

ReuseOptions options_for(const tests::TemporaryFolder& folder, const std::string& input,
                         const std::string& name) {
  ReuseOptions options;
  options.corpus.inputs = {input};
  options.corpus.reading.batch_bytes = 16 * 1024;
  options.corpus.work_folder = folder.path();
  options.passages_path = folder.path(name + ".passages");
  options.pairs_path = folder.path(name + ".pairs");
  options.families_path = folder.path(name + ".families");
  return options;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reuse_pipeline)

BOOST_AUTO_TEST_CASE(copies_are_found_with_their_passages_families_and_sources) {
  const tests::TemporaryFolder folder;
  const ReuseOptions options = options_for(folder, folder.write("in.jsonl", made_corpus()), "out");
  const ReuseResult result = run_reuse(options, {});
  BOOST_TEST(result.summary.documents == 480u);
  BOOST_TEST(result.summary.repeats == 60u);
  BOOST_TEST(result.summary.pairs == 180u);  // of three different texts each
  BOOST_TEST(result.summary.templates == 0u);
  BOOST_TEST(result.summary.families == 60u);
  BOOST_TEST(result.summary.known_sources == 60u);
  const std::string families = folder.read("out.families");
  BOOST_TEST(count_of(families, "\"versions\":4,\"source\":\"story-") == 60u);
  BOOST_TEST(count_of(families, "-half\",\"confidence\"") == 0u);
  const std::string pairs = tests::without_places(folder.read("out.pairs"));
  BOOST_TEST(
      count_of(pairs, "\"a\":\"story-5\",\"b\":\"story-5-half\",\"relation\":\"contains\"") == 1u);
  BOOST_TEST(
      count_of(pairs, "\"a\":\"story-5\",\"b\":\"story-5-more\",\"relation\":\"contained\"") == 1u);
  const std::string passages = tests::without_places(folder.read("out.passages"));
  // The equal copy begins two bytes later.
  BOOST_TEST(count_of(passages,
                      "{\"copy\":\"story-5-same\",\"source\":\"story-5\",\"copy_begin\":2,") == 1u);
  BOOST_TEST(count_of(passages,
                      "{\"copy\":\"story-5-half\",\"source\":\"story-5\",\"copy_begin\":0,") == 1u);
  // Of two copies the earlier one counts as the source.
  BOOST_TEST(count_of(passages, "\"source\":\"story-5-half\"") == 1u);
  BOOST_TEST(count_of(passages, "{\"copy\":\"story-5-more\",\"source\":\"story-5-half\"") == 1u);
}

BOOST_AUTO_TEST_CASE(results_do_not_depend_on_threads_and_memory) {
  const tests::TemporaryFolder folder;
  const std::string input = folder.write("in.jsonl", made_corpus());
  run_reuse(options_for(folder, input, "one"), {});
  for (const std::size_t threads : {2u, 8u}) {
    ReuseOptions options = options_for(folder, input, "many");
    options.corpus.threads = threads;
    options.corpus.memory_bytes = threads == 2 ? 4096 : 0;
    const ReuseResult result = run_reuse(options, {});
    for (const char* kind : {".passages", ".pairs", ".families"}) {
      BOOST_TEST(
          (folder.read(std::string("one") + kind) == folder.read(std::string("many") + kind)));
    }
    BOOST_TEST((result.report.to_json().find("\"join_bytes_on_disk\": 0") == std::string::npos) ==
               (threads == 2));
  }
}

BOOST_AUTO_TEST_CASE(two_corpora_are_compared_in_one_direction) {
  const tests::TemporaryFolder folder;
  tests::Random random(51);
  std::string old_lines, new_lines;
  const std::string leaked = made_story(random, 120);
  const std::string kept = made_story(random, 120);
  append_record(old_lines, "old-1", leaked);
  append_record(old_lines, "old-2", kept);
  append_record(old_lines, "old-2-again", kept + made_story(random, 10));
  append_record(new_lines, "new-1", made_story(random, 100) + leaked);
  append_record(new_lines, "new-2", leaked);
  append_record(new_lines, "new-2-again", " " + leaked);
  append_record(new_lines, "new-3", made_story(random, 200));
  ReuseOptions options = options_for(folder, folder.write("new.jsonl", new_lines), "out");
  options.corpus.old_inputs = {folder.write("old.jsonl", old_lines)};
  const ReuseResult result = run_reuse(options, {});
  const std::string passages = tests::without_places(folder.read("out.passages"));
  BOOST_TEST(result.summary.passages == 3u);
  BOOST_TEST(count_of(passages, "{\"copy\":\"new-1\",\"source\":\"old-1\"") == 1u);
  BOOST_TEST(count_of(passages, "{\"copy\":\"new-2\",\"source\":\"old-1\",\"copy_begin\":0,") ==
             1u);
  BOOST_TEST(
      count_of(passages, "{\"copy\":\"new-2-again\",\"source\":\"old-1\",\"copy_begin\":1,") == 1u);
}

BOOST_AUTO_TEST_CASE(masked_lines_of_a_site_are_no_reuse) {
  const tests::TemporaryFolder folder;
  tests::Random random(53);
  std::string furniture = made_story(random, 60);
  for (char& c : furniture) c = c == '\n' ? ' ' : c;
  const std::string copied = made_story(random, 100);
  std::string lines;
  for (int i = 0; i < 12; ++i) {
    std::string text = furniture + '\n' + made_story(random, 100) + '\n';
    if (i == 3 || i == 8) text += copied;
    lines += "{\"id\":\"page-" + std::to_string(i) + "\",\"site\":\"one.example\",\"text\":";
    append_json_string(lines, text);
    lines += "}\n";
  }
  lines += "not json\n";
  ReuseOptions options = options_for(folder, folder.write("in.jsonl", lines), "out");
  options.rules.keep_hidden_passages = true;
  // All pages with the first four of their site.
  BOOST_TEST(run_reuse(options, {}).summary.pairs == 11u + 10 + 9 + 8);
  options.mask.site = true;
  options.html_path = folder.path("out.html");
  const ReuseResult masked = run_reuse(options, {});
  BOOST_TEST(masked.summary.pairs == 1u);
  BOOST_TEST(masked.summary.faults == 1u);
  const std::string passages = tests::without_places(folder.read("out.passages"));
  BOOST_TEST(count_of(passages, "\n") == 1u);
  // Its place is that in the whole text.
  const std::size_t at = passages.find("copy_begin\":") + 12;
  BOOST_TEST(std::stoul(passages.substr(at)) > furniture.size());
  BOOST_TEST(count_of(folder.read("out.html"), "beside the fullest version, 1 passage<") == 1u);
}

BOOST_AUTO_TEST_CASE(corpora_without_reuse_and_empty_ones_give_empty_results) {
  const tests::TemporaryFolder folder;
  tests::Random random(52);
  std::string lines;
  append_record(lines, "a", made_story(random, 100));
  append_record(lines, "b", made_story(random, 100));
  append_record(lines, "empty", "");
  append_record(lines, "empty too", " ");
  append_record(lines, "short", "Read more");
  append_record(lines, "short too", "read more");
  const ReuseResult result =
      run_reuse(options_for(folder, folder.write("in.jsonl", lines), "out"), {});
  BOOST_TEST(result.summary.pairs == 0u);
  BOOST_TEST(result.summary.families == 0u);
  BOOST_TEST(tests::without_places(folder.read("out.passages")).empty());
  BOOST_TEST(run_reuse(options_for(folder, folder.write("none.jsonl", ""), "none"), {})
                 .summary.documents == 0u);
}

BOOST_AUTO_TEST_CASE(impossible_options_are_refused) {
  const tests::TemporaryFolder folder;
  ReuseOptions options = options_for(folder, folder.write("in.jsonl", made_corpus()), "out");
  options.rules.copy.minimum_weight = 0.0;
  BOOST_CHECK_THROW(run_reuse(options, {}), Error);
  options.rules.copy.minimum_weight = 14.0;
  options.rules.passages.minimum_tokens = 0;
  BOOST_CHECK_THROW(run_reuse(options, {}), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
