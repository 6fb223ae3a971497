// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/decontaminate/decontaminate_run.h"
#include "copydesk/pipeline/decontaminate/evaluation_items.h"
#include "copydesk/pipeline/decontaminate/leak_finder.h"
#include "copydesk/pipeline/split/split_run.h"
#include "pipeline/small_corpora.h"
#include "reference/sha256.h"

namespace copydesk {

namespace {

using namespace tests;
using Ids = std::vector<std::string>;

constexpr const char* kQuestion = "Which river flows through the old town of Norvik in winter?";

EvaluationItems items_of(const std::vector<std::pair<std::string, std::string>>& questions) {
  EvaluationItems items;
  int number = 0;
  for (const auto& [question, answer] : questions) {
    items.add("set", std::to_string(number++), question, answer);
  }
  items.build();
  return items;
}

std::vector<Leak> leaks_of(const EvaluationItems& items, const std::string& text) {
  LeakFinder finder(items);
  const auto leaks = finder.find(text);
  return {leaks.begin(), leaks.end()};
}

struct Run {
  std::string hits, kept, cut, marked, html;
  DecontaminateResult result;
};

Run run(const TemporaryFolder& folder, const std::string& training, DecontaminateOptions options) {
  options.corpus.inputs = {folder.write("train.jsonl", training)};
  options.hits_path = folder.path("hits.out");
  options.kept_path = folder.path("kept.out");
  options.cut_path = folder.path("cut.out");
  options.marked_path = folder.path("marked.out");
  options.html_path = folder.path("leaks.html");
  Run output;
  output.result = run_decontaminate(options, {});
  output.hits = folder.read("hits.out");
  output.kept = folder.read("kept.out");
  output.cut = folder.read("cut.out");
  output.marked = folder.read("marked.out");
  output.html = folder.read("leaks.html");
  return output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decontaminate)

BOOST_AUTO_TEST_CASE(offsets_are_those_of_both_texts) {
  const EvaluationItems items = items_of({{kQuestion, ""}});
  const std::string before = "Überall: „";
  const std::string text = before + "which RIVER flows, through\nthe old town of Norvik in winter” – ?";
  const std::vector<Leak> leaks = leaks_of(items, text);
  BOOST_REQUIRE(leaks.size() == 1u);
  BOOST_TEST(leaks[0].in_text.begin == before.size());
  BOOST_TEST(leaks[0].in_text.of(text).ends_with("winter"));
  BOOST_TEST(leaks[0].in_item.begin == 0u);
  BOOST_TEST(leaks[0].in_item.end == std::string(kQuestion).size() - 1);
  BOOST_TEST(leaks[0].equal_tokens == 11u);
  BOOST_TEST(leaks[0].longest_run == 11u);
  BOOST_TEST((leaks[0].kind == ItemHitKind::kWhole));
  BOOST_TEST(!leaks[0].has_answer);
}

BOOST_AUTO_TEST_CASE(answers_stand_near_or_do_not) {
  const EvaluationItems items = items_of(
      {{kQuestion, "the Onga"},
       {"What is the name of the biggest ferry in the harbour?",
        "It is called the Morning Star of the North and carries ninety cars"}});
  const auto is_near = [&](const std::string& text) {
    const std::vector<Leak> leaks = leaks_of(items, text);
    BOOST_REQUIRE(leaks.size() == 1u);
    BOOST_TEST(leaks[0].has_answer);
    return leaks[0].answer_near;
  };
  const std::string question = kQuestion;
  BOOST_TEST(is_near(question + " Answer: The Onga."));
  BOOST_TEST(!is_near(question + " Answer: the Tana."));
  BOOST_TEST(!is_near(question + " " + words(0, 40) + " the Onga"));
  BOOST_TEST(!is_near("The Onga is long. " + question));
  const std::string second = "What is the name of the biggest ferry in the harbour? ";
  BOOST_TEST(is_near(second + "It is named the Morning Star of the North, and carries ninety cars."));
  BOOST_TEST(!is_near(second + "It is called the Evening Star."));
}

// A question of three words is nobody's; with its answer it is somebody's.
BOOST_AUTO_TEST_CASE(short_questions_are_searched_for_with_their_answers) {
  const EvaluationItems items =
      items_of({{"Who was Ada?", "the first person who wrote a program"}, {"Who was Bob?", "Bob"}});
  BOOST_TEST(items.indexed(1) == EvaluationItems::kNone);
  BOOST_TEST(leaks_of(items, "Who was Ada? She was a countess.").empty());
  const auto leaks = leaks_of(items, "Who was Ada? The first person who wrote a program!");
  BOOST_REQUIRE(leaks.size() == 1u);
  BOOST_TEST(leaks[0].answer_near);
}

BOOST_AUTO_TEST_CASE(equal_questions_are_one_leak_for_each_set) {
  EvaluationItems items;
  for (int i = 0; i < 200; ++i) {
    items.add(i % 2 == 0 ? "even" : "odd", std::to_string(i), kQuestion, fmt::format("river{}", i));
  }
  items.build();
  const auto leaks = leaks_of(items, std::string(kQuestion) + " river6, said the pilot");
  BOOST_REQUIRE(leaks.size() == 2u);
  BOOST_TEST(leaks[0].item == 6u);
  BOOST_TEST(leaks[0].answer_near);
  BOOST_TEST(leaks[0].same_items == 99u);
  BOOST_TEST(leaks[1].item == 1u);
  BOOST_TEST(!leaks[1].answer_near);
}

// A leak does not vanish because many texts have it.
BOOST_AUTO_TEST_CASE(outputs) {
  const TemporaryFolder folder;
  std::string training;
  for (int i = 0; i < 50; ++i) {
    training += record(fmt::format("clean{}", i), words(100 * i, 60));
    training += record(fmt::format("leak{}", i), words(100 * i, 20) + ". " + kQuestion +
                                                     " The Onga. " + words(100 * i + 20, 20) + ".");
  }
  folder.write("rivers.v2.jsonl",
               std::string(R"({"qid":"q1","question":")") + kQuestion +
                   R"(","answer":"Onga"}
{"qid":"q2","question":"Is it?","answer":"yes"}
{"qid":"q3","question":"Which of all the nine ferries sank in the storm?","answer":"none"}
)");
  DecontaminateOptions options;
  options.evaluation_inputs = {folder.path("rivers.v2.jsonl")};
  options.question_field = "question";
  options.id_field = "qid";
  options.prepared_path = folder.path("rivers.prepared");
  const Run output = run(folder, training, options);
  BOOST_TEST(lines_of(output.hits).size() == 50u);
  BOOST_TEST(lines_of(output.kept).size() == 50u);
  BOOST_TEST(lines_of(output.cut).size() == 100u);
  BOOST_TEST(lines_of(output.marked).size() == 100u);
  BOOST_TEST(output.kept.find("Norvik") == std::string::npos);
  BOOST_TEST(lines_of(output.cut)[1].find("Norvik") < lines_of(output.cut)[1].find("}"));
  BOOST_TEST(lines_of(output.marked)[1].find(
                 R"("copydesk_leaks":[{"set":"rivers","item":"q1","kind":"whole","answer":true)") !=
             std::string::npos);
  BOOST_TEST(output.html.find("<dt>items looked for</dt><dd>3</dd>") != std::string::npos);
  BOOST_REQUIRE(output.result.sets.size() == 1u);
  const LeakCounts& counts = output.result.sets[0];
  BOOST_TEST(counts.set == "rivers");
  BOOST_TEST(counts.items == 3u);
  BOOST_TEST(counts.items_too_short == 1u);
  BOOST_TEST(counts.items_found == 1u);
  BOOST_TEST(counts.items_with_answer == 1u);
  BOOST_TEST(counts.documents == 50u);
  BOOST_TEST(counts.whole == 50u);

  // What was cut can be put back.
  CorpusOptions corpus;
  corpus.inputs = {folder.write("to_restore.jsonl", output.cut)};
  run_restore({corpus, "", folder.path("restored.jsonl")}, {});
  BOOST_TEST(folder.read("restored.jsonl") == training);

  // From the prepared file, and on two threads.
  options.evaluation_inputs.clear();
  options.corpus.threads = 2;
  const Run again = run(folder, training, options);
  BOOST_TEST(again.hits == output.hits);
  BOOST_TEST(again.cut == output.cut);
  BOOST_TEST(again.html == output.html);

  // Only with the answer.
  options.needs_answer = true;
  const Run strict = run(folder, record("x", std::string(kQuestion) + " Nobody knows."), options);
  BOOST_TEST(lines_of(strict.hits).size() == 1u);
  BOOST_TEST(lines_of(strict.kept).size() == 1u);
}

BOOST_AUTO_TEST_CASE(text_of_strangers_is_escaped) {
  const TemporaryFolder folder;
  const std::string nasty = "<img src=x onerror=alert(1)> one two three four five six seven";
  folder.write("set.jsonl", record("<b>", nasty));
  DecontaminateOptions options;
  options.evaluation_inputs = {folder.path("set.jsonl")};
  const Run output = run(folder, record("<i>", nasty), options);
  BOOST_TEST(lines_of(output.hits).size() == 1u);
  BOOST_TEST(output.html.find("<img") == std::string::npos);
  BOOST_TEST(output.html.find("<b>") == std::string::npos);
  BOOST_TEST(output.html.find("<i>") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_page_has_a_policy_that_allows_its_style_and_script_only) {
  const TemporaryFolder folder;
  folder.write("set.jsonl", record("q", kQuestion));
  DecontaminateOptions options;
  options.evaluation_inputs = {folder.path("set.jsonl")};
  const std::string page = run(folder, record("d", kQuestion), options).html;
  const std::size_t begin = page.find("<style>") + 7;
  const std::string style = page.substr(begin, page.find("</style>") - begin);
  const std::size_t script_begin = page.find("<script>") + 8;
  const std::string script =
      page.substr(script_begin, page.find("</script>") - script_begin);
  BOOST_TEST(page.find("content=\"default-src 'none'; style-src 'sha256-" +
                       reference::sha256_base64(style) + "'; script-src 'sha256-" +
                       reference::sha256_base64(script) + "'; base-uri 'none'") !=
             std::string::npos);
  BOOST_TEST(page.find(" style=") == std::string::npos);
  BOOST_TEST(page.find("http") == page.find("http-equiv"));
}

BOOST_AUTO_TEST_CASE(bad_files_are_refused) {
  const std::string bytes = items_of({{kQuestion, "Onga"}}).to_bytes();
  BOOST_TEST(EvaluationItems::parse(bytes, "p").items().size() == 1u);
  BOOST_TEST(EvaluationItems::parse(bytes, "p").to_bytes() == bytes);
  const auto is_refused = [](const std::string& damaged) {
    BOOST_CHECK_THROW(EvaluationItems::parse(damaged, "p"), Error);
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    is_refused(bytes.substr(0, i));
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    is_refused(damaged);
  }
  is_refused(bytes + "x");
  const TemporaryFolder folder;
  folder.write("set.jsonl", "{\"q\":\"no field of that name\"}\n");
  DecontaminateOptions options;
  options.evaluation_inputs = {folder.path("set.jsonl")};
  BOOST_CHECK_EXCEPTION(run(folder, record("a", "b"), options), Error, [](const Error& error) {
    return std::string(error.what()).find("--against-text-field") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
