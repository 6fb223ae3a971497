// SPDX-License-Identifier: Apache-2.0
//
// Documents in memory give what the same documents give in a file, with every command; and values
// are what the program writes.
#include "copydesk/copydesk.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/write/json_text.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

// A table of pages on a few sites, and the same as JSON Lines.
struct Table {
  std::vector<std::string> texts, ids, titles, sites;
  std::vector<std::optional<std::string>> times;  // of some

  [[nodiscard]] DocumentColumns columns() const {
    return {.text = texts, .id = ids, .title = titles, .site = sites, .time = times};
  }
  [[nodiscard]] std::string json() const {
    std::string lines;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      lines += "{\"text\":";
      append_json_string(lines, texts[i]);
      lines += ",\"id\":";
      append_json_string(lines, ids[i]);
      lines += ",\"title\":";
      append_json_string(lines, titles[i]);
      lines += ",\"site\":";
      append_json_string(lines, sites[i]);
      if (times[i]) lines += ",\"date\":\"" + *times[i] + '"';
      lines += "}\n";
    }
    return lines;
  }
};

Table make_table() {
  RandomValues random(5);
  const auto sentence = [&] {
    std::string text = "X" + letters(random.next() % 500);
    for (std::size_t left = 9 + random.next() % 8; left > 0; --left) {
      text += " \u00e9" + letters(random.next() % 500);
    }
    return text + ".";
  };
  Table table;
  std::vector<std::vector<std::string>> stories;
  for (std::size_t i = 0; i < 400; ++i) {
    std::vector<std::string> story;
    if (!stories.empty() && random.next() % 2 == 0) {
      story = stories[random.next() % stories.size()];
      if (random.next() % 2 == 0) story.pop_back();
      if (random.next() % 3 == 0) story.push_back(sentence());
    } else {
      for (std::size_t left = 4 + random.next() % 8; left > 0; --left) story.push_back(sentence());
    }
    stories.push_back(story);
    const std::size_t site = random.next() % 6;
    std::string text = "Menu of the site " + letters(site + 1000) + " with words of its own\n";
    for (const std::string& line : story) text += line + (random.next() % 3 == 0 ? "\n\n" : "\n");
    if (random.next() % 20 == 0) text.clear();
    table.texts.push_back(text);
    table.ids.push_back(fmt::format("id{}", i));
    table.titles.push_back("Title \"" + std::to_string(i) + "\"");
    table.sites.push_back(fmt::format("s{}.example", site));
    table.times.emplace_back();
    if (random.next() % 2 == 0) table.times.back() = fmt::format("2026-01-{:02}", 1 + i % 28);
  }
  return table;
}

template <class Command>
void check_same(const Command& command) {
  const TemporaryFolder folder;
  const Table table = make_table();
  const Documents in_file = Documents::in_files({folder.write("in.jsonl", table.json())});
  for (const std::size_t threads : {1, 3}) {
    RunSettings run;
    run.threads = threads;
    const auto [from_memory, count] = command(Documents(table.columns()), run);
    BOOST_TEST(count > 0u);
    const auto from_file = command(in_file, run);
    BOOST_TEST((from_memory == from_file.first));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(front_door)

BOOST_AUTO_TEST_CASE(dedup_is_the_same_in_memory) {
  for (const char* const keep : {"first", "longest", "newest"}) {
    for (const bool masked : {false, true}) {
      check_same([&](const Documents& documents, const RunSettings& run) {
        DedupSettings settings;
        settings.contained = 0.9;
        settings.keep = keep;
        settings.mask_site = settings.mask_page = masked;
        const DuplicatesFound found = dedup(documents, settings, run);
        BOOST_TEST(found.kept.size() + found.removed.size() == 400u);
        return std::pair{std::pair{found.kept, found.removed}, found.removed.size()};
      });
    }
  }
}

BOOST_AUTO_TEST_CASE(keys_and_sources_are_the_same_in_memory) {
  check_same([&](const Documents& documents, const RunSettings& run) {
    const DocumentColumns* const table = documents.columns();
    DocumentColumns with_key = table == nullptr ? DocumentColumns() : *table;
    with_key.key = with_key.source = with_key.site;
    DedupSettings settings;
    settings.key = "site";
    settings.source_field = "site";
    const DuplicatesFound found =
        dedup(table == nullptr ? documents : Documents(with_key), settings, run);
    std::uint64_t counted = 0;
    for (const SourceOutcome& source : found.sources) {
      BOOST_TEST(source.kept == 1u);
      BOOST_TEST(source.removed_same_key == source.documents - 1);
      BOOST_TEST((source.in_favor_of == std::vector{std::pair{source.source, source.documents - 1}}));
      counted += source.documents;
    }
    BOOST_TEST(counted == 400u);
    BOOST_TEST(found.kept.size() == found.sources.size());
    BOOST_TEST(found.removed[0].rule == "same_key");
    std::vector<SourceOutcome> sources = found.sources;
    // Bytes of a record in a file, and of its text in memory.
    for (SourceOutcome& source : sources) source.bytes = 0;
    return std::pair{std::pair{std::pair{found.kept, found.removed}, sources},
                     found.removed.size()};
  });
}

BOOST_AUTO_TEST_CASE(keys_are_of_fields_addresses_and_lines) {
  const std::vector<std::string> texts = {"one", "two", "three"};
  const std::vector<std::string> urls = {"http://a.example/x", "https://www.a.example/x/", "b"};
  const DocumentColumns table{.text = texts, .key = urls};
  BOOST_TEST(dedup(table, {.key = "anything"}).kept.size() == 3u);
  BOOST_TEST(dedup(table, {.key = "url:anything"}).kept.size() == 2u);
  BOOST_CHECK_THROW(static_cast<void>(dedup(table, {.key = "line"})), Error);
  BOOST_CHECK_THROW(static_cast<void>(dedup(table, {.contained = 0.9, .key = "x"})), Error);
  BOOST_CHECK_THROW(static_cast<void>(dedup(texts, {.key = "x"})), Error);
  const TemporaryFolder folder;
  const Documents files = Documents::in_files(
      {folder.write("in.jsonl", "{\"text\":\"a\"}\n{\"text\":\"a\",\"n\":1}\n{\"text\":\"a\"}\n")});
  const DuplicatesFound found = dedup(files, {.key = "line"});
  BOOST_TEST(found.removed.size() == 1u);
  BOOST_TEST(found.removed[0].document.row == 2u);
  BOOST_TEST(found.sources.empty());
}

BOOST_AUTO_TEST_CASE(filtering_is_the_same_in_memory) {
  for (const bool drop : {true, false}) {
    check_same([&](const Documents& documents, const RunSettings& run) {
      const std::vector<std::string> list = {"id3", "id77", "no such id", "id3"};
      const DocumentsFiltered found = filter(documents, list, {.drop = drop}, run);
      BOOST_TEST(found.kept.size() == (drop ? 398u : 2u));
      BOOST_TEST((found.missing == std::vector<std::string>{"no such id"}));
      return std::pair{found.kept, found.kept.size()};
    });
  }
}

BOOST_AUTO_TEST_CASE(lists_of_files_and_rows_without_ids) {
  const std::vector<std::string> texts = {"one", "two", "three"};
  const DocumentsFiltered rows = filter(texts, std::vector<std::string>{"2"}, {.drop = false});
  BOOST_TEST((rows.kept == std::vector<DocumentRef>{{"2", 0, 2}}));
  BOOST_CHECK_THROW(static_cast<void>(filter(texts, std::vector<std::string>{"7"})), Error);
  BOOST_TEST(filter(texts, std::vector<std::string>()).kept.size() == 3u);
  const TemporaryFolder folder;
  const std::string path = folder.write("in.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
  const ListFile list{folder.write("list.txt", path + ":2\n")};
  const DocumentsFiltered found = filter(Documents::in_files({path}), list,
                                         {.output_folder = folder.path() + "/out"});
  BOOST_TEST((found.kept == std::vector<DocumentRef>{{path + ":1", 0, 0}}));
  BOOST_TEST(std::filesystem::file_size(folder.path() + "/out/in.jsonl") == 13u);
  BOOST_CHECK_THROW(static_cast<void>(filter(texts, list, {.output_folder = "x"})), Error);
}

BOOST_AUTO_TEST_CASE(pairs_are_the_same_in_memory) {
  for (const bool characters : {false, true}) {
    check_same([&](const Documents& documents, const RunSettings& run) {
      const auto found = pairs(documents, {.threshold = 0.5, .characters = characters}, run);
      return std::pair{found.pairs, found.pairs.size()};
    });
  }
}

BOOST_AUTO_TEST_CASE(reuse_is_the_same_in_memory) {
  for (const bool masked : {false, true}) {
    check_same([&](const Documents& documents, const RunSettings& run) {
      const auto found = reuse(documents, {.mask_site = masked}, run);
      return std::pair{std::pair{found.passages, found.families}, found.passages.size()};
    });
  }
}

BOOST_AUTO_TEST_CASE(what_is_compared_with_old_documents_is_the_same_in_memory) {
  const TemporaryFolder folder;
  Table table = make_table();
  Table old;
  for (const auto column : {&Table::texts, &Table::ids, &Table::titles, &Table::sites}) {
    auto& all = table.*column;
    (old.*column).assign(all.end() - 150, all.end());
    all.resize(250);
  }
  old.times.assign(table.times.end() - 150, table.times.end());
  table.times.resize(250);
  const Documents new_in_file = Documents::in_files({folder.write("new.jsonl", table.json())});
  const Documents old_in_file = Documents::in_files({folder.write("old.jsonl", old.json())});
  const DocumentColumns new_columns = table.columns(), old_columns = old.columns();
  const Documents new_in_memory(new_columns), old_in_memory(old_columns);
  for (const std::size_t threads : {1, 3}) {
    RunSettings run;
    run.threads = threads;
    const DuplicatesFound in_memory = dedup(new_in_memory, {.against = &old_in_memory}, run);
    const DuplicatesFound in_files = dedup(new_in_file, {.against = &old_in_file}, run);
    BOOST_TEST(in_memory.kept.size() + in_memory.removed.size() == 250u);
    BOOST_TEST((in_memory.kept == in_files.kept && in_memory.removed == in_files.removed));
    std::size_t for_old = 0;
    for (const RemovedDocument& removed : in_memory.removed) {
      BOOST_TEST(removed.document.input == 1u);
      if (removed.kept.input == 0) ++for_old;
    }
    BOOST_TEST(for_old > 0u);
    BOOST_TEST((pairs(new_in_memory, {.against = &old_in_memory}, run).pairs ==
                pairs(new_in_file, {.against = &old_in_file}, run).pairs));
    const ReuseFound passages = reuse(new_in_memory, {.against = &old_in_memory}, run);
    BOOST_TEST(passages.passages.size() > 0u);
    BOOST_TEST((passages.passages ==
                reuse(new_in_file, {.against = &old_in_file}, run).passages));
  }
  BOOST_CHECK_THROW(static_cast<void>(dedup(new_in_memory, {.against = &old_in_file})), Error);
  BOOST_CHECK_THROW(static_cast<void>(reuse(new_in_file, {.against = &old_in_memory})), Error);
  const std::vector<std::string> nothing;
  const Documents empty(nothing);
  BOOST_CHECK_THROW(static_cast<void>(dedup(new_in_file, {.against = &empty})), Error);
}

BOOST_AUTO_TEST_CASE(leaks_are_the_same_in_memory) {
  const TemporaryFolder folder;
  const Table table = make_table();
  std::vector<std::string> questions, answers, ids;
  std::string lines;
  for (std::size_t i = 0; i < table.texts.size(); i += 10) {
    if (table.texts[i].empty()) continue;
    const std::size_t begin = table.texts[i].find('\n') + 1;
    const std::size_t end = table.texts[i].find('.', begin) + 1;
    questions.push_back(table.texts[i].substr(begin, end - begin));
    answers.push_back(i % 20 == 0 ? "an answer of seven words that is nowhere" : "");
    ids.push_back(fmt::format("q{}", i));
    lines += "{\"question\":";
    append_json_string(lines, questions.back());
    lines += fmt::format(",\"answer\":\"{}\",\"id\":\"{}\"}}\n", answers.back(), ids.back());
  }
  const std::string path = folder.write("quiz.jsonl", lines);
  const std::vector<std::string> sets(questions.size(), "quiz");
  const EvaluationColumns columns{questions, answers, ids, sets};
  const EvaluationFiles files{.paths = {path}};
  check_same([&](const Documents& documents, const RunSettings& run) {
    const LeaksFound from_columns = decontaminate(documents, columns, run);
    const LeaksFound from_files = decontaminate(documents, files, run);
    BOOST_TEST((from_columns.hits == from_files.hits && from_columns.sets == from_files.sets));
    BOOST_TEST(from_columns.sets.at(0).items == questions.size());
    BOOST_TEST(from_columns.sets.at(0).found == questions.size());
    return std::pair{from_columns.hits, from_columns.hits.size()};
  });
}

BOOST_AUTO_TEST_CASE(documents_are_extracted_from_memory_and_from_pages) {
  check_same([](const Documents& documents, const RunSettings& run) {
    const auto found = extract(documents, run).documents;
    return std::pair{found, found.size()};
  });
  const std::string page =
      "<html lang=en><meta property=og:site_name content='The Daily'><title>Mill burns</title>"
      "<article><h1>Mill burns</h1><p>A fire destroyed the old mill in Norvik on Monday night, "
      "hours before builders were to start.</p><p>Nobody was hurt.</p></article>";
  const TemporaryFolder folder;
  const DocumentsExtracted from_file =
      extract(Documents::in_files({folder.write("mill.html", page)}));
  ExtractedDocument in_memory = extract_page(page);
  BOOST_TEST_REQUIRE(from_file.documents.size() == 1u);
  in_memory.document = from_file.documents[0].document;
  BOOST_TEST((in_memory == from_file.documents[0]));
  BOOST_TEST(in_memory.language == "en");
  BOOST_TEST(extract_page(page, {.url = "https://www.daily.example/mill"}).site ==
             "daily.example");
}

BOOST_AUTO_TEST_CASE(blocks_are_the_same_in_memory) {
  check_same([](const Documents& documents, const RunSettings& run) {
    const auto found =
        blocks(documents, {.paragraphs = true, .sentences = true, .spans = true}, run);
    return std::pair{found.blocks, found.blocks.size()};
  });
}

BOOST_AUTO_TEST_CASE(what_is_cut_is_what_the_program_cuts) {
  const TemporaryFolder folder;
  const Table table = make_table();
  BlocksSettings settings{.paragraphs = true, .sentences = true, .cut = true};
  const BlocksFound found = blocks(table.columns(), settings);
  BOOST_TEST_REQUIRE(found.cut.size() == table.texts.size());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < found.cut.size(); ++i) {
    changed += found.cut[i].text != table.texts[i] ? 1 : 0;
  }
  BOOST_TEST(changed > 100u);
  const auto files = Documents::in_files({folder.write("in.jsonl", table.json())});
  settings.output_folder = folder.path("cut");
  BOOST_TEST((blocks(files, settings).cut.back().text == found.cut.back().text));
  const auto cut_files = Documents::in_files({folder.path("cut/in.jsonl")});
  const DocumentsExtracted read = extract(cut_files);
  std::size_t next = 0;  // texts of which nothing is left are no documents
  for (const CutDocument& cut : found.cut) {
    if (next < read.documents.size() && cut.document.id == read.documents[next].document.id) {
      BOOST_TEST(cut.text == read.documents[next].text);
      ++next;
    } else {
      BOOST_TEST(cut.text.find_first_not_of(" \n") == std::string::npos);
    }
  }
  BOOST_TEST(next == read.documents.size());
}

BOOST_AUTO_TEST_CASE(files_are_written_where_asked_for) {
  const TemporaryFolder folder;
  const Table table = make_table();
  const std::string path = folder.write("in.jsonl", table.json());
  const auto files = Documents::in_files({path});
  const DuplicatesFound kept = dedup(files, {.output_folder = folder.path("kept")});
  BOOST_TEST(lines_of(folder.read("kept/in.jsonl")).size() == kept.kept.size());
  const StoriesFound stories = split(files, {.output_folder = folder.path("stories")});
  BOOST_TEST(lines_of(folder.read("stories/in.jsonl")).size() == stories.stories.size());
  const AbstractsFound abstracts = summarize(files, {.output_folder = folder.path("abstracts")});
  BOOST_TEST(lines_of(folder.read("abstracts/in.jsonl")).size() == abstracts.abstracts.size());
  BOOST_CHECK_THROW(
      static_cast<void>(dedup(table.columns(), {.output_folder = folder.path("never")})), Error);
  BOOST_TEST(!std::filesystem::exists(folder.path("never")));
}

BOOST_AUTO_TEST_CASE(stories_are_the_same_in_memory) {
  for (const bool prose : {false, true}) {
    check_same([&](const Documents& documents, const RunSettings& run) {
      const auto found = split(documents, {.prose = prose, .mask_site = true}, run);
      return std::pair{found.stories, found.stories.size()};
    });
  }
}

BOOST_AUTO_TEST_CASE(abstracts_are_the_same_in_memory) {
  for (const bool masked : {false, true}) {
    check_same([&](const Documents& documents, const RunSettings& run) {
      const auto found = summarize(documents, {.words = 40, .mask_site = masked}, run);
      BOOST_TEST(found.abstracts.size() >= 400u);  // a page may hold two stories
      return std::pair{found.abstracts, found.abstracts.size()};
    });
  }
}

BOOST_AUTO_TEST_CASE(values_are_what_the_program_writes) {
  const TemporaryFolder folder;
  const Table table = make_table();
  PairsOptions options;
  options.search.corpus.inputs = {folder.write("in.jsonl", table.json())};
  options.pairs_path = folder.path("pairs");
  run_pairs(options, {});
  const std::vector<std::string> lines = lines_of(folder.read("pairs"));
  const PairsFound found = pairs(table.columns());
  BOOST_TEST_REQUIRE(found.pairs.size() == lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    BOOST_TEST(found.pairs[i].a.id == value_of(lines[i], "a"));
    BOOST_TEST(found.pairs[i].b.id == value_of(lines[i], "b"));
  }
  const DedupOutput written = dedup_text(table.json());
  const DuplicatesFound duplicates = dedup(table.columns());
  const std::vector<std::string> decisions = lines_of(written.decisions);
  BOOST_TEST_REQUIRE(duplicates.removed.size() == decisions.size());
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    BOOST_TEST(duplicates.removed[i].document.id == value_of(decisions[i], "id"));
    BOOST_TEST(duplicates.removed[i].kept.id == value_of(decisions[i], "kept_id"));
    BOOST_TEST(duplicates.removed[i].rule == value_of(decisions[i], "rule"));
  }
}

BOOST_AUTO_TEST_CASE(a_row_that_is_no_document_is_rejected_alone) {
  const std::string good = "one two three four five six seven eight";
  const std::vector<std::optional<std::string_view>> texts = {good, std::nullopt, "\xff bad", good};
  const DuplicatesFound found = dedup(DocumentColumns{.text = texts});
  BOOST_TEST_REQUIRE(found.rejected.size() == 2u);
  BOOST_TEST(found.rejected[0].place == "1");
  BOOST_TEST(found.rejected[0].reason == "no text");
  BOOST_TEST(found.rejected[1].place == "2");
  BOOST_TEST(found.rejected[1].reason == "invalid UTF-8");
  BOOST_TEST_REQUIRE(found.kept.size() == 1u);
  BOOST_TEST(found.kept[0].row == 0u);
  BOOST_TEST_REQUIRE(found.removed.size() == 1u);
  BOOST_TEST(found.removed[0].document.row == 3u);
  BOOST_TEST(found.removed[0].document.id == "3");
  BOOST_TEST(found.removed[0].kept.id == "0");
}

BOOST_AUTO_TEST_CASE(there_may_be_nothing) {
  const std::vector<std::string> none;
  BOOST_TEST(dedup(none).kept.empty());
  BOOST_TEST(pairs(none).pairs.empty());
  BOOST_TEST(reuse(none).passages.empty());
  BOOST_TEST(blocks(none).blocks.empty());
  BOOST_TEST(split(none).stories.empty());
  BOOST_TEST(summarize(none).abstracts.empty());
}

BOOST_AUTO_TEST_CASE(what_ends_a_run_is_thrown) {
  const std::vector<std::string> texts = {"a b c", "d e f"};
  const std::vector<std::string> ids = {"one"};
  BOOST_CHECK_THROW(static_cast<void>(dedup(DocumentColumns{.text = texts, .id = ids})), Error);
  BOOST_CHECK_THROW(static_cast<void>(dedup(texts, {.threshold = 2.0})), Error);
  BOOST_CHECK_THROW(static_cast<void>(dedup(texts, {.keep = "best"})), Error);
  BOOST_CHECK_THROW(static_cast<void>(compare("a", "b", 0)), Error);
  BOOST_CHECK_THROW(static_cast<void>(dedup(Documents::in_files({"/nowhere/at/all.jsonl"}))),
                    Error);
  const std::atomic<bool> stop = true;
  RunSettings run;
  run.stop = &stop;
  BOOST_CHECK_THROW(static_cast<void>(summarize(texts, {}, run)), Cancelled);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
