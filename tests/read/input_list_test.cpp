// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/input_list.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

using Strings = std::vector<std::string>;

struct Expanded {
  Strings paths;  // relative to the folder
  std::vector<RecordFault> faults;
};

Expanded expand(const TemporaryFolder& folder, const Strings& names) {
  Strings paths;
  for (const std::string& name : names) {
    paths.push_back(name == "-" ? name : name == "." ? folder.path() : folder.path(name));
  }
  Expanded expanded;
  for (const Input& input : expand_inputs(paths, InputFormat::kText, expanded.faults)) {
    BOOST_TEST((input.format == InputFormat::kText));
    const std::string prefix = folder.path() + "/";
    expanded.paths.push_back(input.path.starts_with(prefix) ? input.path.substr(prefix.size())
                                                            : input.path);
  }
  return expanded;
}

BOOST_AUTO_TEST_SUITE(input_list)

BOOST_AUTO_TEST_CASE(folders_are_walked_in_the_order_of_bytes) {
  const TemporaryFolder folder;
  for (const std::string name :
       {"b", "a/z", "a/B", "a/b", "a.x", "Z", "a/c/d", "\xc3\xa9", "10", "9"}) {
    folder.write(name, "x");
  }
  const Expanded got = expand(folder, {"."});
  BOOST_TEST(
      got.paths == (Strings{"10", "9", "Z", "a/B", "a/b", "a/c/d", "a/z", "a.x", "b", "\xc3\xa9"}),
      boost::test_tools::per_element());
  BOOST_TEST(got.faults.empty());
  BOOST_TEST(expand(folder, {"a/"}).paths == (Strings{"a/B", "a/b", "a/c/d", "a/z"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(side_files_are_left_out_beside_data) {
  const TemporaryFolder folder;
  for (const std::string name :
       {"crawl/a.jsonl", "crawl/b.jsonl.md5", "crawl/SHA256SUMS", "crawl/_SUCCESS", "crawl/README.md",
        "crawl/_log/c.jsonl", "crawl/sub/_part", "crawl/sub/d.jsonl", "crawl/sub/.a.crc",
        "crawl/LICENSE", "crawl/my_readme.txt", "notes/README", "notes/_draft"}) {
    folder.write(name, "x");
  }
  std::vector<RecordFault> faults;
  FilesLeftOut left_out;
  const auto paths = [&](const std::string& name, const InputSelection& selection) {
    Strings found;
    const std::string top = folder.path(name);
    left_out = {};
    for (const Input& input :
         expand_inputs({top}, InputFormat::kAuto, faults, selection, &left_out)) {
      found.push_back(input.path == top ? input.path : input.path.substr(top.size() + 1));
    }
    return found;
  };
  BOOST_TEST(paths("crawl", {}) == (Strings{"a.jsonl", "my_readme.txt", "sub/d.jsonl"}),
             boost::test_tools::per_element());
  BOOST_TEST(left_out.side_files == 7u);
  BOOST_TEST(paths("notes", {}) == (Strings{"README", "_draft"}),
             boost::test_tools::per_element());
  BOOST_TEST(left_out.side_files == 0u);
  BOOST_TEST(paths("crawl/_SUCCESS", {}).size() == 1u);
  BOOST_TEST(paths("crawl", {.include = {"*.jsonl"}, .exclude = {}}) == (Strings{"a.jsonl", "sub/d.jsonl"}),
             boost::test_tools::per_element());
  BOOST_TEST(left_out.excluded == 7u);
  BOOST_TEST(left_out.side_files == 1u);
  BOOST_TEST(paths("crawl", {.include = {"*.jsonl", "my*"}, .exclude = {"sub/*"}}) ==
                 (Strings{"a.jsonl", "my_readme.txt"}),
             boost::test_tools::per_element());
  BOOST_TEST(faults.empty());
}

BOOST_AUTO_TEST_CASE(order_and_repetition_are_kept) {
  const TemporaryFolder folder;
  folder.write("a", "x");
  folder.write("b", "x");
  BOOST_TEST(
      expand(folder, {"b", "-", "a", "b", "."}).paths == (Strings{"b", "-", "a", "b", "a", "b"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(hidden_and_special_files_are_left_out_of_folders_only) {
  const TemporaryFolder folder;
  folder.write(".hidden", "x");
  folder.write(".folder/a", "x");
  folder.write("a", "x");
  BOOST_TEST_REQUIRE(::mkfifo(folder.path("fifo").c_str(), 0600) == 0);
  const Expanded got = expand(folder, {".", ".hidden", ".folder", "fifo"});
  BOOST_TEST(got.paths == (Strings{"a", ".hidden", ".folder/a", "fifo"}),
             boost::test_tools::per_element());
  BOOST_TEST(got.faults.empty());
}

BOOST_AUTO_TEST_CASE(links_are_followed_but_not_in_circles) {
  const TemporaryFolder folder, elsewhere;
  folder.write("a/file", "x");
  elsewhere.write("far", "x");
  std::filesystem::create_symlink("a/file", folder.path("link"));
  std::filesystem::create_symlink(elsewhere.path(), folder.path("other"));
  std::filesystem::create_symlink("..", folder.path("a/up"));
  std::filesystem::create_symlink("nowhere", folder.path("dangling"));
  std::filesystem::create_symlink("self", folder.path("self"));
  const Expanded got = expand(folder, {"a", "."});
  BOOST_TEST(got.paths ==
                 (Strings{"a/file", "a/up/link", "a/up/other/far", "a/file", "link", "other/far"}),
             boost::test_tools::per_element());
  Strings reasons;
  for (const RecordFault& fault : got.faults) {
    reasons.push_back(std::to_string(fault.origin.source) +
                      fault.reason.substr(folder.path().size()));
  }
  BOOST_TEST(reasons == (Strings{"0/a/up/a: leads back to a folder that contains it",
                                 "0/a/up/dangling: cannot open: No such file or directory",
                                 "0/a/up/self: cannot open: Too many levels of symbolic links",
                                 "1/a/up: leads back to a folder that contains it",
                                 "1/dangling: cannot open: No such file or directory",
                                 "1/self: cannot open: Too many levels of symbolic links"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_a_fault) {
  const TemporaryFolder folder;
  folder.write("a", "x");
  const Expanded got = expand(folder, {"a", "none", "a"});
  BOOST_TEST(got.paths == (Strings{"a", "a"}), boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(got.faults.size() == 1u);
  BOOST_TEST(got.faults[0].origin.source == 1u);
  BOOST_TEST(got.faults[0].reason ==
             folder.path("none") + ": cannot open: No such file or directory");
  BOOST_TEST(expand(folder, {}).paths.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_may_not_be_read_is_a_fault,
                     *boost::unit_test::precondition([](auto) { return ::geteuid() != 0; })) {
  const TemporaryFolder folder;
  folder.write("a/shut", "x");
  folder.write("a/open", "x");
  std::filesystem::permissions(folder.path("a/shut"), std::filesystem::perms::none);
  for (const char* const input : {"a", "a/shut"}) {
    const Expanded got = expand(folder, {input, "a/open"});
    BOOST_TEST(got.paths.back() == "a/open");
    BOOST_TEST_REQUIRE(got.faults.size() == 1u);
    BOOST_TEST(got.faults[0].reason == folder.path("a/shut") + ": cannot open: Permission denied");
  }
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_listed_is_a_fault,
                     *boost::unit_test::precondition([](auto) { return ::geteuid() != 0; })) {
  const TemporaryFolder folder;
  folder.write("closed/a", "x");
  folder.write("open", "x");
  std::filesystem::permissions(folder.path("closed"), std::filesystem::perms::none);
  const Expanded got = expand(folder, {"."});
  std::filesystem::permissions(folder.path("closed"), std::filesystem::perms::owner_all);
  BOOST_TEST(got.paths == Strings{"open"}, boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(got.faults.size() == 1u);
  BOOST_TEST(got.faults[0].reason == folder.path("closed") + ": cannot list: Permission denied");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
