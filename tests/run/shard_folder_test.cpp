// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/shard_folder.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "temporary_folder.h"

namespace copydesk {

namespace {

using Names = std::vector<std::string>;

Input in_folder(const std::string& folder, const std::string& name) {
  Input input{folder + "/" + name};
  input.folder_size = static_cast<std::uint32_t>(folder.size());
  return input;
}

Names names_of(const std::vector<Input>& inputs, std::size_t first = 0) {
  const tests::TemporaryFolder folder;
  ShardFolder shards(folder.path("out"));
  shards.name(inputs, first);
  return shards.names();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shard_folder)

BOOST_AUTO_TEST_CASE(names_are_those_below_what_was_given) {
  BOOST_TEST(names_of({in_folder("crawl", "x/a.jsonl"), in_folder("crawl", "x/b.jsonl.gz")}) ==
                 (Names{"x/a.jsonl", "x/b.jsonl.gz"}),
             boost::test_tools::per_element());
  BOOST_TEST(names_of({{"one/a.jsonl"}}) == (Names{"a.jsonl"}), boost::test_tools::per_element());
  BOOST_TEST(names_of({{"one/a.jsonl"}, {"two/a.jsonl"}}) ==
                 (Names{"one/a.jsonl", "two/a.jsonl"}),
             boost::test_tools::per_element());
  BOOST_TEST(names_of({{"old/z"}, {"one/a"}, {"./one/../one/b"}}, 1) == (Names{"", "a", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(names_of({in_folder("/d/one", "a"), {"/d/b"}, in_folder("/d/two/", "c")}) ==
                 (Names{"one/a", "b", "two/c"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_say_what_is_in_the_file) {
  BOOST_TEST(names_of({{"a.csv"}, {"b.TXT.gz"}, {"c.warc.zst"}, {"d.jsonl.xz"}, {"e.json"}, {"f"},
                       {".gz"}}) == (Names{"a.csv.jsonl", "b.TXT.jsonl.gz", "c.warc.jsonl.zst",
                                           "d.jsonl.zst", "e.json", "f", ".gz"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(two_of_one_name_are_refused) {
  const tests::TemporaryFolder folder;
  ShardFolder shards(folder.path("out"));
  const std::vector<std::vector<Input>> bad = {
      {{"a.jsonl"}, {"./a.jsonl"}}, {{"a.csv"}, {"a.csv.jsonl"}}, {{"-"}}};
  for (const auto& inputs : bad) BOOST_CHECK_THROW(shards.name(inputs, 0), Error);
}

BOOST_AUTO_TEST_CASE(the_folder_appears_as_a_whole) {
  const tests::TemporaryFolder folder;
  const std::vector<Input> inputs = {{"d/a"}, {"d/b/c"}, {"d/e"}};
  for (const bool is_committed : {false, true}) {
    ShardFolder shards(folder.path("out"));
    shards.name(inputs, 0);
    shards.open();
    shards.sink(1).write("one\n");
    shards.sink(1).write("two\n");
    BOOST_TEST(!std::filesystem::exists(folder.path("out")));
    if (is_committed) shards.commit();
  }
  BOOST_TEST(folder.read("out/a").empty());
  BOOST_TEST(folder.read("out/b/c") == "one\ntwo\n");
  BOOST_TEST(folder.read("out/e").empty());
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++entries;
  }
  BOOST_TEST(entries == 1u);  // nothing of the first round is left
  BOOST_CHECK_THROW(ShardFolder(folder.path("out")), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
