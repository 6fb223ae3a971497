// SPDX-License-Identifier: Apache-2.0
//
// What of one corpus is in another: leaks are found however many documents hold them, and however
// short they are.
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>
#include <vector>

#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/reuse/furniture_words.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/json_text.h"
#include "reuse/made_tokens.h"
#include "temporary_folder.h"

namespace copydesk {

namespace {

std::string made_words(tests::Random& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "w" + std::to_string(random() % 40'000) + " ";
  return text;
}

void append_record(std::string& lines, const std::string& id, const std::string& text) {
  lines += "{\"id\":";
  append_json_string(lines, id);
  lines += ",\"text\":";
  append_json_string(lines, text);
  lines += "}\n";
}

// The ids of the copies in passage lines.
std::set<std::string> copies(const std::string& passages) {
  std::set<std::string> found;
  const std::string key = "{\"copy\":\"";
  for (std::size_t at = passages.find(key); at != std::string::npos;
       at = passages.find(key, at + 1)) {
    const std::size_t begin = at + key.size();
    found.insert(passages.substr(begin, passages.find('"', begin) - begin));
  }
  return found;
}

std::string find_leaks(const std::string& training, const std::string& benchmark,
                       std::uint64_t memory_bytes = 0) {
  const tests::TemporaryFolder folder;
  ReuseOptions options;
  options.corpus.inputs = {folder.write("training.jsonl", training)};
  options.corpus.old_inputs = {folder.write("benchmark.jsonl", benchmark)};
  options.corpus.work_folder = folder.path();
  options.corpus.memory_bytes = memory_bytes;
  options.passages_path = folder.path("passages");
  run_reuse(options, {});
  return folder.read("passages");
}

bool is_furniture(const std::string& text) {
  TokenList list;
  Tokenizer().tokenize(text, list);
  std::vector<std::uint32_t> low;
  for (const std::uint64_t hash : list.hashes) low.push_back(static_cast<std::uint32_t>(hash));
  static const FurnitureWords words;
  return words.is_furniture(low);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(against)

// Eight holders made it a set piece, two hundred no candidate at all.
BOOST_AUTO_TEST_CASE(a_leak_is_found_in_each_of_its_holders) {
  for (const int holders : {1, 7, 8, 40, 250}) {
    tests::Random random(80);
    const std::string leak = made_words(random, 60);
    std::string benchmark, training;
    append_record(benchmark, "item", made_words(random, 250) + leak + made_words(random, 250));
    for (int i = 0; i < 300; ++i) {
      append_record(training, "t" + std::to_string(i),
                    made_words(random, 150) + (i < holders ? leak : "") + made_words(random, 150));
    }
    BOOST_TEST(copies(find_leaks(training, benchmark)).size() == static_cast<std::size_t>(holders));
  }
}

BOOST_AUTO_TEST_CASE(short_items_are_found_whole) {
  for (const std::uint64_t memory : {std::uint64_t{0}, std::uint64_t{4096}}) {
    tests::Random random(81);
    std::string benchmark, training;
    for (int n = 5; n <= 30; ++n) {
      const std::string item = made_words(random, n);
      append_record(benchmark, "q" + std::to_string(n), item);
      append_record(training, "t" + std::to_string(n),
                    made_words(random, 100) + item + made_words(random, 100));
      // Only a part of it.
      append_record(training, "half of " + std::to_string(n),
                    made_words(random, 100) + item.substr(0, item.size() / 2));
    }
    const std::string passages = find_leaks(training, benchmark, memory);
    const std::set<std::string> found = copies(passages);
    BOOST_TEST(found.count("t5") == 0u);
    for (int n = 6; n <= 30; ++n) BOOST_TEST(found.count("t" + std::to_string(n)) == 1u);
    for (int n = 6; n <= 20; ++n) BOOST_TEST(found.count("half of " + std::to_string(n)) == 0u);
    BOOST_TEST(passages.find("\"relation\":\"contain") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(furniture_is_told_by_its_words) {
  BOOST_TEST(is_furniture("Sign up for our newsletter and get the best stories in your inbox."));
  BOOST_TEST(is_furniture(
      "Copyright 2031 Norvik Daily. All rights reserved. This material may not be republished, "
      "rewritten or redistributed."));
  BOOST_TEST(is_furniture("Alle Rechte vorbehalten. Datenschutz | Impressum | Newsletter abonnieren"));
  BOOST_TEST(!is_furniture(
      "The baker put cookies on the table, cookies in the oven and more cookies in the jar."));
  BOOST_TEST(!is_furniture(
      "The court said on Monday that the rights of tenants are reserved to the states."));
  BOOST_TEST(!is_furniture(""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
