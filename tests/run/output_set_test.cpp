// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/output_set.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/stream/output_file.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

bool is_wrong_usage(const Error& error) { return error.code() == ErrorCode::kInvalidOption; }

// The paths of two outputs, in a folder with the file "a", a link and a hard link to it, a folder
// "sub" and a link to it.
struct Folder : TemporaryFolder {
  Folder() {
    write("a", "former");
    write("sub/x", "");
    std::filesystem::create_symlink("a", path("link"));
    std::filesystem::create_hard_link(path("a"), path("hard"));
    std::filesystem::create_directory_symlink("sub", path("sub_link"));
    BOOST_REQUIRE(::mkfifo(path("fifo").c_str(), 0600) == 0);
  }
};

BOOST_AUTO_TEST_SUITE(output_set)

BOOST_AUTO_TEST_CASE(two_outputs_are_not_one_file) {
  const Folder folder;
  const std::string root = folder.path();
  const std::vector<std::pair<std::string, std::string>> same = {
      {root + "/a", root + "/a"},           {root + "/a", root + "/./a"},
      {root + "/a", root + "/sub/../a"},    {root + "/a", root + "/link"},
      {root + "/a", root + "/hard"},        {root + "/new", root + "//new"},
      {root + "/new", root + "/./new"},     {root + "/sub/new", root + "/sub_link/new"},
      {root + "/fifo", root + "/./fifo"},   {"-", "-"},
      {"-", "/dev/stdout"},                 {"/dev/fd/1", "/dev/stdout"},
  };
  for (const auto& [one, other] : same) {
    BOOST_TEST_CONTEXT(one << " and " << other) {
      BOOST_CHECK_EXCEPTION(OutputSet({{"--output", one}, {"--more", other}}), Error,
                            is_wrong_usage);
      const std::vector<WantedOutput> elsewhere = {{"--report", other}};
      BOOST_CHECK_EXCEPTION(OutputSet({{"--output", one}}, elsewhere), Error, is_wrong_usage);
    }
  }
  BOOST_CHECK_NO_THROW(OutputSet({{"--output", root + "/a"}, {"--more", root + "/b"}}));
  BOOST_CHECK_NO_THROW(OutputSet({{"--output", root + "/new"}, {"--more", root + "/sub/new"}}));
  BOOST_CHECK_NO_THROW(OutputSet({{"--output", "/dev/null"}, {"--more", "/dev/null"}}));
  BOOST_CHECK_NO_THROW(OutputSet({{"--output", ""}, {"--more", ""}}));
}

BOOST_AUTO_TEST_CASE(no_input_is_overwritten_by_any_name) {
  const Folder folder;
  for (const char* const name : {"a", "./a", "link", "hard", "sub/../a"}) {
    const OutputSet outputs({{"--output", folder.path(name)}});
    const std::vector<Input> inputs = {{folder.path("sub/x")}, {folder.path("a")}};
    BOOST_CHECK_EXCEPTION(outputs.refuse_inputs(inputs), Error, is_wrong_usage);
    BOOST_CHECK_NO_THROW(outputs.refuse_inputs(std::vector<Input>{{folder.path("sub/x")}}));
  }
  const std::vector<WantedOutput> elsewhere = {{"--rejects", folder.path("a")}};
  const OutputSet outputs({{"--output", folder.path("new")}}, elsewhere);
  BOOST_CHECK_EXCEPTION(outputs.refuse_inputs(std::vector<Input>{{folder.path("link")}}), Error,
                        is_wrong_usage);
}

BOOST_AUTO_TEST_CASE(the_folder_of_an_output_must_exist) {
  const Folder folder;
  for (const char* const name : {"none/a", "a/b"}) {
    BOOST_CHECK_EXCEPTION(
        OutputSet({{"--output", folder.path(name)}}), Error,
        [](const Error& error) { return error.code() == ErrorCode::kCannotWrite; });
  }
}

BOOST_AUTO_TEST_CASE(all_outputs_take_their_names_together) {
  const Folder folder;
  const std::vector<std::string> names = folder.names();
  {
    OutputSet outputs({{"--output", folder.path("a")}, {"--more", folder.path("b")}, {"--no", ""}});
    outputs.open();
    outputs.sink("--output")->write("new a");
    outputs.sink("--more")->write("new b");
    BOOST_TEST(outputs.sink("--no") == nullptr);
  }
  BOOST_TEST(folder.names() == names, boost::test_tools::per_element());
  BOOST_TEST(folder.read("a") == "former");
  OutputSet outputs({{"--output", folder.path("a")}, {"--more", folder.path("b")}});
  outputs.open();
  outputs.sink("--output")->write("new a");
  outputs.sink("--more")->write("new b");
  outputs.commit();
  BOOST_TEST(folder.read("a") == "new a");
  BOOST_TEST(folder.read("b") == "new b");
}

// The last of three becomes a folder while the run is at work, so that its rename fails.
BOOST_AUTO_TEST_CASE(a_rename_that_fails_in_between_says_what_is_new) {
  const Folder folder;
  OutputSet outputs({{"--output", folder.path("main")},
                     {"--second", folder.path("second")},
                     {"--third", folder.path("third")}});
  outputs.open();
  for (const char* const option : {"--output", "--second", "--third"}) {
    outputs.sink(option)->write("new");
  }
  folder.write("second/in_the_way", "");
  BOOST_CHECK_EXCEPTION(outputs.commit(), Error, [&](const Error& error) {
    BOOST_TEST_MESSAGE(error.what());
    const std::string told = " (new: " + folder.path("third") +
                             "; as before: " + folder.path("main") + ", " + folder.path("second") +
                             ")";
    return error.code() == ErrorCode::kCannotWrite && error.where() == folder.path("second") &&
           std::string(error.what()).ends_with(told);
  });
  BOOST_TEST(folder.read("third") == "new");
  BOOST_TEST(!std::filesystem::exists(folder.path("main")));
}

BOOST_AUTO_TEST_CASE(the_first_rename_that_fails_leaves_all_as_before) {
  const Folder folder;
  OutputSet outputs({{"--output", folder.path("main")}, {"--second", folder.path("second")}});
  outputs.open();
  outputs.sink("--output")->write("new");
  outputs.sink("--second")->write("new");
  folder.write("second/in_the_way", "");
  BOOST_CHECK_EXCEPTION(outputs.commit(), Error, [](const Error& error) {
    return std::string(error.what()).find("new:") == std::string::npos;
  });
  BOOST_TEST(!std::filesystem::exists(folder.path("main")));
}

BOOST_AUTO_TEST_CASE(temporary_names_have_one_rule) {
  BOOST_TEST(OutputFile::temporary_name("kept.jsonl", 17) == ".kept.jsonl.tmp-17");
  BOOST_TEST(OutputFile::temporary_name("kept.jsonl", 17, 1) == ".kept.jsonl.tmp-17-1");
  const TemporaryFolder folder;
  for (const std::size_t length : {1, 199, 200, 201, 255}) {
    const std::string name(length, 'n');
    const OutputFile file(folder.path(name));
    BOOST_TEST(folder.names().front() == OutputFile::temporary_name(name, ::getpid()));
  }
}

// A run that goes on removes what a killed one left beside its outputs, and looks for it by their
// names.
BOOST_AUTO_TEST_CASE(a_folder_is_known_without_its_slash) {
  const tests::TemporaryFolder folder;
  const OutputSet outputs({{"--output", ""}}, {}, folder.path("pages") + "/");
  BOOST_TEST(outputs.paths().front() == folder.path("pages"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
